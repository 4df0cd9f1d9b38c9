"""What was meant belongs to the matter that was open, and to nobody else's."""

from __future__ import annotations

from ivr.engine.by_matter import by_matter, meant_about
from ivr.flows.state import Phase, SessionState
from ivr.outcomes.response import Response

Meant = tuple[Response, dict[str, object]]
REPEATED: Meant = (Response.REPEATED, {})
PROMISED: Meant = (Response.PROMISED, {})
DISPUTED: Meant = (Response.DISPUTED, {})


def talk(*matters: tuple[str | None, int]) -> SessionState:
    responses = (REPEATED, PROMISED, DISPUTED)
    return SessionState("f", "1", "n", Phase.OVER, "en", responses=responses, matters=matters)


def test_what_somebody_else_means_in_the_call_is_about_no_matter_of_the_first() -> None:
    state = talk(("a", 0), (None, 1))
    assert by_matter(state) == ((PROMISED, DISPUTED), {"a": (REPEATED,)})


def test_a_call_that_we_placed_is_answered_by_whom_we_called_alone() -> None:
    assert meant_about("a", talk((None, 1))) == (REPEATED,)
    assert meant_about("a", talk((None, 1), ("b", 2))) == (REPEATED,)


def test_until_then_all_that_is_meant_answers_it() -> None:
    assert meant_about("a", talk()) == (REPEATED, PROMISED, DISPUTED)
    assert meant_about("a", talk((None, 1), ("a", 2))) == (REPEATED, DISPUTED)
