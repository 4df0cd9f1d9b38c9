"""A template of whitelisted fields, as in `{account.id}/{account.due_on}`: nothing else can come out."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.rules.fields import Field, Subject, shown

_RIGHT = "write fields in braces, as in {account.id}/{account.due_on}"


def template_parts(template: str) -> Sequence[str | Field]:
    """Return the texts and fields of `template` in order; raises ValueError in a sentence."""
    first, *rest = template.split("{")
    parts: list[str | Field] = [_plain(first, template)]
    for piece in rest:
        name, brace, text = piece.partition("}")
        if not brace:
            raise ValueError(f"{template!r} opens a brace and never closes it; {_RIGHT}")
        try:
            parts.append(Field(name))
        except ValueError:
            raise ValueError(f"{name!r} is no field; use one of {', '.join(Field)}") from None
        parts.append(_plain(text, template))
    return [part for part in parts if part != ""]


def _plain(text: str, template: str) -> str:
    if "}" in text:
        raise ValueError(f"{template!r} closes a brace that was never opened; {_RIGHT}")
    return text


def fill_template(template: str, subject: Subject) -> str:
    """Return `template` with the subject's values, `unknown` where there is none."""
    return "".join(
        shown(subject.value(part)) if isinstance(part, Field) else part for part in template_parts(template)
    )
