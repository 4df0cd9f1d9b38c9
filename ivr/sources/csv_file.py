"""Customers and accounts from a CSV file: all of it is right, or every bad row is told and nothing is used.

UTF-8 with or without a byte order mark, any line ending, commas, quotes as in RFC 4180. The columns are in
csv_columns.py.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from ivr.engine.ports import CustomerRecord
from ivr.errors import ContentError, Problem
from ivr.sources.csv_columns import COLUMNS, REQUIRED, Row
from ivr.sources.csv_lines import CsvLines
from ivr.sources.csv_row import read_row

Progress = Callable[[int, int], None]
"""Called now and then with the bytes read and the bytes there are."""

NOT_UTF8 = ("it is not UTF-8", "save the file as UTF-8")
"""What is wrong, and what would be right."""
_ROWS_PER_REPORT = 1_000


@dataclass(frozen=True, slots=True)
class Import:
    """What a file brings."""

    records: tuple[CustomerRecord, ...]
    """One per customer, in the order of first mention."""


def read_customers(path: Path, progress: Progress | None = None) -> Import:
    """Read the whole file; raises ContentError with everything that is wrong in it."""
    file = str(path)
    book = _Book()
    try:
        total = path.stat().st_size
        with path.open("rb") as raw, _text_of(raw) as text:
            for count, row in enumerate(_rows(file, text, book.problems), start=1):
                book.add(row)
                if progress is not None and count % _ROWS_PER_REPORT == 0:
                    progress(raw.tell(), total)
    except OSError as error:
        raise ContentError(
            [_file_problem(file, f"it can't be read ({error.strerror})", "name a CSV file")]
        ) from None
    if book.problems:
        raise ContentError(book.problems)
    if progress is not None:
        progress(total, total)
    return Import(tuple(book.records.values()))


def _file_problem(file: str, wrong: str, right: str) -> Problem:
    return Problem(file, None, "", wrong, right)


def _text_of(raw: BinaryIO) -> TextIOWrapper:
    """Return the text; what is no UTF-8 is a lone surrogate, so that its cell can be told."""
    return TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _rows(file: str, text: TextIOWrapper, problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows that have a cell for every column; complain about the others and about the header."""
    lines = CsvLines(iter(text))
    header = [name.strip() for name in next(_split(file, lines, problems), [])]
    if any(_is_not_utf8(name) for name in header):
        problems.append(Problem(file, 1, "", *NOT_UTF8))
    elif not problems:
        problems.extend(_header_problems(file, header))
    if problems:
        return
    for cells in _split(file, lines, problems):
        if len(cells) == len(header):
            yield _row(file, lines.begins_at, dict(zip(header, cells, strict=True)))
        elif cells:
            wrong = f"the row has {len(cells)} cells, and the first line names {len(header)} columns"
            right = "add or remove commas, or put quotes around one"
            problems.append(Problem(file, lines.begins_at, "", wrong, right))


def _split(file: str, lines: CsvLines, problems: list[Problem]) -> Iterator[list[str]]:
    """Yield the cells of each row; a row whose quotes don't close is told, and reading goes on behind it."""
    reader = csv.reader(lines, strict=True)
    while True:
        lines.begin_row()
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # An open quote takes in what follows, up to the next quote or the end of the file.
            lines.break_off()
            wrong = f"this is no CSV ({error})"
            problems.append(Problem(file, lines.begins_at, "", wrong, "close every quote that is opened"))


def _row(file: str, line: int, cells: dict[str, str]) -> Row:
    broken = [column for column, cell in cells.items() if _is_not_utf8(cell)]
    if not broken:
        return Row(file, line, cells)
    readable = {column: cell.encode("utf-8", "replace").decode("utf-8") for column, cell in cells.items()}
    row = Row(file, line, readable)
    for column in broken:
        row.complain(column, *NOT_UTF8)
    return row


def _is_not_utf8(text: str) -> bool:
    if text.isascii():
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _header_problems(file: str, header: list[str]) -> Iterator[Problem]:
    for column in dict.fromkeys(header):
        if column not in COLUMNS:
            yield Problem(
                file, 1, column, "no column of this name is known", f"use some of {', '.join(COLUMNS)}"
            )
        elif header.count(column) > 1:
            yield Problem(file, 1, column, "the column is there twice", "keep one of the two")
    for column in REQUIRED:
        if column not in header:
            yield Problem(file, 1, column, "the column is missing", "name it in the first line")


class _Book:
    """The customers read so far, and what was wrong."""

    def __init__(self) -> None:
        self.records: dict[str, CustomerRecord] = {}
        self.problems: list[Problem] = []
        self._customer_lines: dict[str, int] = {}
        self._account_lines: dict[str, int] = {}

    def add(self, row: Row) -> None:
        """Take in a row, joining it to the customer's earlier ones."""
        record = read_row(row)
        self._note_account(row)
        if record is not None:
            self._join(record, row)
        self.problems.extend(row.problems)

    def _note_account(self, row: Row) -> None:
        """Complain of an account that an earlier row has, whatever else is wrong with the two."""
        if not (account_id := row.cell("account_id")):
            return
        first_line = self._account_lines.setdefault(account_id, row.line)
        if first_line != row.line:
            row.complain("account_id", f"{account_id!r} is in line {first_line} already", "give it once")

    def _join(self, record: CustomerRecord, row: Row) -> None:
        customer_id = record.customer.id
        earlier = self.records.get(customer_id)
        if earlier is None:
            self.records[customer_id] = record
            self._customer_lines[customer_id] = row.line
        elif replace(earlier, accounts=()) == replace(record, accounts=()):
            self.records[customer_id] = replace(earlier, accounts=(*earlier.accounts, *record.accounts))
        else:
            line = self._customer_lines[customer_id]
            wrong = f"{customer_id!r} is described otherwise in line {line}"
            row.complain("customer_id", wrong, "make all but the columns of the account the same")
