"""The pages of the documentation, and what can be compared with the code in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"

_BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"`([^`\n]+)`")


def page(name: str) -> str:
    """Return the text of `docs/NAME`."""
    return (DOCS / name).read_text(encoding="utf-8")


def all_pages() -> list[Path]:
    """Return every page, those at the top of the repository included."""
    return [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of one language, in their order."""
    return [found["text"] for found in _BLOCK.finditer(text) if found["language"] == language]


def code_spans(text: str) -> list[str]:
    """Return what stands in backticks outside of fenced blocks."""
    return _CODE_SPAN.findall(_BLOCK.sub("", text))


def section(text: str, heading: str) -> str:
    """Return what stands between a heading and the next one of its level or above; a page has one title."""
    level = heading.partition(" ")[0]
    _, found, rest = text.partition(f"\n{heading}\n")
    if not found:
        raise ValueError(f"no heading {heading!r} is there")
    return re.split(rf"^#{{2,{len(level)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def table_rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of every row of every table, without heads and lines; `\\|` is a bar in a cell."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        is_head = number + 1 < len(lines) and lines[number + 1].startswith("| ---")
        if line.startswith("|") and not line.startswith("| ---") and not is_head:
            cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
            yield [cell.replace("\\|", "|").strip() for cell in cells]
