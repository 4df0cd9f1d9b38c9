from tests.unit.flows.lint.linting import VERIFIED, codes, linted, only

ONCE = {"message": {"text": "Please call {{ company.name }} at {{ company.phone | telephone }}."}}
AGAIN = VERIFIED.replace(
    "message: {type: hangup, prompt: message}", "message: {type: say, prompt: message, next: end}"
)


def test_a_message_that_says_the_number_once_is_found() -> None:
    found = only("F304", linted(VERIFIED, prompts=ONCE))
    assert "nodes.message: after silence at 'hello' the number to call is said once (en)" in found


def test_twice_in_two_prompts_is_fine() -> None:
    assert codes(f"{AGAIN}end: {{type: hangup, prompt: message}}", prompts=ONCE) == set()


def test_a_way_on_which_it_is_said_once_is_enough_to_be_found() -> None:
    some = "end: {type: branch, cases: [{when: {variable: today, present: true}, to: done}], otherwise: more}"
    nodes = f"{AGAIN}{some}\nmore: {{type: hangup, prompt: message}}"
    assert codes(nodes, prompts=ONCE) == {"F304"}


def test_a_good_bye_without_a_number_leaves_no_message() -> None:
    assert (
        codes(
            VERIFIED.replace("to: message", "to: done").replace(
                "message: {type: hangup, prompt: message}", ""
            )
        )
        == set()
    )


def test_a_caller_is_no_machine() -> None:
    assert codes(VERIFIED, "direction: inbound", ONCE) == set()
