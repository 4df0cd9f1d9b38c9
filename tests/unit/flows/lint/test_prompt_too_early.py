from tests.unit.flows.lint.linting import VERIFIED, codes, linted, only


def test_an_account_detail_before_verification_is_found() -> None:
    found = only("F105", linted("done: {type: hangup, prompt: amount}"))
    assert "'amount' is for a confirmed person, and this can be said to anyone" in found


def test_one_that_two_ways_lead_to_counts_as_the_less_sure_of_them() -> None:
    both = VERIFIED.replace("no: {key: 2, to: done}", "no: {key: 2, to: details}")
    assert codes(both) == {"F105"}


def test_after_yes_it_is_fine() -> None:
    assert codes(VERIFIED) == set()
