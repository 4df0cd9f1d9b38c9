from tests.unit.flows.lint.linting import codes, linted, only

AGENT = """
hello: {type: menu, prompt: hello, keys: {1: agent}, no_input: {prompt: again}, no_match: {prompt: again}}
agent: {type: transfer, queue: q, done: done, no_agent: %s, failed: sorry}
sorry: {type: hangup, prompt: message}
"""


def test_nobody_free_treated_as_a_talk_is_found() -> None:
    found = only("F601", linted(AGENT % "done"))
    assert "nodes.agent.no_agent: whom no agent took is treated as if one had" in found


def test_nobody_free_and_not_a_word_is_found() -> None:
    found = only("F601", linted(f"{AGENT % 'mute'}mute: {{type: hangup}}"))
    assert "nodes.agent.no_agent: whom no agent took is sent off without a word" in found


def test_words_of_its_own_are_fine() -> None:
    assert codes(AGENT % "sorry") == set()
