"""`ivr check`: is everything that people wrote usable?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.cli.telephones import emergency_notes, print_emergency_notes
from ivr.errors import ContentError, Problem

if TYPE_CHECKING:
    from ivr.engine.content import Content
    from ivr.settings import Settings


def check(context: typer.Context, as_json: JsonOption = False) -> None:
    """Validate the settings and all content: flows, prompts, rules, retry rules, calling hours.

    Says every problem at once, with file and line; exit status 2 when there is one, 1 when the flow linter
    warns of something. Changes nothing.
    """
    from ivr.app.content import content_folders
    from ivr.app.reception import check_reception, unserved_numbers
    from ivr.app.studio import read_pin
    from ivr.app.webhooks import endpoints_of
    from ivr.cli.flow_findings import as_data, exit_status, print_findings
    from ivr.messages.load_templates import long_texts
    from ivr.sources.content_folder import lint_flows

    settings, problems = invocation(context).read_settings()
    if settings is None:
        raise ContentError(problems)
    content = _content_of(settings, [*problems, *_live_money(settings), *_unusable_access(settings)])
    check_reception(settings, content)
    unserved = list(unserved_numbers(settings, content))
    has_pin = read_pin(settings) is not None
    endpoints, recorded = endpoints_of(settings), settings.recorded_flows
    findings = lint_flows(content_folders(settings), endpoints, recorded=recorded)
    found = {
        "rules": sorted(content.book.rules),
        "flows": sorted(content.flows),
        "retry_rules": sorted(content.book.retry_rules),
        "hours": sorted(content.book.hours),
        "prompts": len(content.catalogue.names()),
        "messages": sorted(content.messages),
    }
    if as_json:
        data = [as_data(finding) for finding in findings]
        studio, notes = "open" if has_pin else "closed", [*unserved, *emergency_notes(settings)]
        print_json({**found, "problems": [], "studio": studio, "telephones": notes, "findings": data})
    else:
        counted = ", ".join(
            f"{len(names) if isinstance(names, list) else names} {kind.replace('_', ' ')}"
            for kind, names in found.items()
        )
        ui.print(f"All is usable: {counted}.", highlight=False)
        for told in long_texts(content.messages):
            ui.print(told, highlight=False, markup=False)
        for told in unserved:
            ui.print(told, highlight=False, markup=False)
        if not has_pin:
            ui.print("The studio is closed: [studio] pin_file names no PIN.", highlight=False, markup=False)
        print_emergency_notes(settings)
        print_findings(findings)
    raise typer.Exit(exit_status(findings))


def _live_money(settings: Settings) -> Sequence[Problem]:
    """Return what is wrong with a key that moves money."""
    if settings.payments.key_file is None:
        return []
    from ivr.app.live_money import live_money_problem
    from ivr.store.live_look import said_to_be_live

    try:
        problem = live_money_problem(settings, is_live=said_to_be_live(settings.store_url))
    except ContentError as error:
        return error.problems
    return [] if problem is None else [problem]


def _unusable_access(settings: Settings) -> Sequence[Problem]:
    """Return what is wrong with the tokens and secrets of those whom the web listens to."""
    from ivr.app.web import web_access

    try:
        web_access(settings)
    except ContentError as error:
        return error.problems
    return []


def _content_of(settings: Settings, problems: Sequence[Problem]) -> Content:
    """Return the content; raises ContentError with `problems` and whatever else is wrong with it."""
    from ivr.app.content import content_of

    try:
        content = content_of(settings)
    except ContentError as error:
        raise ContentError([*problems, *error.problems]) from None
    if problems:
        raise ContentError(problems)
    return content
