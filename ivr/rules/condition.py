"""A condition as a small typed tree. What it means is in evaluate.py, once, for memory and for SQL.

In YAML, a comparison names a field and one operator; `all`, `any` and `not` join them:

    when:
      all:
        - {field: account.amount_due, more_than: 0}
        - {field: account.due_on, before: today}
        - not: {field: customer.region, in: [US-FL, US-TX]}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Tag,
    model_serializer,
    model_validator,
)
from pydantic import (
    Field as ModelField,
)

from ivr.rules.fields import Field, FieldKind
from ivr.rules.operand import Operand, parse_operand

MAX_DEPTH = 12
MAX_COMPARISONS = 200
"""Both keep a condition readable, and far below what SQLite and PostgreSQL can parse."""


class Operator(StrEnum):
    """How a field is compared."""

    EQUALS = "equals"
    NOT_EQUALS = "not_equals"
    IN = "in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    BEFORE = "before"
    AFTER = "after"
    PRESENT = "present"


_ANY_KIND = frozenset({Operator.EQUALS, Operator.NOT_EQUALS, Operator.IN, Operator.PRESENT})
_NUMBERS = _ANY_KIND | {Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE_THAN, Operator.LESS_THAN}
OPERATORS: Mapping[FieldKind, frozenset[Operator]] = {
    FieldKind.TEXT: _ANY_KIND,
    FieldKind.MONEY: _NUMBERS,
    FieldKind.COUNT: _NUMBERS,
    FieldKind.DAY: _ANY_KIND | {Operator.BEFORE, Operator.AFTER},
}
"""The operators that make sense for each kind of field."""


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Comparison(_Node):
    """A field, an operator and what to compare with."""

    field: Field
    operator: Operator
    operands: tuple[Any, ...]
    """One Operand; for `in` one or more; for `present` True or False."""

    @model_validator(mode="before")
    @classmethod
    def _read_the_written_form(cls, data: object) -> object:
        if not isinstance(data, Mapping) or "operator" in data:
            return data
        field = _known_field(data.get("field"))
        known = [name for name in data if name in set(Operator)]
        allowed = ", ".join(operator for operator in Operator if operator in OPERATORS[field.kind])
        if len(known) != 1 or len(data) != 2:
            raise ValueError(f"it needs `field` and one operator; use one of {allowed}")
        operator = Operator(known[0])
        if operator not in OPERATORS[field.kind]:
            raise ValueError(f"{operator} makes no sense for {field}; use one of {allowed}")
        return {"field": field, "operator": operator, "operands": _operands(field, operator, data[known[0]])}

    @model_serializer
    def _write(self) -> dict[str, object]:
        written = [operand if isinstance(operand, bool | int) else str(operand) for operand in self.operands]
        value = written if self.operator is Operator.IN else written[0]
        return {"field": self.field.value, self.operator.value: value}

    @property
    def values(self) -> tuple[Operand, ...]:
        """What to compare with; not for `present`."""
        return cast("tuple[Operand, ...]", self.operands)


def _known_field(name: object) -> Field:
    try:
        return Field(str(name))
    except ValueError:
        wrong = "no field is named" if name is None else f"{name!r} is no field that a rule can look at"
        raise ValueError(f"{wrong}; use one of {', '.join(Field)}") from None


def _operands(field: Field, operator: Operator, raw: object) -> tuple[object, ...]:
    if operator is Operator.PRESENT:
        if not isinstance(raw, bool):
            raise ValueError(f"{raw!r} says neither yes nor no; write `present: true` or `present: false`")
        return (raw,)
    if operator is Operator.IN:
        if not isinstance(raw, list | tuple) or not 1 <= len(raw) <= MAX_COMPARISONS:
            raise ValueError(f"`in` needs a list; write 1 to {MAX_COMPARISONS} values in [ ]")
        return tuple(_operand(field, item) for item in raw)
    return (_operand(field, raw),)


def _operand(field: Field, raw: object) -> Operand:
    operand = parse_operand(field.kind, raw)
    if field.words and operand not in field.words:
        raise ValueError(f"{operand!r} is nothing that {field} can be; use one of {', '.join(field.words)}")
    return operand


def _not_empty(parts: tuple[Condition, ...]) -> tuple[Condition, ...]:
    if not parts:
        raise ValueError("no condition is in it; write at least one")
    return parts


class All(_Node):
    """True when every part is."""

    all: Parts


class AnyOf(_Node):
    """True when one part is."""

    any: Parts


class Not(_Node):
    """True when its part is false; unknown stays unknown."""

    part: Annotated[Condition, ModelField(alias="not", serialization_alias="not")]


def _tag(data: object) -> str:
    if isinstance(data, _Node):
        return _TAGS[type(data)]
    if isinstance(data, Mapping):
        for tag in ("all", "any", "not"):
            if tag in data:
                return tag
    return "comparison"


Condition = Annotated[
    Annotated[Comparison, Tag("comparison")]
    | Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_tag),
]
"""Any node of the tree."""
Parts = Annotated[tuple[Condition, ...], AfterValidator(_not_empty)]
_TAGS: Mapping[type[_Node], str] = {Comparison: "comparison", All: "all", AnyOf: "any", Not: "not"}
for _joined in (All, AnyOf, Not):
    _joined.model_rebuild()


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Yield every comparison in `condition`, in the order written."""
    match condition:
        case Comparison():
            yield condition
        case All(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from comparisons(part)
        case Not(part=part):
            yield from comparisons(part)


def _checked_size(condition: Condition) -> Condition:
    if (depth := _depth(condition)) > MAX_DEPTH:
        raise ValueError(f"it is nested {depth} deep; stay within {MAX_DEPTH}")
    if (count := sum(1 for _ in comparisons(condition))) > MAX_COMPARISONS:
        raise ValueError(f"it makes {count} comparisons; stay within {MAX_COMPARISONS}")
    return condition


def _depth(condition: Condition) -> int:
    match condition:
        case All(all=parts) | AnyOf(any=parts):
            return 1 + max(_depth(part) for part in parts)
        case Not(part=part):
            return 1 + _depth(part)
        case _:
            return 1


WholeCondition = Annotated[Condition, AfterValidator(_checked_size)]
"""A condition as a rule holds it: of a size that people and databases can read."""
