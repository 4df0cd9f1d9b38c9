"""`ivr flows schema`: what can be written in a flow, for people and for editors."""

from __future__ import annotations

from typing import Annotated

import typer

from ivr.cli.context import JsonOption, print_json
from ivr.errors import UsageError


def show_schema(
    node: Annotated[str | None, typer.Argument(metavar="[NODE]", help="Only this node type: menu …")] = None,
    as_json: JsonOption = False,
) -> None:
    """Print every field of every node type, or of one, with its default and meaning, as Markdown.

    With --json it is the JSON schema of a whole flow, or of the node type: an editor that knows it completes
    and checks while one writes.
    """
    from ivr.flows.field_table import flow_schema, node_schemas

    schemas = node_schemas()
    if node is not None and node not in schemas:
        raise UsageError(f"There is no node type {node!r}; there are {', '.join(sorted(schemas))}.")
    if as_json:
        print_json(flow_schema() if node is None else schemas[node])
    else:
        typer.echo(as_markdown(node), nl=False)


def as_markdown(node: str | None = None) -> str:
    """Return the tables of fields as a page has them."""
    from ivr.flows.field_table import field_tables

    parts = []
    for table in field_tables(node):
        rows = "".join(f"| `{row.name}` | {row.default} | {row.meaning} |\n" for row in table.rows)
        head = "| field | default | meaning |\n| --- | --- | --- |\n" if rows else "It has no fields.\n"
        parts.append(f"## {table.heading}\n\n{head}{rows}")
    return "\n".join(parts)
