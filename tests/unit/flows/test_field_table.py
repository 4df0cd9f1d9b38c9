"""Every field of a flow says what it means, what it is when left out, and within which bounds it is."""

from __future__ import annotations

from typing import Any

import pytest

from ivr.flows.field_table import FieldRow, field_tables, flow_schema, node_schemas


def row(table: str, field: str) -> FieldRow:
    (found,) = (each for each in field_tables() if each.heading == table)
    return next(each for each in found.rows if each.name == field)


def undescribed(schema: Any, place: str) -> list[str]:
    parts = {place: schema, **schema.get("$defs", {})}
    return [
        f"{name}.{field}"
        for name, part in parts.items()
        for field, told in part.get("properties", {}).items()
        if field != "type" and not told.get("description")
    ]


@pytest.mark.parametrize(("name", "schema"), node_schemas().items())
def test_every_field_of_a_node_has_a_description(name: str, schema: Any) -> None:
    assert undescribed(schema, name) == []


def test_a_default_is_written_as_in_a_flow() -> None:
    assert [row("say", name).default for name in ("prompt", "interruptible")] == ["needed", "`true`"]
    assert row("set_pin", "length").default == "`{least: 4, most: 8}`"


def test_bounds_and_the_fields_inside_are_told() -> None:
    assert row("pause", "seconds").meaning == "how long (more than 0, 60 at most)"
    assert row("record", "review").meaning.endswith("; fields: review")


def test_one_node_type_comes_with_what_lies_inside_it_only() -> None:
    headings = [table.heading for table in field_tables("menu")]
    assert headings == ["menu", "choice", "unanswered"]


def test_the_schema_of_a_flow_has_every_node_type() -> None:
    (nodes,) = flow_schema()["properties"]["nodes"]["patternProperties"].values()
    assert set(nodes["discriminator"]["mapping"]) == set(node_schemas())
