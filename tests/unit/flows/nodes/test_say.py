from tests.unit.flows.rehearsal import flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("hello", "menu", "done")
NODES = """
hello: {type: say, prompt: hello, next: menu}
menu: {type: menu, prompt: menu, keys: {1: done}}
done: {type: hangup, prompt: done}
"""
PATIENT = NODES.replace("prompt: hello,", "prompt: hello, interruptible: false,")


def test_it_says_its_prompt_then_goes_on() -> None:
    assert rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).listens().heard == ["hello", "menu"]


def test_a_key_cuts_it_and_answers_the_next_question_unheard() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).presses("1")
    assert call.transcript == ["say hello: hello", "cut", "say done: done"]


def test_what_can_not_be_interrupted_is_heard_and_the_key_still_counts() -> None:
    call = rehearse(flow_of(PATIENT, CATALOGUE), CATALOGUE).presses("1")
    assert call.transcript == ["say hello: hello"]
    assert call.listens().heard == ["hello", "done"]
