import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.errors import UsageError
from ivr.flows.player.moves import (
    HangUp,
    Move,
    Press,
    Screen,
    SettleElsewhere,
    StaySilent,
    read_moves,
    write_move,
)


def test_a_script_is_keys_silences_and_the_end() -> None:
    assert list(read_moves("s1 ,2#e!*h")) == [
        Screen(),
        Press("1"),
        StaySilent(),
        Press("2"),
        Press("#"),
        SettleElsewhere(),
        Press("*", cuts_in=True),
        HangUp(),
    ]


@pytest.mark.parametrize("script", ["1x", "!", "!,", "!!1"])
def test_anything_else_is_a_sentence_that_tells_what_can_be_pressed(script: str) -> None:
    with pytest.raises(UsageError, match="`,` waits until a time-out"):
        list(read_moves(script))


MOVES = st.one_of(
    st.builds(Press, st.sampled_from("0123456789*#"), st.booleans()),
    st.sampled_from([StaySilent(), HangUp(), Screen(), SettleElsewhere()]),
)


@given(st.lists(MOVES))
def test_what_is_written_reads_back(moves: list[Move]) -> None:
    assert list(read_moves("".join(map(write_move, moves)))) == moves
