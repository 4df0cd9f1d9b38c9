from types import SimpleNamespace

import pytest

from ivr.flows.effects import AuthorisePayments
from ivr.flows.nodes.authorise import AuthoriseNode
from ivr.payments.authorisation import AmountTerms
from ivr.prompts.content_tier import ContentTier

NODE = AuthoriseNode(
    type="authorise",
    recording="gathered.agreed",
    day=15,
    terms=AmountTerms.MINIMUM,
    done="copy",
    failed="agent",
)
VARIABLES = {"account": {"id": "A1"}, "payment_method": {"id": "M1"}, "gathered": {"agreed": "r9"}}


def test_it_asks_for_account_method_voice_terms_and_day() -> None:
    scene = SimpleNamespace(variables=VARIABLES)
    assert NODE.effect(scene) == AuthorisePayments(0, "A1", "M1", "r9", AmountTerms.MINIMUM, 15)


def test_only_a_verified_listener_may_agree() -> None:
    assert NODE.least_tier is ContentTier.VERIFIED


@pytest.mark.parametrize("day", [0, 29])
def test_a_day_that_not_every_month_has_is_refused(day: int) -> None:
    with pytest.raises(ValueError, match="day"):
        AuthoriseNode.model_validate({**NODE.model_dump(), "day": day})
