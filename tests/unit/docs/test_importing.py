"""The page on importing says what the reader of customer files does."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.errors import ContentError
from ivr.sources.csv_columns import COLUMNS, REQUIRED
from ivr.sources.csv_file import read_customers
from tests.unit.docs.pages import DOCS, blocks, page, section, table_rows


def test_the_columns_are_those_that_are_read() -> None:
    rows = list(table_rows(section(page("importing.md"), "## The file")))
    assert [row[0].strip("`") for row in rows] == list(COLUMNS)
    assert {row[0].strip("`") for row in rows if row[1] == "yes"} == set(REQUIRED)


def test_the_example_can_be_imported_and_shows_every_kind_of_column() -> None:
    example = DOCS / "examples" / "customers.csv"
    maria, john = read_customers(example).records
    assert len(maria.accounts) == len(maria.contact_points) == 2
    assert maria.payment_methods
    assert john.accounts[0].balance == john.accounts[0].amount_due


def test_the_complaints_are_word_for_word_what_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bad,) = blocks(page("importing.md"), "csv")
    (complaints,) = blocks(page("importing.md"), "complaints")
    monkeypatch.chdir(tmp_path)
    Path("customers.csv").write_text(bad, "utf-8")
    with pytest.raises(ContentError) as caught:
        read_customers(Path("customers.csv"))
    assert [str(problem) for problem in caught.value.problems] == complaints.splitlines()
