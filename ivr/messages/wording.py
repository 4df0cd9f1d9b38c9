"""A message's wording: Jinja2 in a sandbox, with the filters of prompts, whose values are written here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.filters import FILTERS
from jinja2.runtime import Undefined
from jinja2.sandbox import SandboxedEnvironment

from ivr.messages.link import LINK_MARK
from ivr.messages.written_forms import WRITTEN, WrittenForms
from ivr.money import Money
from ivr.prompts.slot_filters import slot_filters
from ivr.prompts.template import syntax_complaint, variables_of

_PLAIN_FILTERS = ("default", "first", "join", "last", "length", "replace")
_OTHER_FILES = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
_KNOWN_WORDINGS = 4096
"""Wordings that are remembered, so that content which is read again compiles only what changed."""
_UNFIT = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ue000-\uf8ff]+")
"""What no value brings into a message: new lines (a header could begin there) and our own marks."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in one language that is known to be sound."""

    variables: frozenset[str]
    """Everything its slots may ask for, by dotted path."""
    _compiled: jinja2.Template

    def render(self, variables: Mapping[str, object]) -> str:
        """Fill the slots; raises ValueError, in a clause, when a variable is missing or unfit."""
        try:
            return self._compiled.render(variables).strip()
        except (jinja2.TemplateError, TypeError, ArithmeticError) as error:
            raise ValueError(str(error)) from error


@lru_cache(maxsize=_KNOWN_WORDINGS)
def parse_wording(text: str, language: str) -> Wording:
    """Return the wording; raises ValueError, `what is wrong; what would be right`, when unsound."""
    environment = _environment(language)
    try:
        tree = environment.parse(text)
        if next(tree.find_all(_OTHER_FILES), None):
            raise ValueError("it wants another file; write the whole wording here")
        compiled = environment.from_string(tree)
    except jinja2.TemplateSyntaxError as error:
        raise ValueError(syntax_complaint(error, environment)) from None
    return Wording(frozenset(variables_of(tree)), compiled)


@cache
def _environment(language: str) -> SandboxedEnvironment:
    forms = WRITTEN[language]
    environment = SandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: _written(forms, value),
        autoescape=False,
        keep_trailing_newline=False,
    )
    environment.globals.clear()
    environment.filters = {name: FILTERS[name] for name in _PLAIN_FILTERS} | dict(slot_filters(forms))
    return environment


def _written(forms: WrittenForms, value: Any) -> str:
    match value:
        case Undefined():
            return str(value)  # raises: the undefined is strict
        case str() if value == LINK_MARK:
            return value
        case str():
            return _UNFIT.sub(" ", value)
        case Money():
            return forms.money(value)
        case datetime():
            raise TypeError("a moment needs a filter: `| date` writes its day, `| time` its time of day")
        case date():
            return forms.date(value, None)
        case time():
            return forms.time(value)
        case bool() | None:
            raise TypeError(f"a text, an amount, a day or a number is needed, not {value}")
        case int() | Decimal():
            return forms.number(value)
    raise TypeError(f"a text, an amount, a day or a number is needed, not this {type(value).__name__}")
