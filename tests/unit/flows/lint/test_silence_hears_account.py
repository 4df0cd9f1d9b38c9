from tests.unit.flows.lint.linting import VERIFIED, codes, linted, only

ASKED = (
    VERIFIED.replace("next: done", "next: more")
    + "more: {type: menu, prompt: hello, keys: {1: done}, no_input: {prompt: again, to: bye}, \
no_match: {prompt: again}}\n"
)


def test_an_account_detail_that_silence_leads_to_is_found() -> None:
    found = only("F401", linted(f"{ASKED}bye: {{type: hangup, prompt: amount}}"))
    assert "nodes.bye.prompt: 'amount' is for a confirmed person, and silence at 'more' leads here" in found


def test_so_is_one_further_on() -> None:
    later = f"{ASKED}bye: {{type: say, prompt: again, next: told}}\ntold: {{type: hangup, prompt: amount}}"
    assert codes(later) == {"F401"}


def test_a_message_for_anyone_is_fine() -> None:
    assert codes(f"{ASKED}bye: {{type: hangup, prompt: message}}") == set()
