"""A flow with nothing to mend, and what the linter says when a part of it is written differently."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ivr.accounts.contact_point import Medium
from ivr.content_file import parse_content
from ivr.flows.compliance import Profile, load_profiles
from ivr.flows.lint.finding import Finding
from ivr.flows.lint.flow_set import flow_set
from ivr.flows.lint.lint_flow import lint_flow
from ivr.flows.surroundings import Surroundings
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.load_catalogue import load_catalogue

ROOT = Path(__file__).parents[4]

FLOW = """
name: test
start: hello
sorry: sorry
goodbye: bye
keys: {9: opt-out}
"""
NODES = """
hello: {type: menu, prompt: hello, keys: {1: done}, no_input: {prompt: again}, no_match: {prompt: again}}
done: {type: hangup, prompt: done}
opt-out: {type: opt_out, prompt: opted-out}
"""
PROMPTS: Mapping[str, Mapping[str, str]] = {
    "hello": {"text": "This is {{ company.name }}. To be done, press 1. To stop these calls, press 9."},
    "again": {"text": "Once more."},
    "done": {"text": "Goodbye."},
    "opted-out": {"text": "Goodbye."},
    "sorry": {"text": "Sorry."},
    "bye": {"text": "Goodbye."},
    "message": {
        "text": "Please call {{ company.name }} at {{ company.phone | telephone }}. "
        "Once more, it is {{ company.phone | telephone }}."
    },
    "amount": {"tier": "confirmed", "text": "You owe {{ account.amount_due | money }}."},
}
VERIFIED = """
hello:
  type: verify
  prompt: hello
  yes: {key: 1, to: details}
  no: {key: 2, to: done}
  no_input: {prompt: again, to: message}
  no_match: {prompt: again}
message: {type: hangup, prompt: message}
details: {type: say, prompt: amount, next: done}
"""
"""Nodes that ask who is there before they speak of the account."""
ENTERING = """
hello: {type: menu, prompt: hello, keys: {1: enter}, no_input: {prompt: again}, no_match: {prompt: again}}
enter: {type: enter_flow, flow: inner, next: done}
"""
"""Nodes that enter the flow `inner`."""
INNER = """
start: tell
nodes:
  tell: {type: say, prompt: again, next: back}
  back: {type: return}
"""
"""What is written below the name of a flow that can be entered, with nothing to mend."""


@dataclass(frozen=True)
class Outline:
    """A message template, as far as flows know it."""

    tier: ContentTier
    media: Collection[Medium]
    values: Mapping[str, str]


MESSAGES = {
    "receipt": Outline(ContentTier.CONFIRMED, (Medium.SMS,), {"paid": "42.50 USD"}),
    "news": Outline(ContentTier.ANYONE, (Medium.SMS,), {"about": "opening hours"}),
}
"""The message templates that there are."""


def linted(
    nodes: str = "",
    head: str = "",
    prompts: Mapping[str, Mapping[str, str]] = {},
    others: Mapping[str, str] = {},
    answers: Mapping[str, Mapping[str, str]] = {},
    recorded: Collection[str] = (),
    own_profile: Profile | None = None,
) -> tuple[Finding, ...]:
    """Lint the flow with `nodes`, fields of the flow and prompts put in the place of its own.

    `others` are the flows beside it, each by its name with the rest of what is written; `recorded` are those
    whose calls are recorded.
    """
    own_nodes = {**_mapping(NODES), **_mapping(nodes)}
    written = {**_mapping(FLOW), **_mapping(head), "nodes": own_nodes}
    content = parse_content(yaml.safe_dump(written, sort_keys=False), "test.yaml")
    worded = json.dumps({"prompts": {**PROMPTS, **prompts}})
    prompt_files = [parse_content(worded, "prompts/en/test.yaml")]
    if answers:
        prompt_files.append(parse_content(json.dumps({"answers": answers}), "prompts/en/answers.yaml"))
    catalogue = load_catalogue(prompt_files, ())
    profiles = shipped_profiles()
    if own_profile is not None:
        profiles[own_profile.name] = own_profile
    files = [
        parse_content(f"name: {name}\nsorry: sorry\ngoodbye: bye\n{text}", f"{name}.yaml")
        for name, text in others.items()
    ]
    around = Surroundings({"agents", "office"}, {"orders"}, messages=MESSAGES, recorded=recorded)
    return lint_flow(content, catalogue, profiles, flow_set((content, *files), catalogue, profiles), around)


def codes(
    nodes: str = "",
    head: str = "",
    prompts: Mapping[str, Mapping[str, str]] = {},
    others: Mapping[str, str] = {},
) -> set[str]:
    """Return the codes of all that is found."""
    return {finding.code for finding in linted(nodes, head, prompts, others)}


def only(code: str, findings: tuple[Finding, ...]) -> str:
    """Return place, wrong and right of the first finding; nothing but `code` may be found."""
    assert {finding.code for finding in findings} == {code}, [str(f.problem) for f in findings]
    return str(findings[0].problem)


def shipped_profiles() -> dict[str, Profile]:
    """Return the compliance profiles of the repository."""
    files = sorted((ROOT / "config" / "compliance").glob("*.yaml"))
    return load_profiles([parse_content(file.read_text(encoding="utf-8"), str(file)) for file in files])


def _mapping(text: str) -> dict[str, Any]:
    """Read YAML, with a telephone's keys as text, as the linter's own reader does."""
    return dict(parse_content(text, "part.yaml").data) if text.strip() else {}
