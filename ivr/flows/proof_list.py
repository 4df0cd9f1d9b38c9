"""Lists for proof-reading: what every prompt says to the sample customer, slots filled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from types import MappingProxyType

from ivr.errors import FlowError
from ivr.flows.sample_variables import SAMPLE_VARIABLES
from ivr.flows.variables import Variables
from ivr.money import Money
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.prompt import Prompt

_CARD = {"kind": "card", "ending": "4242"}

PROOF_VARIABLES: Variables = MappingProxyType(
    {
        **SAMPLE_VARIABLES,
        "contact": {"sms": True, "email": None},
        "payments": {
            "card_keying": True,
            "vault": None,
            "card_page": None,
            "page_proof": None,
            "automatic": None,
            "invitation": None,
            "authorised": "due",
        },
        "own": {"amount": Money(2000, "USD"), "card": _CARD, "keyed_card": _CARD, "new_ending": "4242"},
        "gathered": {
            "amount": Money(3050, "USD"),
            "forward_number": "+12025550147",
            "promised_amount": Money(3050, "USD"),
            "promised_day": date(2026, 3, 20),
            "units": "120",
            "paid_on": date(2026, 3, 5),
            "callback_time": time(15, 30),
            "day": date(2026, 3, 20),
            "preferred_begin": time(9),
            "preferred_end": time(17, 30),
            "alert_amount": Money(5000, "USD"),
            "alert_time": time(9),
        },
        "result": {
            "words": "Thank you.",
            "in_writing": True,
            "expected_wait": 240,
            "moment": datetime(2026, 3, 9, 15, 30, tzinfo=UTC),
            "opens_at": datetime(2026, 3, 9, 8, tzinfo=UTC),
        },
    }
)
"""The sample customer, and what a call comes to know on its way: what is keyed in, set, and brought back."""


def proof_list(catalogue: Catalogue, language: str) -> Mapping[str, str]:
    """Return what every prompt of a language says, by its name.

    Of one that speaks of something which none of the shipped flows knows, the wording is given as it is
    written.
    """
    return {
        name: _said(catalogue.prompt(name, language))
        for name in sorted(catalogue.names())
        if language in catalogue.languages(name)
    }


def _said(prompt: Prompt) -> str:
    try:
        return " ".join(segment.text for segment in prompt.render(PROOF_VARIABLES))
    except FlowError:
        return " ".join(part.wording for part in prompt.parts)
