"""What a customer sees and does on the page behind a link."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.accounts.hold import HoldKind
from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import AttemptState
from ivr.engine.ports import Transaction
from tests.contract.samples import record
from tests.unit.engine.toll_free import opened
from tests.unit.web.pages.conftest import Post, about_orders, under
from tests.unit.web.pages.reader import tells_nothing


async def test_opening_a_link_says_for_whom_it_is_and_nothing_of_the_account(post: Post) -> None:
    shown = await post.reader.opens(await post.gets_a_link())
    assert shown.status == 200
    assert shown.words.startswith("Sample Bank This message is for Maria Lopez. Is that you?")
    assert "Call us at (202) 555-0100" in shown.words
    assert tells_nothing(shown)


async def test_it_asks_to_be_called_at_the_number_of_the_matters_rule(post: Post) -> None:
    live = post.engine.contents.live
    rule = live.book.rules["payment-overdue"].model_copy(update={"call_back_number": "+18005550123"})
    post.engine.contents.go_live(replace(live, book=replace(live.book, rules={rule.name: rule})))
    shown = await post.reader.opens(await post.gets_a_link())
    assert "Call us at (800) 555-0123" in shown.words
    assert "555-0100" not in shown.words


async def test_opening_it_as_often_as_mail_programs_do_commits_nothing(post: Post) -> None:
    url = await post.gets_a_link()
    for _ in range(5):
        await post.reader.opens(url)
    assert await post.outcomes() == []
    [attempt] = await post.engine.attempts(AttemptState.READY)
    assert await post.engine.alert_state(attempt.alert_id) == "open"


async def test_who_says_to_be_the_customer_is_told_and_offered_what_the_call_offers(post: Post) -> None:
    shown = await post.opens(await post.gets_a_link())
    assert "Your payment of $123.45 was due on March 1, 2026." in shown.words
    offered = [form.button for form in shown.forms]
    assert offered == [
        "Pay now",
        "I promise",
        "I have paid",
        "Call me then",
        "I do not agree",
        "",
        "Do not contact me about this any more",
        "Do not contact me about anything",
    ]


async def test_another_rules_flow_offers_what_it_offers_and_nothing_else(post: Post) -> None:
    post.engine.contents.go_live(about_orders(post.engine.contents.live).live)
    shown = await post.opens(await post.gets_a_link("answer-link"))
    assert "Your order is delayed" in shown.words
    for button in ("That is fine", "Choose this day", "Yes, cancel it", "Send", "Call me then"):
        assert shown.offers(button)
    assert not shown.offers("I promise")


async def test_a_matter_that_is_not_one_to_pay_takes_no_payment(post: Post) -> None:
    url = await post.gets_a_link("answer-link")
    paying = await post.proves(await post.reader.sends(await post.opens(url), "Pay now"))
    post.engine.contents.go_live(about_orders(post.engine.contents.live).live)
    refused = await post.reader.sends(paying, "Pay now", which="all")
    assert "This page was open for too long" in refused.words
    assert post.engine.gateway.confirmed == []


async def test_a_promise_ends_the_alert_and_the_call_that_waits(post: Post) -> None:
    url = await post.gets_a_link()
    menu = await post.opens(url)
    shown = await post.reader.sends(menu, "I promise", amount="100", day="2026-03-09")
    assert "We expect $100.00 by March 9, 2026" in shown.words
    [attempt] = await post.engine.attempts()
    assert (attempt.state, await post.engine.alert_state(attempt.alert_id)) == (
        AttemptState.CANCELLED,
        "settled",
    )
    [told] = await post.outcomes()
    assert told["disposition"] == "promise_to_pay"
    assert told["responses"] == [
        ["promised", {"amount_minor": 10_000, "currency": "USD", "on": "2026-03-09"}]
    ]
    assert (told["message_id"], told["proof"], told["attempt_id"]) == ("m0", None, None)
    assert told["content_version"] == post.engine.contents.live.pages["en"].version
    account = await post.engine.store.read(lambda tx: tx.customers.account("a1"))
    assert account is not None
    assert account.promise is not None
    assert "already settled" in (await post.reader.opens(url)).words


async def test_the_same_page_sent_twice_is_one_answer(post: Post) -> None:
    menu = await post.opens(await post.gets_a_link())
    first, again = [
        await post.reader.sends(menu, "I promise", amount="100", day="2026-03-09") for _ in range(2)
    ]
    assert first.words == again.words
    assert len(await post.outcomes()) == 1


async def test_an_answer_after_the_matter_was_settled_elsewhere_is_told_so(post: Post) -> None:
    menu = await post.opens(await post.gets_a_link())
    [attempt] = await post.engine.attempts()

    def settle(tx: Transaction) -> None:
        tx.alerts.end(attempt.alert_id, AlertState.SETTLED, "promised", post.engine.clock())

    await post.engine.store.write(settle)
    for button, fields in (("I promise", {"amount": "100", "day": "2026-03-09"}), ("I have paid", {})):
        shown = await post.reader.sends(menu, button, **fields)
        assert "This is already settled." in shown.words
    assert await post.outcomes() == []


async def test_an_answer_while_a_call_that_is_up_settles_it_is_told_so(post: Post) -> None:
    menu = await post.opens(await post.gets_a_link())
    [attempt] = await post.engine.attempts()
    await opened(post.engine, "another")
    now = post.engine.clock()
    assert await post.engine.store.write(
        lambda tx: tx.alerts.claim_settling(attempt.alert_id, "another", now)
    )
    assert "This is already settled." in (await post.reader.sends(menu, "I do not agree")).words
    assert await post.outcomes() == []
    alone = await post.reader.sends(menu, "Do not contact me about this any more")
    assert "We will not contact you about this any more." in alone.words


@pytest.mark.parametrize("ran_out", [AlertState.EXHAUSTED, AlertState.EXPIRED])
async def test_what_ran_out_is_settled_by_the_first_answer(post: Post, ran_out: AlertState) -> None:
    url = await post.gets_a_link()
    [attempt] = await post.engine.attempts()
    now = post.engine.clock()
    await post.engine.store.write(lambda tx: tx.alerts.end(attempt.alert_id, ran_out, "ran out", now))
    first, second = await post.opens(url), await post.opens(url)
    assert (await post.reader.sends(first, "I promise", amount="100", day="2026-03-09")).status == 200
    assert await post.engine.alert_state(attempt.alert_id) == "settled"
    assert "This is already settled." in (await post.reader.sends(second, "I do not agree")).words
    assert "This is already settled." in (await post.reader.opens(url)).words
    assert len(await post.outcomes()) == 1


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"amount": "123.46", "day": "2026-03-09"}, "Please write an amount"),
        ({"amount": "0", "day": "2026-03-09"}, "Please write an amount"),
        ({"amount": "lots", "day": "2026-03-09"}, "Please write an amount"),
        ({"amount": "1e3", "day": "2026-03-01"}, "Please choose a day"),
        ({"amount": "100", "day": "2026-03-17"}, "Please choose a day"),
        ({"amount": "100", "day": "tomorrow"}, "Please choose a day"),
    ],
)
async def test_what_is_beyond_the_rules_limits_is_told_at_its_field(
    post: Post, fields: dict[str, str], complaint: str
) -> None:
    menu = await post.opens(await post.gets_a_link())
    shown = await post.reader.sends(menu, "I promise", **fields)
    assert shown.status == 422
    assert complaint in shown.words
    assert await post.outcomes() == []
    assert (await post.reader.sends(shown, "I promise", amount="50", day="2026-03-09")).status == 200


async def test_what_was_paid_already_rests(post: Post) -> None:
    menu = await post.opens(await post.gets_a_link())
    shown = await post.reader.sends(menu, "I have paid", how="transfer", day="2026-02-27")
    assert "We will look for your payment" in shown.words
    [told] = await post.outcomes()
    assert told["responses"] == [["already_paid", {"method": "transfer", "paid_on": "2026-02-27"}]]
    held = await post.engine.store.read(lambda tx: tx.holds.of(["c1"]))
    assert [hold.kind for hold in held] == [HoldKind.ALREADY_PAID]


async def test_who_does_not_agree_is_left_in_peace_about_it(post: Post) -> None:
    menu = await post.opens(await post.gets_a_link())
    assert "We will look into it" in (await post.reader.sends(menu, "I do not agree")).words
    held = await post.engine.store.read(lambda tx: tx.holds.of(["c1"]))
    assert [hold.kind for hold in held] == [HoldKind.DISPUTED]


async def test_later_moves_the_call_and_binds_every_medium(post: Post) -> None:
    menu = await post.opens(await post.gets_a_link())
    closed = await post.reader.sends(menu, "Call me then", when="time", clock="03:00")
    assert closed.status == 422
    assert "not allowed to call you at that time" in closed.words
    shown = await post.reader.sends(closed, "Call me then", when="time", clock="15:30")
    assert "We will call you on March 2, 2026 at 3:30 PM" in shown.words
    [attempt] = await post.engine.attempts(AttemptState.READY)
    assert attempt.due_at == post.engine.clock() + timedelta(hours=5, minutes=30)
    alert = await post.engine.store.read(lambda tx: tx.alerts.get(attempt.alert_id))
    assert (alert.state, alert.deferred_until) == (AlertState.OPEN, attempt.due_at)


@pytest.mark.parametrize(
    ("what", "topic", "kinds"),
    [("this any more", "payments", []), ("anything", None, [HoldKind.STOP_CONTACT])],
)
async def test_who_wants_to_be_left_alone_need_not_say_who_they_are(
    post: Post, what: str, topic: str | None, kinds: list[HoldKind]
) -> None:
    shown = await post.reader.opens(await post.gets_a_link())
    left_alone = await post.reader.sends(shown, f"Do not contact me about {what}")
    assert "We will not contact you" in left_alone.words
    said = await post.engine.store.read(lambda tx: tx.customers.suppressions("c1", "maria@example.com"))
    assert {(each.customer_id, each.address, each.topic) for each in said} == {
        ("c1", None, topic),
        (None, "maria@example.com", topic),
    }
    held = await post.engine.store.read(lambda tx: tx.holds.of(["c1"]))
    assert [hold.kind for hold in held] == kinds
    [attempt] = await post.engine.attempts()
    assert await post.engine.alert_state(attempt.alert_id) == "settled"


async def test_somebody_else_marks_the_address_and_the_matter_goes_on(post: Post) -> None:
    shown = await post.reader.opens(await post.gets_a_link())
    assert "We will not write to you here" in (await post.reader.sends(shown, "No, I am somebody else")).words
    points = await post.engine.store.read(lambda tx: tx.customers.contact_points("c1"))
    assert {point.id: point.usable for point in points} == {"p1": True, "e1": False}
    [attempt] = await post.engine.attempts()
    assert await post.engine.alert_state(attempt.alert_id) == "open"


async def test_where_the_profile_wants_a_proof_nothing_is_told_before(post: Post) -> None:
    post.engine.contents.go_live(under("us-debt-collection", post.engine.contents.live).live)
    shown = await post.opens(await post.gets_a_link())
    assert "Your date of birth (MM/DD/YYYY)" in shown.words
    assert tells_nothing(shown)
    wrong = await post.proves(shown, "04/24/1980")
    assert (wrong.status, "That is not what we have" in wrong.words) == (422, True)
    assert tells_nothing(wrong)
    assert "Your payment of $123.45" in (await post.proves(wrong)).words


async def test_wrong_proofs_lock_page_and_telephone_alike(post: Post) -> None:
    post.engine.contents.go_live(under("us-debt-collection", post.engine.contents.live).live)
    shown = await post.opens(await post.gets_a_link())
    for _ in range(4):
        shown = await post.proves(shown, "01/01/1970")
    question = shown
    shown = await post.proves(question, "01/01/1970")
    assert (shown.status, "too many wrong answers" in shown.words) == (403, True)
    assert (await post.proves(question)).status == 403, "the right one comes too late"
    now = post.engine.clock()
    tries = await post.engine.store.write(lambda tx: tx.factors.begin_try("c1", now, now - timedelta(1), 5))
    assert tries is None, "nor is another one taken in a call"


async def test_nothing_is_told_to_whom_nobody_can_prove_to_be(post: Post) -> None:
    post.engine.contents.go_live(under("us-debt-collection", post.engine.contents.live).live)
    url = await post.gets_a_link()
    await post.engine.store.write(lambda tx: tx.customers.put(record(1)))
    shown = await post.opens(url)
    assert (shown.status, tells_nothing(shown)) == (403, True)


async def test_a_link_to_the_providers_page_leads_there(post: Post) -> None:
    shown = await post.reader.opens(await post.gets_a_link("payment-approval"))
    assert "Your bank asks you to approve your payment" in shown.words
    assert shown.links["Go on to your bank"] == "https://bank.example/approve"


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "Este mensaje es para Maria Lopez. ¿Es usted?"), ("fr", "Est-ce bien vous ?")],
)
async def test_it_is_in_the_language_of_the_message(post: Post, language: str, words: str) -> None:
    shown = await post.reader.opens(await post.gets_a_link(language=language))
    assert words in shown.words
    assert f'<html lang="{language}">' in shown.html


async def test_what_people_write_is_text_and_never_markup(post: Post) -> None:
    menu = await post.opens(await post.gets_a_link())
    shown = await post.reader.sends(menu, "I promise", amount="<b>1</b>", day='"><script>alert(1)</script>')
    assert "<script>" not in shown.html
    assert "<b>" not in shown.html


async def test_the_same_page_with_another_promise_is_told_that_it_is_settled(post: Post) -> None:
    menu = await post.opens(await post.gets_a_link())
    await post.reader.sends(menu, "I promise", amount="100", day="2026-03-09")
    for fields in ({"amount": "50", "day": "2026-03-09"}, {"amount": "100", "day": "2026-03-08"}):
        assert "This is already settled." in (await post.reader.sends(menu, "I promise", **fields)).words
    assert len(await post.outcomes()) == 1


async def test_later_sent_twice_is_one_answer_and_another_time_is_told_not_to_count(post: Post) -> None:
    menu = await post.opens(await post.gets_a_link())
    first = await post.reader.sends(menu, "Call me then", when="hour", clock="")
    post.engine.clock.advance(seconds=2)
    again = await post.reader.sends(menu, "Call me then", when="hour", clock="")
    assert "We will call you on March 2, 2026" in first.words
    assert first.words == again.words
    other = await post.reader.sends(menu, "Call me then", when="time", clock="15:30")
    assert "This is already settled." in other.words
    assert len(await post.outcomes()) == 1
