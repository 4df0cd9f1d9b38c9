"""Wording cut into sentences when it is loaded, so that a call only fills in what differs between customers.

It covers wording of plain slots (`{{ account.amount_due | money }}`) and of conditions on whether a variable
is there (`{% if account.due_on %}`). Anything else, and any value that is not what it should be, is left to
Jinja, which comes to the same words, only slower, or to the complaint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import nodes

from ivr.prompts.sentences import restore, split_raw

SayValue = Callable[[Mapping[str, object], object], str]
"""Returns the words for a value; `today` may be among the variables."""

_MOST_VARIANTS = 8
_HOLE = re.compile("\ue002(.)\ue001")
"""Stands for a slot while sentences are cut: no space in it, and its end marked as that of any value."""
_STOPS = (".", "!", "?", "…")
_OURS = re.compile("[\ue000-\uf8ff]")
"""Private characters: wording that holds one would be taken for our marks."""
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the wording for a variable."""

    path: tuple[str, ...]
    say: SayValue


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with slots: text, slot, text, slot, …, text."""

    first: str
    rest: tuple[tuple[Slot, str, str], ...]
    """Each slot with the text after it, and with that after a value that ends in a stop of its own: `Acme
    Inc.` needs no second one."""

    def filled(self, variables: Mapping[str, object]) -> str | None:
        words = [self.first]
        for slot, following, after_stop in self.rest:
            value = _looked_up(variables, slot.path)
            said = "" if value is None or value is _MISSING else slot.say(variables, value)
            if not said:
                return None
            words += (said, after_stop if said[-1] in _STOPS else following)
        return "".join(words)


@dataclass(frozen=True, slots=True)
class _Variant:
    """The sentences that are said when each condition's variable is there, or is not."""

    conditions: tuple[tuple[tuple[str, ...], bool], ...]
    sentences: tuple[str | _Sentence, ...]


@dataclass(frozen=True, slots=True)
class Presplit:
    """Wording that is ready to be filled in."""

    variants: tuple[_Variant, ...]

    def fill(self, variables: Mapping[str, object]) -> tuple[str, ...] | None:
        """Return the sentences; None, when Jinja has to say them or what is wrong."""
        for variant in self.variants:
            for path, wanted in variant.conditions:
                value = _looked_up(variables, path)
                if value is _MISSING or bool(value) is not wanted:
                    break
            else:
                return _filled(variant, variables)
        return None


def _filled(variant: _Variant, variables: Mapping[str, object]) -> tuple[str, ...] | None:
    sentences = []
    try:
        for sentence in variant.sentences:
            said = sentence if isinstance(sentence, str) else sentence.filled(variables)
            if said is None:
                return None
            sentences.append(said)
    except (TypeError, ValueError, ArithmeticError):
        return None
    return tuple(sentences)


def _looked_up(variables: Mapping[str, object], path: tuple[str, ...]) -> object:
    value: object = variables
    for part in path:
        if not isinstance(value, dict):
            return _MISSING
        value = value.get(part, _MISSING)
    return value


def presplit(
    tree: nodes.Template, slot_of: Callable[[nodes.Expr], Slot | None], abbreviations: Collection[str]
) -> Presplit | None:
    """Return the wording of `tree` ready to be filled in; None when only Jinja can fill it.

    `slot_of` returns what an expression of the wording says, None when it is more than a plain slot.
    """
    ways = _ways(tree.body, slot_of)
    if ways is None or any(_OURS.search(p) for way in ways for p in way.parts if isinstance(p, str)):
        return None
    return Presplit(tuple(_Variant(way.conditions, _cut(way.parts, abbreviations)) for way in ways))


@dataclass(frozen=True, slots=True)
class _Way:
    """One way through the conditions of a wording."""

    conditions: tuple[tuple[tuple[str, ...], bool], ...] = ()
    parts: tuple[str | Slot, ...] = ()

    def then(self, other: _Way) -> _Way:
        return _Way(self.conditions + other.conditions, self.parts + other.parts)


def _ways(
    body: Sequence[nodes.Node], slot_of: Callable[[nodes.Expr], Slot | None]
) -> tuple[_Way, ...] | None:
    ways: tuple[_Way, ...] = (_Way(),)
    for node in body:
        more = _ways_of(node, slot_of)
        if more is None or len(ways) * len(more) > _MOST_VARIANTS:
            return None
        ways = tuple(way.then(other) for way in ways for other in more)
    return ways


def _ways_of(node: nodes.Node, slot_of: Callable[[nodes.Expr], Slot | None]) -> tuple[_Way, ...] | None:
    if isinstance(node, nodes.Output):
        parts = tuple(
            part.data if isinstance(part, nodes.TemplateData) else slot_of(part) for part in node.nodes
        )
        known = tuple(part for part in parts if part is not None)
        return (_Way((), known),) if len(known) == len(parts) else None
    if not isinstance(node, nodes.If) or node.elif_:
        return None
    path = dotted_path(node.test)
    yes, no = _ways(node.body, slot_of), _ways(node.else_, slot_of)
    if path is None or yes is None or no is None:
        return None
    return (
        *(_Way(((path, True),)).then(way) for way in yes),
        *(_Way(((path, False),)).then(way) for way in no),
    )


def dotted_path(node: nodes.Node) -> tuple[str, ...] | None:
    """Return `("account", "due_on")` for `account.due_on`; None for anything else.

    A name that every mapping has a method of is something else: Jinja would find the method.
    """
    match node:
        case nodes.Name(name=name):
            return (name,)
        case nodes.Getattr(node=owner, attr=attribute) if not hasattr(dict, attribute):
            path = dotted_path(owner)
            return None if path is None else (*path, attribute)
        case _:
            return None


def _cut(parts: Sequence[str | Slot], abbreviations: Collection[str]) -> tuple[str | _Sentence, ...]:
    slots = [part for part in parts if isinstance(part, Slot)]
    numbers = iter(range(len(slots)))
    text = "".join(p if isinstance(p, str) else f"\ue002{chr(0xE100 + next(numbers))}\ue001" for p in parts)
    return tuple(_cut_sentences(text, slots, abbreviations))


def _cut_sentences(
    text: str, slots: Sequence[Slot], abbreviations: Collection[str]
) -> Iterator[str | _Sentence]:
    for raw in split_raw(text, abbreviations):
        first, *rest = _HOLE.split(" ".join(raw.split()))
        if rest:
            filled = tuple(
                (slots[ord(hole) - 0xE100], following, following.removeprefix("."))
                for hole, following in zip(rest[::2], rest[1::2], strict=True)
            )
            yield _Sentence(first, filled)
        elif sentence := restore(raw):
            yield sentence
