"""The lines of a text, with a way back to the second line of the row that is being read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Self


class CsvLines:
    """Gives lines to a reader of rows, which may take several for one: a quoted cell may hold line breaks."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._begins_at = 1

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self._row.append(line)
        return line

    @property
    def begins_at(self) -> int:
        """The line, from 1, in which the row begins."""
        return self._begins_at

    def begin_row(self) -> None:
        """Take what was given so far for rows that are over."""
        self._begins_at += len(self._row)
        self._row.clear()

    def break_off(self) -> None:
        """Take the row for one line, and give what followed it once more."""
        self._again.extendleft(reversed(self._row[1:]))
        del self._row[1:]
