from tests.unit.flows.lint.linting import codes, linted, only

PROVED = """
hello: {type: menu, prompt: hello, keys: {1: prove}, no_input: {prompt: again}, no_match: {prompt: again}}
prove:
  type: verify_factor
  questions: {QUESTIONS}
  match: pin
  locked: done
  unavailable: done
  no_input: {prompt: again}
  no_match: {prompt: again}
pin:
  type: set_pin
  prompt: ask
  again: ask
  done: done
  failed: done
  no_input: {prompt: again}
  no_match: {prompt: again}
"""
ASKS = {"ask": {"text": "Your digits, please."}}
PIN, BIRTH = "pin: {prompt: ask, length: 4}", "birth_date: {prompt: ask, length: 8}"


def test_a_pin_that_who_knows_the_pin_can_set_is_found() -> None:
    found = only("F404", linted(PROVED.replace("QUESTIONS", PIN), prompts=ASKS))
    assert "nodes.pin: who has proved nothing but the PIN can get here, and is refused" in found


def test_it_is_found_where_the_pin_is_only_one_of_the_questions() -> None:
    assert codes(PROVED.replace("QUESTIONS", f"{PIN}, {BIRTH}"), prompts=ASKS) == {"F404"}


def test_after_another_factor_it_is_fine() -> None:
    assert codes(PROVED.replace("QUESTIONS", BIRTH), prompts=ASKS) == set()


def test_after_the_pin_another_factor_is_enough() -> None:
    more = PROVED.replace("QUESTIONS", PIN).replace("match: pin", "match: more")
    asked = PROVED[PROVED.index("prove:") : PROVED.index("pin:\n")].replace("prove:", "more:")
    assert codes(more + asked.replace("QUESTIONS", BIRTH), prompts=ASKS) == set()


def test_a_flow_that_verified_people_enter_is_judged_in_the_call() -> None:
    entered = """
hello: {type: set_pin, prompt: ask, again: ask, done: done, failed: done, no_input: {prompt: again},
  no_match: {prompt: again}}
out: {type: menu, prompt: hello, keys: {1: done}, no_input: {prompt: again}, no_match: {prompt: again}}
done: {type: goto, to: out}
"""
    assert codes(entered, "entered_at: verified", ASKS) == set()
