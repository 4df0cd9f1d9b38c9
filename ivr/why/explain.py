"""Why a customer is called, or is not: one pure function over what was read at one moment."""

from __future__ import annotations

from datetime import datetime

from ivr.accounts.account import Account
from ivr.attempts.eligibility.ask import Policies
from ivr.why import words
from ivr.why.conclusion import conclude
from ivr.why.contact_use import explain_contact_points
from ivr.why.explanation import AccountTold, HoldTold, LinkTold, OptOutTold, PromiseTold, Why
from ivr.why.facts import WhyFacts
from ivr.why.rules import explain_moved, explain_rules


def explain_customer(known: WhyFacts, policies: Policies, now: datetime) -> Why:
    """Return the explanation of everything that is known of one customer, judged by what is live at `now`."""
    customer, conclusion = known.customer, conclude(known, policies, now)
    topics = {rule.topic for rule in policies.book.rules.values()}
    hours = customer.preferred_hours
    return Why(
        customer_id=customer.id,
        name=customer.name,
        language=customer.language,
        time_zone=customer.time_zone,
        preferred_medium=customer.preferred_medium,
        preferred_hours=None if hours is None else str(hours),
        at=now,
        is_live=known.is_live,
        is_stopped=known.is_stopped,
        contact_points=explain_contact_points(known, policies.permission, topics),
        opt_outs=tuple(_opt_outs(known)),
        holds=tuple(_holds(known)),
        links=tuple(
            LinkTold(link.purpose, link.account_id, link.created_at, link.expires_at, link.opened_at)
            for link in known.links
        ),
        accounts=tuple(_account(account, known, policies, now) for account in known.accounts),
        moved=explain_moved(known, policies, now),
        next_call_at=conclusion.next_call_at,
        conclusion=conclusion.sentence,
    )


def _account(account: Account, known: WhyFacts, policies: Policies, now: datetime) -> AccountTold:
    return AccountTold(
        account_id=account.id,
        kind=account.kind,
        ending=account.ending,
        status=account.status,
        amount_due=account.amount_due,
        due_on=account.due_on,
        promise=_promise(account),
        rules=explain_rules(known, account, policies, now),
    )


def _promise(account: Account) -> PromiseTold | None:
    promise = account.promise
    if promise is None:
        return None
    part = promise.next_part
    return PromiseTold(
        state=promise.state,
        amount=promise.amount,
        due_on=promise.due_on,
        made_at=promise.made_at,
        topic=promise.topic,
        judged_at=None if part is None else part.review_at,
    )


def _opt_outs(known: WhyFacts) -> list[OptOutTold]:
    return [
        OptOutTold(
            each.address,
            each.topic,
            each.since,
            each.source,
            words.opt_out_sentence(each.address, each.topic, each.since),
        )
        for each in known.suppressions
    ]


def _holds(known: WhyFacts) -> list[HoldTold]:
    return [
        HoldTold(
            kind=hold.kind,
            account_id=hold.account_id,
            topic=hold.topic,
            since=hold.since,
            until=hold.until,
            source=hold.source,
            sentence=words.hold_sentence(hold.kind.sentence, hold.account_id, hold.topic, hold.until),
        )
        for hold in known.holds
    ]
