from __future__ import annotations

import pytest

from ivr.calls.call_result import CallResult


@pytest.mark.parametrize("result", CallResult)
def test_every_result_is_told_in_a_sentence(result: CallResult) -> None:
    assert result.sentence
    assert not result.sentence.endswith(".")


def test_a_result_is_its_value_so_that_it_can_be_stored_and_read_back() -> None:
    assert str(CallResult.NO_ANSWER) == "no_answer"
    assert CallResult("no_answer") is CallResult.NO_ANSWER


def test_a_number_that_is_wrong_or_blocks_us_is_not_worth_a_second_call() -> None:
    hopeless = {result for result in CallResult if not result.again_can_help}
    assert hopeless == {CallResult.INVALID_NUMBER, CallResult.BLOCKED}
