from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from ivr.switch.cel import CelEvent, CelRecord, parse_cel, read_cel

# As written by Asterisk 22.10.1.
LOG = (
    '"CHAN_START","1795316181.837591","att-3","att-3","PJSIP/carrier-00000003",""\n'
    '"HANGUP","1795316181.840663","att-3","att-3","PJSIP/carrier-00000003",'
    '"{""hangupcause"":34,""hangupsource"":""PJSIP/carrier-00000003"",""dialstatus"":""""}"\n'
    '"CHAN_END","1795316181.840663","att-3","att-3","PJSIP/carrier-00000003",""\n'
)


def test_each_line_is_a_record() -> None:
    start, hangup, end = parse_cel(LOG.splitlines(keepends=True))
    assert start == CelRecord(
        event=CelEvent.CHAN_START,
        at=datetime(2026, 11, 22, 2, 56, 21, 837591, UTC),
        channel_id="att-3",
        linked_id="att-3",
        channel_name="PJSIP/carrier-00000003",
        hangup_cause=None,
        hangup_source="",
        dial_status="",
    )
    assert (hangup.event, hangup.hangup_cause) == (CelEvent.HANGUP, 34)
    assert hangup.hangup_source == "PJSIP/carrier-00000003"
    assert end.event is CelEvent.CHAN_END


@given(st.integers(min_value=1, max_value=len(LOG) - 1))
def test_a_log_that_was_torn_anywhere_gives_its_whole_lines(length: int) -> None:
    whole = list(parse_cel(LOG.splitlines(keepends=True)))
    torn = LOG[:length]
    assert list(parse_cel(torn.splitlines(keepends=True))) == whole[: torn.count("\n")]


@given(st.text())
def test_a_line_that_is_not_ours_hides_no_other(line: str) -> None:
    whole = list(parse_cel(LOG.splitlines(keepends=True)))
    junk = line.replace("\n", " ").replace("\r", " ") + "\n"
    lines = LOG.splitlines(keepends=True)
    assert list(parse_cel([lines[0], junk, *lines[1:]])) == whole


def test_a_log_that_is_not_there_yet_is_empty(tmp_path: Path) -> None:
    assert list(read_cel(tmp_path / "events.csv")) == []


def test_a_log_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_text(LOG + '"CHAN_ST', "utf-8")
    assert [record.event for record in read_cel(file)] == ["CHAN_START", "HANGUP", "CHAN_END"]


def test_only_the_end_of_a_long_log_is_read(tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    lines = [
        f'"CHAN_START","{1_795_000_000 + second}.000000","att-{second}","att-{second}","PJSIP/c-1",""\n'
        for second in range(20_000)
    ]
    file.write_text("".join(lines), "utf-8")
    since = datetime.fromtimestamp(1_795_000_000 + 19_000, UTC)

    found = [record.channel_id for record in read_cel(file, since)]

    assert found[-1_000:] == [f"att-{second}" for second in range(19_000, 20_000)]
    assert len(found) < 3_000


@given(st.integers(min_value=-10, max_value=410))
def test_no_record_since_a_moment_is_missed(second: int) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "events.csv"
        long = "x" * 400
        lines = [
            f'"CHAN_START","{1_795_000_000 + at}.000000","att-{at}","att-{at}","{long}",""\n'
            for at in range(400)
        ]
        file.write_text("".join(lines), "utf-8")
        since = datetime.fromtimestamp(1_795_000_000 + second, UTC)

        found = {record.channel_id for record in read_cel(file, since)}

        assert found >= {f"att-{at}" for at in range(max(0, second), 400)}
