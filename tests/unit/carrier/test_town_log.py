from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

from ivr.carrier.log_entry import LogEntry, What, read_entries
from ivr.carrier.town_log import TownLog

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ADA, BEN = "+12025550101", "+12025550102"


def test_each_line_is_in_the_file_as_soon_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "people.jsonl"
    with TownLog(file) as log:
        for number, line in ((ADA, "1.1"), (BEN, "1.2")):
            log.write(LogEntry(AT, number, line, What.INVITED, {"attempt_id": line}))
            assert read_entries(file)[-1].number == number
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_later_process_goes_on_where_the_last_one_ended(tmp_path: Path) -> None:
    file = tmp_path / "people.jsonl"
    for line in ("1.1", "1.2"):
        with TownLog(file) as log:
            log.write(LogEntry(AT, ADA, line, What.INVITED))
    assert [entry.line for entry in read_entries(file)] == ["1.1", "1.2"]


def test_everybody_has_a_log_of_their_own() -> None:
    log = TownLog()
    log.write(LogEntry(AT, ADA, "1.1", What.INVITED))
    log.write(LogEntry(AT, BEN, "1.2", What.INVITED))
    assert [entry.line for entry in log.of(ADA)] == ["1.1"]
    assert [call.line for call in log.calls(BEN)] == ["1.2"]
    assert log.number_of("1.2") == BEN
    assert log.number_of("1.3") is None
    assert len(log.entries()) == 2
