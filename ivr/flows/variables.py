"""The values that prompts and conditions speak of.

What the host gives: `company` (name, phone, region: where keyed numbers are dialled), `customer` (name,
first_name, language), `account` (id, kind, status, balance, amount_due, minimum_due, due_on), `alert`
(topic), `payment_method` (id, kind, ending; None without one), `payments` (card_keying, vault, card_page,
page_proof, automatic, invitation, invited, authorised), `contact` (sms, email: whether a link can be sent so,
or None), `promise` (what may be promised: most_days, latest_on, most_parts, least_amount or None), `call`
(direction, number at the other end), `bulletin` (None while none is on the air), `forward` (comment, a
recording's name or None, outcome, what came of it, and way, how this alert can be passed on; None but where a
customer passed the alert on, or can), `choice` (the alert that a next_alert node came to, with what the
customer may choose; None before that), each a mapping, and `today`, a date; of a call that came in, and with
somebody to whom an alert was passed on, whatever is not known is None; `verification.factors`, a list of what
this customer can prove to be them by, in the order of preference of the profile. The session adds `result`
(values of the last effect), `gathered` (keyed values, never a secret) and `own` (what set_variable, take_card
and webhook nodes set).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated

from pydantic import StringConstraints

_MAPPINGS = (dict, Mapping)
"""Nearly all are dictionaries, which are told much faster than mappings."""

Variables = Mapping[str, object]
"""Values by name."""

VariablePath = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]
"""A dotted path: `account.amount_due`."""


def look_up(variables: Variables, path: str) -> object:
    """Return the value at a dotted path, or None when anything on the way is missing."""
    value: object = variables
    for part in _parts(path):
        if not isinstance(value, _MAPPINGS):
            return None
        value = value.get(part)
    return value


@lru_cache(maxsize=1024)
def _parts(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def values_of(variables: Variables, namespace: str) -> Mapping[str, object]:
    """Return a whole namespace (`result`), empty when it is not there."""
    found = variables.get(namespace)
    return found if isinstance(found, Mapping) else {}
