"""Make speech before it is needed: what prompts say without a customer, and what they will say to some."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Protocol

from ivr.engine.content import Content
from ivr.engine.ports import CustomerRecord
from ivr.engine.session_variables import account_variables, payment_variables
from ivr.errors import FlowError, SpeechError
from ivr.prompts.segment import Segment

_AT_ONCE = 200
"""Renderings handed over at a time: enough to keep every worker busy."""


class Renderer(Protocol):
    """Makes the sound of one segment."""

    async def render(self, segment: Segment) -> Path:
        """Return the segment's file; raises SpeechError."""
        ...


def said_to_everybody(content: Content, today: date) -> tuple[Segment, ...]:
    """Return what prompts say in all their languages without anything known of a customer, each once."""
    company = {"name": content.company.name, "phone": content.company.phone}
    variables = {"company": company, "today": today}
    catalogue = content.catalogue
    said: dict[Segment, None] = {}
    for name in sorted(catalogue.names()):
        for language in sorted(catalogue.languages(name)):
            said.update(dict.fromkeys(_rendered(content, name, language, variables)))
    return tuple(said)


def said_to_customers(content: Content, records: Sequence[CustomerRecord], today: date) -> Iterator[Segment]:
    """Yield what prompts can say of each account, in its customer's language; some of it several times."""
    for record in records:
        for account in record.accounts:
            variables = {
                **account_variables(content.company, record.customer, account, today),
                **payment_variables(record.payment_methods),
            }
            for name in sorted(content.catalogue.names()):
                yield from _rendered(content, name, record.customer.language, variables)


async def render_ahead(
    renderer: Renderer, segments: Iterable[Segment], progress: Callable[[], None]
) -> list[str]:
    """Render `segments`, calling `progress` after each one; returns what went wrong, a clause each."""

    async def render(segment: Segment) -> str | None:
        try:
            await renderer.render(segment)
        except SpeechError as error:
            return str(error)
        finally:
            progress()
        return None

    complaints: list[str] = []
    waiting = iter(segments)
    while batch := tuple(islice(waiting, _AT_ONCE)):
        results = await asyncio.gather(*map(render, batch))
        complaints.extend(result for result in results if result is not None)
    return complaints


def _rendered(
    content: Content, name: str, language: str, variables: Mapping[str, object]
) -> tuple[Segment, ...]:
    """Return what a prompt says; nothing when it needs what only a call will bring."""
    try:
        return content.catalogue.render(name, language, variables)
    except FlowError:
        return ()
