"""What every node type offers to whoever writes or shows it."""

from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from ivr.flows.node import Node
from ivr.flows.nodes.base import BaseNode

NODE_TYPES: tuple[type[BaseNode], ...] = get_args(get_args(Node)[0])


@pytest.mark.parametrize("node_type", NODE_TYPES)
def test_it_is_documented_by_an_example_that_is_right(node_type: type[BaseNode]) -> None:
    schema = node_type.model_json_schema(by_alias=True)
    assert schema["description"]
    node: Any = TypeAdapter(Node).validate_python(schema["example"])
    assert type(node) is node_type


@pytest.mark.parametrize("node_type", NODE_TYPES)
def test_every_target_of_its_example_is_a_way_out(node_type: type[BaseNode]) -> None:
    example = node_type.model_json_schema(by_alias=True)["example"]
    node = node_type.model_validate(example)
    for edge in node.edges():
        value: Any = example
        for part in edge.path:
            value = value[part]
        assert value in (edge.to, {**value, "to": edge.to} if isinstance(value, dict) else edge.to)
