from __future__ import annotations

import pytest
from pydantic import ValidationError

from ivr.flows.effects import SetPreference
from ivr.flows.nodes.set_preference import SetPreferenceNode
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import Rehearsal, TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    dict.fromkeys(("who", "begin", "end", "noted", "no", "sorry", "bye"), ContentTier.ANYONE)
)
NODES = """
who: {type: verify, prompt: who, yes: {key: 1, to: begin}, no: {key: 2, to: no}}
begin: {type: gather, prompt: begin, variable: begin, form: time, length: 4, next: end}
end: {type: gather, prompt: end, variable: end, form: time, length: 4, next: keep}
keep: {type: set_preference, hours: HOURS, done: noted, refused: no, failed: no}
noted: {type: hangup, prompt: noted}
no: {type: hangup, prompt: no}
""".replace("HOURS", "{begin: gathered.begin, end: gathered.end}")


def at_the_effect(keep: str | None = None) -> Rehearsal:
    nodes = NODES if keep is None else f"{NODES.replace('to: begin', 'to: keep2')}keep2: {keep}\n"
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE).presses("1")
    return call if keep else call.presses("0930").presses("1200")


def effect_of(call: Rehearsal) -> object:
    return call.turn.state.effect


def test_keyed_hours_are_kept_as_times_of_day() -> None:
    effect = effect_of(at_the_effect())
    assert isinstance(effect, SetPreference)
    assert effect.hours == ("09:30", "12:00")


@pytest.mark.parametrize(("result", "said"), [("done", "noted"), ("refused", "no"), ("failed", "no")])
def test_each_result_leads_where_it_is_named(result: str, said: str) -> None:
    assert at_the_effect().learns(result).heard[-1] == said


@pytest.mark.parametrize(
    "fields", [{}, {"language": "en", "medium": "voice"}, {"hours": "any", "refused": "no"}]
)
def test_it_keeps_one_thing(fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        SetPreferenceNode.model_validate({"type": "set_preference", "done": "a", "failed": "b", **fields})


def test_hours_can_be_taken_back() -> None:
    node = SetPreferenceNode.model_validate(
        {"type": "set_preference", "hours": "any", "done": "a", "failed": "b"}
    )
    assert node.uses() == ()
