"""What customers may choose about single alerts: tell them, and keep what they chose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import time

from ivr.calling_hours import CallingHours
from ivr.engine.content import Content
from ivr.engine.host import Host
from ivr.engine.ports import NewAlertChoice, Transaction
from ivr.flows.effects import ChooseAlert, NextAlert
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import Party
from ivr.rules.alert_choice import (
    NOTHING_CHOSEN,
    AlertChoice,
    chosen_threshold,
    chosen_time,
    is_wanted,
    own_threshold,
)
from ivr.rules.customer_may import CustomerMay
from ivr.rules.rule import Rule

Offer = tuple[Rule, CustomerMay]


async def next_alert(host: Host, party: Party, effect: NextAlert, language: str) -> EffectDone:
    """Return the next alert whose rule leaves something to the customer; `none` after the last."""
    currencies = await host.world.store.read(lambda tx: _currencies(tx, party.customer_id))
    offers = _offers(host.contents.live, currencies)
    names = [rule.name for rule, _ in offers]
    place = names.index(effect.after) + 1 if effect.after in names else 0
    if place == len(offers):
        return EffectDone(effect.effect_id, "none", {"choice": None})
    chosen = await host.world.store.read(lambda tx: _chosen(tx, party.customer_id, names[place]))
    values = {"choice": choice_variables(offers[place], chosen, language)}
    return EffectDone(effect.effect_id, "found", values)


async def choose_alert(host: Host, party: Party, effect: ChooseAlert, language: str) -> EffectDone:
    """Keep it at once, whatever becomes of the call; the same again changes nothing.

    Who chooses an amount or a time wants to hear of it.
    """
    live, now = host.contents.live, host.world.clock()
    currencies = await host.world.store.read(lambda tx: _currencies(tx, party.customer_id))
    offer = next((offer for offer in _offers(live, currencies) if offer[0].name == effect.rule), None)
    if offer is None or not _leaves(offer[1], live.book.hours_of(offer[0]), effect):
        return EffectDone(effect.effect_id, "refused")
    new = AlertChoice(effect.wanted is not False, effect.threshold, _time(effect.at))

    def keep(tx: Transaction) -> AlertChoice:
        before = _chosen(tx, party.customer_id, effect.rule)
        chosen = replace(new, threshold=new.threshold or before.threshold, at=new.at or before.at)
        kept = NewAlertChoice(party.customer_id, effect.rule, chosen, now, host.call.call_id, live.version)
        tx.alert_choices.keep(kept)
        return chosen

    chosen = await host.world.store.write(keep)
    return EffectDone(effect.effect_id, "done", {"choice": choice_variables(offer, chosen, language)})


def choice_variables(offer: Offer, chosen: AlertChoice, language: str) -> Mapping[str, object]:
    """Return what prompts can speak of; docs/flows.md lists the same names."""
    rule, may = offer
    terms = may.threshold
    return {
        "rule": rule.name,
        "name": may.name_in(language),
        "wanted": is_wanted(rule, chosen) or None,
        "threshold": chosen_threshold(rule, chosen) or own_threshold(rule),
        "least": None if terms is None else terms.least,
        "most": None if terms is None else terms.most,
        "step": None if terms is None else terms.step,
        "at": chosen_time(rule, chosen),
        "may_set_time": may.time or None,
        "may_turn_off": may.off or None,
    }


def _offers(content: Content, currencies: Collection[str]) -> Sequence[Offer]:
    """Return what is left to somebody who has accounts in these currencies."""
    rules = sorted(content.book.rules.values(), key=lambda rule: rule.name)
    leaving = [(rule, rule.customer_may) for rule in rules if rule.customer_may is not None]
    offers = [(rule, _within(may, currencies)) for rule, may in leaving]
    return [(rule, may) for rule, may in offers if may.threshold or may.time or may.off]


def _within(may: CustomerMay, currencies: Collection[str]) -> CustomerMay:
    """Return it without an amount that no account of theirs could ever come to."""
    if may.threshold is None or may.threshold.least.currency in currencies:
        return may
    return may.model_copy(update={"threshold": None})


def _currencies(tx: Transaction, customer_id: str) -> Collection[str]:
    return {account.amount_due.currency for account in tx.customers.accounts_of(customer_id)}


def _chosen(tx: Transaction, customer_id: str, rule: str) -> AlertChoice:
    return tx.alert_choices.of([customer_id]).get(customer_id, {}).get(rule, NOTHING_CHOSEN)


def _leaves(may: CustomerMay, hours: CallingHours, effect: ChooseAlert) -> bool:
    """Say whether a rule leaves to the customer what they chose, and takes it."""
    if effect.threshold is not None:
        return may.threshold is not None and may.threshold.offers(effect.threshold)
    if (at := _time(effect.at)) is not None:
        return may.time and hours.is_ever_open_at(at)
    return effect.wanted is not None and may.off


def _time(written: str | None) -> time | None:
    return None if written is None else time.fromisoformat(written)
