from types import SimpleNamespace

import pytest

from ivr.flows.actions import Go
from ivr.flows.effects import EndInvitation, InviteMonthly
from ivr.flows.nodes.end_invitation import EndInvitationNode
from ivr.flows.nodes.invite_monthly import InviteMonthlyNode
from ivr.prompts.content_tier import ContentTier

NODE = InviteMonthlyNode(type="invite_monthly", day="own.day", medium="sms", done="noted", failed="sorry")
END = EndInvitationNode(type="end_invitation", done="ended", failed="sorry")


def scene(day: object) -> SimpleNamespace:
    return SimpleNamespace(variables={"account": {"id": "A1"}, "own": {"day": day}})


@pytest.mark.parametrize("day", [10, "10"])
def test_it_asks_for_account_day_and_medium(day: object) -> None:
    assert NODE.effect(scene(day)) == InviteMonthly(0, "A1", 10, "sms")


@pytest.mark.parametrize("day", [0, 29, "31", "", None, "x", "²"])
def test_a_day_that_not_every_month_has_fails_at_once(day: object) -> None:
    assert NODE.enter(scene(day)) == (Go("sorry"),)


def test_both_take_a_confirmed_listener() -> None:
    assert NODE.least_tier is END.least_tier is ContentTier.CONFIRMED


def test_the_end_is_of_the_account() -> None:
    assert END.effect(scene(1)) == EndInvitation(0, "A1")
