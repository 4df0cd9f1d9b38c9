"""Asterisk's configuration files as Jinja2 templates, and the guard on every value that goes into them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import jinja2

import ivr
from ivr.errors import UsageError

_FORBIDDEN = ("\r", "\n", ";", "[", "]", "${", "$[")
"""What would begin another line, a comment, a section or an expression in Asterisk's configuration."""


def content_folder(name: str) -> Path:
    """Return the folder `asterisk` or `dialplans`: inside an installed package, or beside it in a clone."""
    package = Path(ivr.__file__).parent
    packed = package / "_content" / name
    return packed if packed.is_dir() else package.parent / name


def refuse_unsafe(value: object) -> object:
    """Return `value` unless it would change the meaning of the file around it; raises UsageError then."""
    text = str(value)
    if found := [sign for sign in _FORBIDDEN if sign in text]:
        raise UsageError(
            f"{text!r} can't be written into Asterisk's configuration because of {found[0]!r}; leave it out"
        )
    return value


def render(template: Path, values: Mapping[str, object]) -> str:
    """Render one template; raises UsageError for an unsafe value, jinja2.UndefinedError for a missing one."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(template.parent),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 (no HTML; `refuse_unsafe` guards these files)
        finalize=refuse_unsafe,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template.name).render(values)
