"""What a customer pays on the page behind a link with the card on file."""

from __future__ import annotations

from dataclasses import replace

from ivr.attempts.attempt import AttemptState
from ivr.engine.open_intent import UNREACHABLE
from ivr.engine.pay_by_link import finish_link_payments
from ivr.engine.ports import CustomerRecord, Transaction
from ivr.engine.reconcile_payments import reconcile_payments
from ivr.money import Money
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent
from tests.contract.samples import record
from tests.unit.engine.scripted import DECLINED, SUCCEEDED
from tests.unit.web.pages.conftest import BORN, Post
from tests.unit.web.pages.reader import Shown, tells_nothing


async def test_the_saved_card_is_charged_once_after_a_proof(post: Post) -> None:
    post.engine.gateway.confirms = [SUCCEEDED]
    menu = await post.opens(await post.gets_a_link())
    question = await post.reader.sends(menu, "Pay now")
    shown = await post.proves(question)
    assert "card that ends in 4242" in shown.words
    paid = [await post.reader.sends(shown, "Pay now", which="all") for _ in range(2)]
    assert all("Your payment of $123.45 was made" in each.words for each in paid)
    assert len(post.engine.gateway.confirmed) == 1
    [told] = await post.outcomes()
    assert (told["disposition"], told["proof"]) == ("payment", "birth_date")
    account = await post.engine.store.read(lambda tx: tx.customers.account("a1"))
    assert account is not None
    assert account.amount_due.minor == 0
    [attempt] = await post.engine.attempts()
    assert (attempt.state, await post.engine.alert_state(attempt.alert_id)) == (
        AttemptState.CANCELLED,
        "settled",
    )


async def pays(post: Post, **fields: str) -> Shown:
    """Come to paying, and pay."""
    menu = await post.opens(await post.gets_a_link())
    shown = await post.proves(await post.reader.sends(menu, "Pay now"))
    return await post.reader.sends(shown, "Pay now", **fields)


async def test_a_part_can_be_paid_and_more_than_is_due_can_not(post: Post) -> None:
    post.engine.gateway.confirms = [SUCCEEDED]
    shown = await pays(post, which="other", amount="200")
    assert (shown.status, "Please write an amount" in shown.words) == (422, True)
    shown = await post.reader.sends(shown, "Pay now", which="other", amount="23,45")
    assert "Your payment of $23.45 was made" in shown.words


async def test_a_card_that_is_declined_can_be_tried_again(post: Post) -> None:
    post.engine.gateway.confirms = [DECLINED, SUCCEEDED]
    shown = await pays(post, which="all")
    assert "Your card was declined. Nothing was charged." in shown.words
    assert [each["disposition"] for each in await post.outcomes()] == ["right_party_contact"]
    [attempt] = await post.engine.attempts()
    assert await post.engine.alert_state(attempt.alert_id) == "open"
    assert "was made" in (await post.reader.sends(shown, "Pay now", which="all")).words


async def test_a_payment_that_the_bank_wants_approved_leads_there_and_is_an_answer_once_it_is_made(
    post: Post,
) -> None:
    gateway = post.engine.gateway
    wants = ChargeResult(IntentState.REQUIRES_ACTION, "p1", link="https://bank.example/3ds")
    gateway.confirms = [wants]
    shown = await pays(post, which="all")
    assert shown.links["Go on to your bank"] == "https://bank.example/3ds"
    for look_up, kept in ((wants, []), (SUCCEEDED, ["payment"])):
        gateway.look_ups = [look_up]
        await reconcile_payments(post.engine.world, post.engine.contents)
        await finish_link_payments(post.engine.world, post.engine.contents)
        assert [each["disposition"] for each in await post.outcomes()] == kept
    [attempt] = await post.engine.attempts()
    assert await post.engine.alert_state(attempt.alert_id) == "settled"


async def test_who_was_shown_an_old_amount_is_charged_nothing(post: Post) -> None:
    menu = await post.opens(await post.gets_a_link())
    shown = await post.proves(await post.reader.sends(menu, "Pay now"))
    await post.engine.store.write(
        lambda tx: tx.customers.apply_payment("a1", Money(2_345, "USD"), "elsewhere", post.engine.clock())
    )
    shown = await post.reader.sends(shown, "Pay now", which="all")
    assert "has changed since you opened this page. Nothing was charged." in shown.words
    assert post.engine.gateway.confirmed == []
    assert "All of it: $100.00" in shown.words


async def comes_to_paying(post: Post) -> Shown:
    """Open a link, and come to where one pays."""
    menu = await post.opens(await post.gets_a_link())
    return await post.proves(await post.reader.sends(menu, "Pay now"))


