from tests.unit.flows.lint.linting import codes, linted, only

LONG = "This is {{ company.name }}. " + 8 * "Welcome to all of you, and thank you for your patience. "
EARLY = {"hello": {"text": f"To be done, press 1. {LONG}"}}
LATE = {"hello": {"text": f"{LONG} To be done, press 1."}}


def test_more_talk_before_the_first_choice_than_the_limit_is_found() -> None:
    found = only("F302", linted(prompts=LATE))
    assert "nodes.hello.prompt: about 36 s of speech (en) come before its first choice, limit 20 s" in found


def test_talk_after_the_first_choice_can_be_cut_and_is_fine() -> None:
    assert codes(prompts=EARLY) == set()


def test_what_is_said_before_the_question_counts_with_it() -> None:
    spoken = "welcome: {type: say, prompt: again, next: hello}"
    assert codes(spoken, "start: welcome", {"again": {"text": LONG}}) == {"F302"}


def test_a_flow_sets_its_own_limit() -> None:
    assert codes(head="manners: {before_choice: 60}", prompts=LATE) == set()
    assert codes(head="manners: {before_choice: 1}") == {"F302"}
