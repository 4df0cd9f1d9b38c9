"""A prompt's wording: Jinja2 in a sandbox, with the slot filters of its language and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial

import jinja2
from jinja2 import meta, nodes
from jinja2.filters import FILTERS
from jinja2.sandbox import SandboxedEnvironment

from ivr.money import Money
from ivr.prompts.languages import LANGUAGES
from ivr.prompts.presplit import Presplit, SayValue, Slot, dotted_path, presplit
from ivr.prompts.sentences import split_sentences, spoken_words
from ivr.prompts.slot_filters import Filter, say_without_filter, slot_filters

_KNOWN_WORDS = 256
"""Values of one filter whose words are remembered: the company's stay, a customer's last for a call."""
_KNOWN_WORDINGS = 4096
"""Wordings that are remembered, so that content which is read again compiles only what changed."""
_NO_FILTER = ""
_ONE_WORDING = frozenset({str, Money, date})
"""Kinds whose equal values are said alike; of numbers, 2.5 and 2.50 are not."""
_PLAIN_FILTERS = ("default", "first", "join", "last", "length", "replace")
"""Of Jinja's own filters, those with a use in wording."""
_NEED_OTHER_FILES = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


@dataclass(frozen=True, slots=True)
class Template:
    """Wording in one language that is known to be sound."""

    language: str
    variables: frozenset[str]
    """Everything its slots may ask for, by dotted path: `account.amount_due`. Empty: always the same text."""
    _presplit: Presplit | None
    _compiled: jinja2.Template

    def sentences(self, variables: Mapping[str, object]) -> tuple[str, ...]:
        """Fill the slots and return the text sentence by sentence.

        Raises ValueError, in a clause, when a variable is missing or can't be said as the slot asks: the
        missing one by its dotted path.
        """
        ready = None if self._presplit is None else self._presplit.fill(variables)
        return self._by_jinja(variables) if ready is None else ready

    def _by_jinja(self, variables: Mapping[str, object]) -> tuple[str, ...]:
        try:
            text = self._compiled.render(variables)
        except jinja2.UndefinedError as error:
            path = _missing_path(str(error), self.variables, variables)
            raise ValueError(f"it speaks of {path}, which is not there") from error
        except (jinja2.TemplateError, TypeError, ArithmeticError) as error:
            raise ValueError(str(error)) from error
        return split_sentences(text, LANGUAGES[self.language].abbreviations)


def _missing_path(name: str, paths: frozenset[str], variables: Mapping[str, object]) -> str:
    """Return the dotted path on which `name` is what can't be found."""
    return next((path for path in sorted(paths) if _first_missing(path, variables) == name), name)


def _first_missing(path: str, variables: Mapping[str, object]) -> str | None:
    value: object = variables
    for part in path.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return part
        value = value[part]
    return None


class _Missing(jinja2.StrictUndefined):
    """A variable that is not there; whoever looks at it learns its name."""

    @property
    def _undefined_message(self) -> str:
        return self._undefined_hint or str(self._undefined_name)


@lru_cache(maxsize=_KNOWN_WORDINGS)
def parse_template(text: str, language: str) -> Template:
    """Return the wording `text`; raises ValueError, `what is wrong; what would be right`, when unsound."""
    environment = _environment(language)
    try:
        tree = environment.parse(text)
        if next(tree.find_all(_NEED_OTHER_FILES), None):
            raise ValueError("it wants another file; write the whole wording here")
        ready = presplit(tree, partial(_slot, language), LANGUAGES[language].abbreviations)
        compiled = environment.from_string(tree)
    except jinja2.TemplateSyntaxError as error:
        raise ValueError(syntax_complaint(error, environment)) from None
    return Template(language, frozenset(variables_of(tree)), ready, compiled)


def syntax_complaint(error: jinja2.TemplateSyntaxError, environment: jinja2.Environment) -> str:
    """Return what is wrong with wording that is no Jinja2, and what would be right."""
    message = (error.message or "it is no Jinja2").rstrip(".")
    clause = f"{message} (line {error.lineno} of the wording)"
    if isinstance(error, jinja2.TemplateAssertionError):
        return f"{clause}; the filters are {', '.join(sorted(environment.filters))}"
    return f"{clause}; write slots as {{{{ variable | filter }}}}"


def _slot(language: str, expression: nodes.Expr) -> Slot | None:
    """Return what a plain slot says: a variable, with a slot filter or without; None for all else."""
    match expression:
        case nodes.Filter(node=nodes.Expr() as variable, name=name, args=[], kwargs=[], dyn_args=None):
            path, say = dotted_path(variable), _in_plain_words(language).get(name)
        case _:
            path, say = dotted_path(expression), _in_plain_words(language)[_NO_FILTER]
    return None if path is None or say is None else Slot(path, say)


@cache
def _in_plain_words(language: str) -> Mapping[str, SayValue]:
    """Return the filters of a language as they are called without Jinja, by name.

    One memory of each serves all its slots, so that an amount which several prompts speak of is put into
    words once in a call.
    """
    forms = LANGUAGES[language]
    filters = {_NO_FILTER: say_without_filter(forms), **slot_filters(forms)}
    return {name: _without_jinja(say) for name, say in filters.items()}


def _without_jinja(say: Filter) -> SayValue:
    """Return a filter that is called without Jinja; those that want its context get the caller's today."""
    wants_context = hasattr(say, "jinja_pass_arg")

    def words(value: object, today: object) -> str:
        return spoken_words(say({"today": today}, value) if wants_context else say(value))

    known = lru_cache(maxsize=_KNOWN_WORDS)(words)

    def say_value(variables: Mapping[str, object], value: object) -> str:
        today = variables.get("today") if wants_context else None
        return known(value, today) if type(value) in _ONE_WORDING else words(value, today)

    return say_value


@cache
def _environment(language: str) -> SandboxedEnvironment:
    forms = LANGUAGES[language]
    environment = SandboxedEnvironment(
        undefined=_Missing, finalize=say_without_filter(forms), autoescape=False
    )
    environment.globals.clear()
    environment.filters = {name: FILTERS[name] for name in _PLAIN_FILTERS} | dict(slot_filters(forms))
    return environment


def variables_of(tree: nodes.Template) -> Iterator[str]:
    """Yield the dotted path of every outside variable, longest paths only: `account.due_on`."""
    undeclared = meta.find_undeclared_variables(tree)
    names = list(tree.find_all(nodes.Name))
    lookups: list[nodes.Getattr | nodes.Getitem] = [
        *tree.find_all(nodes.Getattr),
        *tree.find_all(nodes.Getitem),
    ]
    inner = {id(lookup.node) for lookup in lookups}
    for node in (*names, *lookups):
        path = _dotted(node)
        if id(node) not in inner and path and path.partition(".")[0] in undeclared:
            yield path


def _dotted(node: nodes.Node) -> str:
    """Return `a.b` for a name or a chain of attributes, up to the first computed key; empty for others."""
    match node:
        case nodes.Name(name=name):
            return str(name)
        case nodes.Getattr(node=owner, attr=attribute):
            path = _dotted(owner)
            return f"{path}.{attribute}" if path else ""
        case nodes.Getitem(node=owner):
            return _dotted(owner)
        case _:
            return ""
