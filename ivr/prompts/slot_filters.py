"""The filters that say a slot's value: `{{ account.amount_due | money }}`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context, Undefined

from ivr.money import Money
from ivr.phone_number import PhoneNumber, parse_phone_number
from ivr.prompts.sentences import protect
from ivr.prompts.spoken_forms import SpokenForms

Filter = Callable[..., Any]

_parsed = lru_cache(maxsize=4096)(parse_phone_number)


def slot_filters(forms: SpokenForms) -> Mapping[str, Filter]:
    """Return the filters of one language by name.

    Each raises TypeError or ValueError, in a clause, when its value is of another kind: a wrong word on the
    telephone is worse than a call that is not made.
    """

    @pass_context
    def say_date(context: Context, value: object) -> str:
        return forms.date(_day(value), _today(context))

    return {
        "number": lambda value: forms.number(_number(value)),
        "ordinal": lambda value: forms.ordinal(_rank(value)),
        "digits": lambda value: forms.digits(_digits(value)),
        "characters": lambda value: forms.characters(_text(value)),
        "telephone": lambda value: forms.telephone(_telephone(value)),
        "money": lambda value: forms.money(_money(value)),
        "date": say_date,
        "time": lambda value: forms.time(_time(value)),
        "name": lambda value: forms.name(_text(value)),
    }


def say_without_filter(forms: SpokenForms) -> Filter:
    """Return what jinja calls with every value that is about to be said.

    Text is taken as it is; amounts, dates, times and numbers have one good way to be said and get it.
    """

    @pass_context
    def say(context: Context, value: object) -> str:
        match value:
            case Undefined():
                return str(value)  # raises: the undefined is strict
            case str():
                return protect(value)
            case Money():
                return protect(forms.money(value))
            case datetime():
                raise TypeError("a moment needs a filter: `| date` says its day, `| time` its time of day")
            case date():
                return protect(forms.date(value, _today(context)))
            case time():
                return protect(forms.time(value))
            case _:
                return protect(forms.number(_number(value)))

    return say


def _today(context: Context) -> date | None:
    """Return the caller's `today`, so that dates of this year can be said without it."""
    today = context.get("today")
    return today if isinstance(today, date) else None


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return _on_its_clock(value).date()
    if not isinstance(value, date):
        raise TypeError(_not_a("day", value))
    return value


def _time(value: object) -> time:
    if isinstance(value, datetime):
        return _on_its_clock(value).time()
    if not isinstance(value, time):
        raise TypeError(_not_a("time of day", value))
    return value


def _on_its_clock(moment: datetime) -> datetime:
    """Return a moment that says on which clock it is meant: whoever gives it has chosen the listener's."""
    if moment.tzinfo is None:
        raise TypeError(_not_a("moment with its time zone", moment))
    return moment


def _money(value: object) -> Money:
    if not isinstance(value, Money):
        raise TypeError(_not_a("amount of money with its currency", value))
    return value


def _number(value: object) -> int | Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(_not_a("whole or decimal number", value))
    return value


def _rank(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(_not_a("whole number", value))
    return value


def _digits(value: object) -> str:
    if not isinstance(value, str) or not (value.isascii() and value.isdigit()):
        raise ValueError(_not_a("text of digits only", value))
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(_not_a("text", value))
    return value


def _telephone(value: object) -> PhoneNumber:
    try:
        return _parsed(_text(value))
    except ValueError:
        raise ValueError(_not_a("telephone number with + and country code", value)) from None


def _not_a(kind: str, value: object) -> str:
    """Tell what was expected and the kind of what came, never the value: it may be a secret."""
    if isinstance(value, Undefined):
        return str(value)
    return f"a {kind} is needed, not this {type(value).__name__}"
