from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.carrier.log_entry import LogEntry, What, parse_entry, read_entries
from ivr.errors import CarrierError

AT = datetime(2026, 3, 2, 15, 0, 0, 250000, tzinfo=UTC)

entries = st.builds(
    LogEntry,
    at=st.datetimes(timezones=st.just(UTC)),
    number=st.text(max_size=20),
    line=st.text(max_size=20),
    what=st.sampled_from(What),
    details=st.dictionaries(
        st.text(min_size=1, max_size=8).filter(lambda key: key not in {"at", "number", "line", "what"}),
        st.text(max_size=40),
        max_size=3,
    ),
)


@given(entries)
def test_an_entry_is_one_line_and_reads_back_as_it_was(entry: LogEntry) -> None:
    text = entry.to_json()
    assert len(text.splitlines()) == 1
    assert parse_entry(text) == entry


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", "{", '{"at":"x","number":"1","line":"2","what":"invited"}']
)
def test_a_line_that_is_none_of_ours_is_told(text: str) -> None:
    with pytest.raises(CarrierError, match="can't be read"):
        parse_entry(text)


def test_a_line_that_is_still_being_written_is_left_out(tmp_path: Path) -> None:
    entry = LogEntry(AT, "+12025550101", "1.1", What.RANG)
    (tmp_path / "log").write_text(f"{entry.to_json()}\n{entry.to_json()[:20]}")
    assert read_entries(tmp_path / "log") == (entry,)
