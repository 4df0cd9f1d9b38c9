"""Which words the pages behind links have, and what each may speak of.

Words that are said before it is known who reads them may tell nothing of an account.
"""

from __future__ import annotations

from collections.abc import Mapping

OPEN_WORDS = frozenset(
    {
        # around every page
        "title",
        "help",
        "close",
        # what ends a visit
        "unknown",
        "expired",
        "settled",
        "too_often",
        "stale",
        # who is there
        "identify",
        "identify_yes",
        "identify_no",
        "not_me_done",
        "prove",
        "prove_button",
        "prove_wrong",
        "prove_locked",
        "prove_unavailable",
        "factor_pin",
        "factor_birth_date",
        "factor_postcode",
        "factor_account_digits",
        # to be left alone
        "stop",
        "stop_topic",
        "stop_all",
        "stopped_topic",
        "stopped_all",
        # the payment provider's page
        "approve",
        "approve_button",
        "pay_title",
        "back_paid",
        "back_not_paid",
        "back_again",
        "back_checking",
        "back_wait",
        # for whom a customer passed the matter on to
        "forwarded",
        "forwarded_read",
        "forwarded_comment",
        "forwarded_matter",
        "forwarded_choice",
        "forwarded_call",
        "forwarded_number",
        "forwarded_call_button",
        "forwarded_call_done",
        "forwarded_call_under_way",
        "forwarded_call_refused",
        "forwarded_never",
        "forwarded_never_button",
        "forwarded_never_done",
    }
)
"""Said to anyone."""

DETAIL_WORDS = frozenset(
    {
        "greeting",
        "choice",
        "again",
        "pay",
        "pay_all",
        "pay_minimum",
        "pay_other",
        "pay_amount",
        "pay_method",
        "pay_button",
        "pay_card_explained",
        "pay_card_button",
        "pay_other_card_button",
        "pay_saved_button",
        "pay_declined",
        "pay_unknown",
        "pay_changed",
        "pay_not_made",
        "pay_no_method",
        "pay_busy",
        "paid",
        "promise",
        "promise_amount",
        "promise_day",
        "promise_latest",
        "promise_least",
        "promise_button",
        "promised",
        "already_paid",
        "already_paid_how",
        "already_paid_card",
        "already_paid_transfer",
        "already_paid_check",
        "already_paid_day",
        "already_paid_button",
        "already_paid_done",
        "dispute",
        "dispute_explained",
        "dispute_button",
        "disputed",
        "confirm",
        "confirm_button",
        "confirmed",
        "cancel",
        "cancel_button",
        "cancelled",
        "reschedule",
        "reschedule_day",
        "reschedule_button",
        "rescheduled",
        "problem",
        "problem_remark",
        "problem_button",
        "problem_done",
        "later",
        "later_hour",
        "later_tomorrow",
        "later_time",
        "later_clock",
        "later_button",
        "later_done",
        "later_closed",
        "later_failed",
        "bad_amount",
        "bad_day",
        "bad_time",
        "bad_remark",
    }
)
"""Said to somebody who may know what it is about."""

VALUES: Mapping[str, frozenset[str]] = {
    "paid": frozenset({"amount"}),
    "promised": frozenset({"amount", "day"}),
    "rescheduled": frozenset({"day"}),
    "later_done": frozenset({"day", "time"}),
}
"""What an answer brought, which the words that thank for it can repeat as `values.<name>`."""

_TO_ANYONE = frozenset({"company.name", "company.phone", "customer.name"})
_DETAILS = _TO_ANYONE | {
    "customer.first_name",
    "account.kind",
    "account.balance",
    "account.amount_due",
    "account.due_on",
    "alert.reference",
}
_ONLY_IN: Mapping[str, frozenset[str]] = {
    "pay_minimum": frozenset({"account.minimum_due"}),
    "pay_method": frozenset({"payment_method.kind", "payment_method.ending"}),
    "promise_latest": frozenset({"promise.latest_on"}),
    "promise_least": frozenset({"promise.least_amount"}),
}
"""What is not always there: shown by a word that is left out without it."""


def known_to(word: str) -> frozenset[str]:
    """Return the variables that a word can speak of, by dotted path."""
    if word in OPEN_WORDS:
        return _TO_ANYONE
    brought = frozenset(f"values.{name}" for name in VALUES.get(word, ()))
    return _DETAILS | _ONLY_IN.get(word, frozenset()) | brought
