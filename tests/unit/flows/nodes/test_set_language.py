import pytest

from ivr.errors import ContentError
from ivr.flows.commands import Say
from ivr.flows.known_before import known_before
from tests.unit.flows.rehearsal import flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("menu", "done")
NODES = """
menu: {type: menu, prompt: menu, keys: {2: spanish}}
spanish: {type: set_language, language: es, next: done}
done: {type: hangup, prompt: done}
"""
BOTH = "languages: [en, es]"


def test_what_follows_is_said_in_the_other_language_after_a_drop_as_well() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE, BOTH), CATALOGUE).presses("2").is_picked_up()
    said = [command for command in call.commands if isinstance(command, Say)]
    assert [command.segments[0].language for command in said] == ["en", "es", "es"]


def test_the_other_language_is_spoken_ahead_of_the_call() -> None:
    session = rehearse(flow_of(NODES, CATALOGUE, BOTH), CATALOGUE).session
    assert {segment.language for segment in known_before(session)} == {"en", "es"}


def test_a_language_that_the_flow_does_not_serve_is_refused() -> None:
    with pytest.raises(ContentError, match="node spanish sets language 'es', which the flow does not serve"):
        flow_of(NODES, CATALOGUE)
