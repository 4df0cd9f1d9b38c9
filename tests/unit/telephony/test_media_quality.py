import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.calls.call_report import MediaQuality
from ivr.telephony.media_quality import read_media_quality

HEARD = (
    "ssrc=548095999;themssrc=1061071271;lp=3;rxjitter=0.000125;rxcount=156;txjitter=0.000000;txcount=111;"
    "rlp=0;rtt=0.000488;rxmes=88.083891;txmes=87.813536"
)
SILENT = (
    "ssrc=489985636;themssrc=0;lp=1;rxjitter=0.000000;rxcount=0;txjitter=0.000000;txcount=751;rlp=0;rtt=0.0"
)


def test_figures_and_codec_are_read() -> None:
    assert read_media_quality({"RTPAUDIOQOS": HEARD, "CHANNEL(audionativeformat)": "(ulaw)"}) == MediaQuality(
        "ulaw", packets_sent=111, packets_received=156, packets_lost=3, jitter_ms=0.125
    )


def test_nothing_was_lost_of_what_never_came() -> None:
    quality = read_media_quality({"RTPAUDIOQOS": SILENT})

    assert (quality.packets_sent, quality.packets_received) == (751, 0)
    assert (quality.packets_lost, quality.jitter_ms) == (None, None)


@pytest.mark.parametrize(
    ("formats", "codec"), [("(ulaw|alaw)", "ulaw"), ("(nothing)", "nothing"), ("", None)]
)
def test_the_first_codec_counts(formats: str, codec: str | None) -> None:
    assert read_media_quality({"CHANNEL(audionativeformat)": formats}).codec == codec


@given(st.text())
def test_no_summary_is_too_strange(summary: str) -> None:
    read_media_quality({"RTPAUDIOQOS": summary, "CHANNEL(audionativeformat)": summary})
