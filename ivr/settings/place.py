"""Where in `ivr.toml` a setting stands."""

from __future__ import annotations

import re


def line_of(text: str, path: list[str]) -> int | None:
    """Return the line of the key at `path`, or of the nearest table around it; None when it is in neither."""
    found: int | None = None
    table: list[str] = []
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if header := re.fullmatch(r"\[\[?([^\]]+)\]\]?\s*(?:#.*)?", stripped):
            table = [part.strip(" \"'") for part in header.group(1).split(".")]
            if table[0] in counts and len(table) > 1:  # [trunks.causes] belongs to the last [[trunks]]
                table.insert(1, str(counts[table[0]]))
            if stripped.startswith("[["):
                index = counts.get(header.group(1), -1) + 1
                counts[header.group(1)] = index
                table.append(str(index))
            if path[: len(table)] == table:
                found = number
        elif (key := stripped.split("=")[0].strip(" \"'")) and path[: len(table) + 1] == [*table, key]:
            found = number
    return found
