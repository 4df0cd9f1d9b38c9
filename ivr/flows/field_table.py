"""What can be written in a flow, field by field: read off the models, for people and for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from ivr.flows.flow import FlowFile
from ivr.flows.node import Node
from ivr.flows.nodes.base import BaseNode

Schema = Mapping[str, Any]
"""A JSON schema."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field, as a table has it."""

    name: str
    default: str
    """As YAML has it; `needed` where there is none."""
    meaning: str
    """With its bounds, and the fields inside it by the heading that they have."""


@dataclass(frozen=True, slots=True)
class FieldTable:
    """The fields of a node type, or of something inside nodes."""

    heading: str
    rows: Sequence[FieldRow]


def node_schemas() -> Mapping[str, Schema]:
    """Return the JSON schema of each node type by its name."""
    models: Sequence[type[BaseNode]] = get_args(get_args(Node)[0])
    schemas = [model.model_json_schema(by_alias=True) for model in models]
    return {schema["properties"]["type"]["const"]: schema for schema in schemas}


def flow_schema() -> Schema:
    """Return the JSON schema of a whole flow."""
    return FlowFile.model_json_schema(by_alias=True)


def field_tables(only: str | None = None) -> Sequence[FieldTable]:
    """Return a table per node type, then one for each thing that lies inside them; or of `only` one type."""
    schemas = {name: schema for name, schema in node_schemas().items() if only in (None, name)}
    inside = {
        name: part
        for schema in schemas.values()
        for name, part in schema.get("$defs", {}).items()
        if "properties" in part
    }
    parts = sorted(inside.items())
    return (
        *(FieldTable(name, tuple(_rows(schema, inside))) for name, schema in schemas.items()),
        *(FieldTable(_in_words(name), tuple(_rows(part, inside))) for name, part in parts),
    )


def _rows(schema: Schema, inside: Mapping[str, Schema]) -> Iterator[FieldRow]:
    needed = schema.get("required", ())
    for name, field in schema["properties"].items():
        if name != "type":
            default = "needed" if name in needed else _default(field.get("default"))
            yield FieldRow(name, default, _meaning(field, inside))


def _default(value: object) -> str:
    if value is None or value in ({}, [], ""):
        return "none"
    if isinstance(value, dict):
        given = {name: part for name, part in value.items() if part not in (None, [], {})}
        return f"`{json.dumps(given)}`".replace('"', "") if given else "none"
    return f"`{json.dumps(value)}`" if isinstance(value, bool) else f"`{value}`"


def _meaning(field: Schema, inside: Mapping[str, Schema]) -> str:
    found = dict.fromkeys(re.findall(r"#/\$defs/(\w+)", json.dumps(field)))
    see = "; fields: " + ", ".join(_in_words(name) for name in found if name in inside)
    bounds = [_bounds(part) for part in (field, *field.get("anyOf", ()))]
    bound = next((f" ({text})" for text in bounds if text), "")
    return f"{field['description']}{bound}{see if any(name in inside for name in found) else ''}"


def _bounds(schema: Schema) -> str:
    words = {"minimum": "{} or more", "exclusiveMinimum": "more than {}", "maximum": "{} at most"}
    return ", ".join(text.format(f"{schema[name]:g}") for name, text in words.items() if name in schema)


def _in_words(model: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", model).lower()
