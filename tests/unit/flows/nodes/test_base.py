"""What the linter, the player and the diagram ask of every node type alike."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from ivr.flows.node import Node
from ivr.flows.nodes.base import BaseNode
from ivr.flows.nodes.question import QuestionNode

TYPES: tuple[type[BaseNode], ...] = get_args(get_args(Node)[0])


@pytest.fixture(params=TYPES, ids=lambda node_type: node_type.__name__)
def node(request: pytest.FixtureRequest) -> BaseNode:
    """The example of each node type."""
    schema: Any = request.param.model_json_schema(by_alias=True)
    example: BaseNode = TypeAdapter[Any](Node).validate_python(schema["example"])
    return example


def test_it_begins_with_prompts_that_it_mentions(node: BaseNode) -> None:
    assert set(node.opening()) <= {mention.prompt for mention in node.mentions()}


def test_silence_is_the_way_that_needs_no_key_of_a_question(node: BaseNode) -> None:
    unprompted = {edge.path[0] for edge in node.edges() if node.is_unprompted(edge)}
    if isinstance(node, QuestionNode):
        assert unprompted <= set(node.ways_without_key)
        assert "no_input" in node.ways_without_key


def test_every_way_and_every_use_names_a_field_of_it(node: BaseNode) -> None:
    names = {*type(node).model_fields, *(field.alias for field in type(node).model_fields.values())}
    paths = [edge.path for edge in node.edges()]
    paths += [mention.path for mention in node.mentions()]
    paths += [use.path for use in node.uses()]
    assert {path[0] for path in paths} <= names