async def test_who_goes_back_from_the_bank_and_chooses_less_approves_that(post: Post) -> None:
    page = await comes_to_paying(post)
    wants = [
        ChargeResult(IntentState.REQUIRES_ACTION, f"p{n}", link=f"https://bank.example/{n}") for n in (1, 2)
    ]
    post.engine.gateway.confirms, post.engine.gateway.look_ups = list(wants), [wants[0]]
    for n, chosen in enumerate(({"which": "all"}, {"which": "other", "amount": "20"}), 1):
        shown = await post.reader.sends(page, "Pay now", **chosen)
        assert shown.links["Go on to your bank"] == f"https://bank.example/{n}"
    intents = await post.engine.store.read(lambda tx: tx.payments.unresolved("a1"))
    assert [intent.amount for intent in intents] == [Money(2_000, "USD")], "the first one is withdrawn"
    await finish_link_payments(post.engine.world, post.engine.contents)
    assert await post.outcomes() == [], "and no card was declined"


async def test_who_goes_back_and_chooses_another_amount_is_not_told_that_it_was_paid(post: Post) -> None:
    page = await comes_to_paying(post)
    post.engine.gateway.confirms = [SUCCEEDED]
    for _ in range(2):
        shown = await post.reader.sends(page, "Pay now", which="other", amount="20")
        assert "Your payment of $20.00 was made" in shown.words
    shown = await post.reader.sends(page, "Pay now", which="other", amount="103.45")
    assert "has changed since you opened this page. Nothing was charged." in shown.words
    assert len(post.engine.gateway.confirmed) == 1


async def test_a_payment_began_when_it_was_asked_for_and_not_when_the_page_was_opened(post: Post) -> None:
    page = await comes_to_paying(post)
    post.engine.clock.advance(minutes=20)
    post.engine.gateway.confirms, post.engine.gateway.leaves_after_confirming = [None], True
    assert "We do not know yet" in (await post.reader.sends(page, "Pay now", which="all")).words
    [begun] = await post.engine.store.read(lambda tx: tx.link_payments.unfinished())
    assert begun.began_at == post.engine.clock()


async def test_what_could_not_begin_beside_another_payment_can_be_tried_again(post: Post) -> None:
    page = await comes_to_paying(post)
    other = PaymentIntent("other", "a1", Money(100, "USD"), "m1", IntentState.PENDING)
    await post.engine.store.write(lambda tx: tx.payments.open_intent(other, post.engine.clock()))
    told = await post.reader.sends(page, "Pay now", which="all")
    assert "Nothing was charged now" in told.words
    post.engine.clock.advance(minutes=3)
    post.engine.gateway.confirms = [SUCCEEDED]
    assert "was made" in (await post.reader.sends(page, "Pay now", which="all")).words
    assert [each["disposition"] for each in await post.outcomes()] == ["payment"]


async def test_what_the_provider_did_not_answer_is_not_the_cards_fault(post: Post) -> None:
    page = await comes_to_paying(post)
    post.engine.gateway.confirms = [ChargeResult(IntentState.DECLINED, "p1", reason=UNREACHABLE)]
    told = await post.reader.sends(page, "Pay now", which="all")
    assert "Your payment could not be made just now. Nothing was charged." in told.words
    assert "declined" not in told.words


async def test_a_saved_card_that_is_gone_is_told_as_that(post: Post) -> None:
    page = await comes_to_paying(post)
    known = record(1)
    without = CustomerRecord(
        replace(known.customer, name="Maria Lopez", birth_date=BORN), known.accounts, known.contact_points, ()
    )
    await post.engine.store.write(lambda tx: tx.customers.put(without))
    told = await post.reader.sends(page, "Pay now", which="all")
    assert "There is no saved card any more" in told.words
    assert "settled" not in told.words


async def test_an_account_that_is_another_customers_by_now_is_neither_told_nor_charged(post: Post) -> None:
    url = await post.gets_a_link()
    menu = await post.opens(url)
    page = await post.proves(await post.reader.sends(menu, "Pay now"))

    def moves(tx: Transaction) -> None:
        other = record(2)
        moved = [replace(each, customer_id=other.customer.id) for each in record(1).accounts]
        accounts = [*other.accounts, *moved]
        tx.customers.put(
            CustomerRecord(other.customer, accounts, other.contact_points, other.payment_methods)
        )

    await post.engine.store.write(moves)
    paid = await post.reader.sends(page, "Pay now", which="all")
    for shown in (paid, await post.reader.opens(url)):
        assert (shown.status, "This link is too old" in shown.words) == (410, True)
        assert tells_nothing(shown)
    assert post.engine.gateway.confirmed == []
