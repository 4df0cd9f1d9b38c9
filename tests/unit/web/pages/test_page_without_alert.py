"""What is said on the page of a message that is about no alert is done as well."""

from __future__ import annotations

import pytest

from ivr.accounts.contact_point import Medium
from ivr.accounts.hold import HoldKind
from ivr.engine.deliver_messages import deliver_messages
from ivr.engine.raise_invitations import raise_invitations
from ivr.payments.invitation import Invitation
from tests.unit.engine.toll_free import opened
from tests.unit.web.pages.conftest import Post, _take_in
from tests.unit.web.pages.reader import token_in


async def invited(post: Post) -> str:
    """Have a customer be invited in writing to pay, as every month; return the link's address."""
    await post.engine.store.write(_take_in)
    await opened(post.engine, "another")
    now = post.engine.clock()
    invitation = Invitation(
        id="i1",
        customer_id="c1",
        account_id="a1",
        day=2,
        medium=Medium.EMAIL,
        topic="payments",
        agreed_at=now,
        call_id="another",
        words="w1",
        next_on=now.date(),
    )
    await post.engine.store.write(lambda tx: tx.invitations.give(invitation))
    assert await raise_invitations(post.engine.world, post.engine.contents) == 1
    await deliver_messages(post.engine.world, post.engine.contents)
    return f"{post.url}/l/{token_in(post.email.given[-1].body)}"


@pytest.mark.parametrize(
    ("what", "topic", "kinds"),
    [("this any more", "payments", []), ("anything", None, [HoldKind.STOP_CONTACT])],
)
async def test_who_wants_to_be_left_alone_is_and_is_not_invited_again(
    post: Post, what: str, topic: str | None, kinds: list[HoldKind]
) -> None:
    shown = await post.reader.opens(await invited(post))
    for _ in range(2):
        told = await post.reader.sends(shown, f"Do not contact me about {what}")
        assert "We will not contact you" in told.words
    said = await post.engine.store.read(lambda tx: tx.customers.suppressions("c1", "maria@example.com"))
    assert {(each.customer_id, each.address, each.topic) for each in said} == {
        ("c1", None, topic),
        (None, "maria@example.com", topic),
    }
    held = await post.engine.store.read(lambda tx: tx.holds.of(["c1"]))
    assert [hold.kind for hold in held] == kinds
    post.engine.clock.advance(days=31)
    assert await raise_invitations(post.engine.world, post.engine.contents) == 0


async def test_somebody_else_marks_the_address(post: Post) -> None:
    shown = await post.reader.opens(await invited(post))
    assert "We will not write to you here" in (await post.reader.sends(shown, "No, I am somebody else")).words
    points = await post.engine.store.read(lambda tx: tx.customers.contact_points("c1"))
    assert {point.id: point.usable for point in points} == {"p1": True, "e1": False}
