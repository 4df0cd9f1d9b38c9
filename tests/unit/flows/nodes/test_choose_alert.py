"""What is chosen about an alert is asked of the host, and spoken of from then on."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from ivr.flows.effects import ChooseAlert
from ivr.flows.nodes.choose_alert import ChooseAlertNode
from ivr.money import Money
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import Rehearsal, TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    dict.fromkeys(("who", "menu", "amount", "time", "kept", "no", "sorry", "bye"), ContentTier.ANYONE),
    slots={"kept": "choice.name"},
)
NODES = """
who: {type: verify, prompt: who, yes: {key: 1, to: next}, no: {key: 2, to: no}}
next: {type: next_alert, found: menu, none: no, failed: no}
menu: {type: menu, prompt: menu, keys: {1: off, 2: amount, 3: time}}
amount: {type: gather, prompt: amount, variable: amount, form: amount, length: 2, next: keep-amount}
time: {type: gather, prompt: time, variable: time, form: time, length: 4, next: keep-time}
off: {type: choose_alert, wanted: false, done: kept, refused: no, failed: no}
keep-amount: {type: choose_alert, threshold: gathered.amount, done: kept, refused: no, failed: no}
keep-time: {type: choose_alert, at: gathered.time, done: kept, refused: no, failed: no}
kept: {type: hangup, prompt: kept}
no: {type: hangup, prompt: no}
"""


def asked_for(keys: str) -> Rehearsal:
    flow = flow_of(NODES.replace("form: amount,", "form: amount, limits: {least: 1, most: 99},"), CATALOGUE)
    call = rehearse(flow, CATALOGUE).presses("1").learns("found", choice={"rule": "a", "name": "Low"})
    return call.presses(keys)


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        ("1", {"wanted": False}),
        ("250", {"threshold": Money(5000, "USD")}),
        ("30930", {"at": "09:30"}),
    ],
)
def test_one_thing_is_asked_for_of_the_alert_that_was_come_to(keys: str, chosen: dict[str, object]) -> None:
    effect = asked_for(keys).turn.state.effect
    assert isinstance(effect, ChooseAlert)
    asked = {"threshold": effect.threshold, "at": effect.at, "wanted": effect.wanted}
    assert (effect.rule, asked) == ("a", {**dict.fromkeys(asked), **chosen})


def test_what_counts_by_then_is_spoken_of() -> None:
    assert asked_for("1").learns("done", choice={"rule": "a", "name": "Lower"}).heard[-1] == "kept Lower"


@pytest.mark.parametrize("result", ["refused", "failed"])
def test_what_was_not_kept_is_told(result: str) -> None:
    assert asked_for("1").learns(result).heard[-1] == "no"


@pytest.mark.parametrize("fields", [{}, {"wanted": True, "at": "gathered.time"}])
def test_it_keeps_one_thing(fields: dict[str, object]) -> None:
    ways = {"done": "a", "refused": "b", "failed": "c"}
    with pytest.raises(ValidationError, match="one of `threshold:`, `at:` and `wanted:`"):
        ChooseAlertNode.model_validate({"type": "choose_alert", **ways, **fields})
