"""Hypothesis strategies: any flow that load_flow accepts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from ivr.content_file import parse_content
from ivr.flows.flow import Flow, FlowFile
from ivr.flows.graph import least_tiers
from ivr.flows.load_flow import load_flow
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import TinyCatalogue

CATALOGUE = TinyCatalogue(
    {
        "sorry": ContentTier.ANYONE,
        "bye": ContentTier.ANYONE,
        "for-anyone": ContentTier.ANYONE,
        "for-confirmed": ContentTier.CONFIRMED,
    }
)
KEYS = "0123456789*#"
KINDS = "say menu menu gather gather verify branch transfer pay pay pay repeat opt_out respond goto hangup"
Written = dict[str, Any]


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Draw a flow of up to nine nodes, with every prompt as confidential as its place allows."""
    names = [f"n{index}" for index in range(draw(st.integers(3, 9)))]
    # Mostly it begins by asking who is there and can pay, or else that would hardly ever be reached.
    nodes = {name: draw(_node(names, KINDS)) for name in names[2:]}
    nodes["n0"] = draw(_node(["n1", *names], "verify verify menu"))
    nodes["n1"] = draw(_node(names, "pay pay menu"))
    written: Written = {
        "name": "any",
        "start": "n0",
        "sorry": "sorry",
        "goodbye": "bye",
        "limits": {"steps": draw(st.integers(8, 20))},
        "keys": draw(st.dictionaries(st.sampled_from("09*"), st.sampled_from(names), max_size=2)),
        "nodes": nodes,
    }
    _soften(written)
    return load_flow(parse_content(json.dumps(written), "any.yaml"), CATALOGUE)


def _soften(written: Written) -> None:
    """Leave out what can't be reached, pay only where it is allowed, choose prompts by tier."""
    while True:
        tiers = least_tiers(FlowFile.model_validate(written))
        early = [n for n, tier in tiers.items() if written["nodes"][n]["type"] == "pay" and tier < 1]
        written["nodes"] = {name: node for name, node in written["nodes"].items() if name in tiers}
        for name in early:
            written["nodes"][name] = {"type": "goto", "to": written["nodes"][name]["success"]}
        if not early:
            break
    targets = set(written["nodes"])
    written["keys"] = {key: to for key, to in written["keys"].items() if to in targets}
    for name, node in written["nodes"].items():
        if tiers[name] >= ContentTier.CONFIRMED:
            node.update({field: "for-confirmed" for field in ("prompt", "summary") if field in node})


def _node(names: list[str], kinds: str) -> st.SearchStrategy[Written]:
    """Draw a node of one of the kinds, whose ways lead to any of the names."""
    to = st.sampled_from(names)
    return st.sampled_from(kinds.split()).flatmap(lambda kind: _fields(kind, to))


def _fields(kind: str, to: st.SearchStrategy[str]) -> st.SearchStrategy[Written]:
    prompt = st.just("for-anyone")
    unanswered = {
        "no_input": st.just({"prompt": "for-anyone"}),
        "no_match": st.fixed_dictionaries({"to": to}),
    }
    length = st.fixed_dictionaries({"least": st.integers(1, 3), "most": st.integers(3, 5)})
    variable = st.sampled_from(["gathered.x", "payment_method"])
    when = st.fixed_dictionaries({"variable": variable, "present": st.booleans()})
    case = st.fixed_dictionaries({"when": when, "to": to})
    fields: dict[str, Mapping[str, st.SearchStrategy[Any]]] = {
        "say": {"prompt": prompt, "next": to, "interruptible": st.booleans()},
        "menu": {
            "prompt": prompt,
            "keys": st.dictionaries(st.sampled_from("1234567"), to, min_size=1, max_size=4),
            "repeat": st.just("8"),
            **unanswered,
        },
        "gather": {
            "prompt": prompt,
            "variable": st.just("x"),
            "length": length,
            "secret": st.booleans(),
            "next": to,
            **unanswered,
        },
        "verify": {
            "prompt": prompt,
            "yes": st.fixed_dictionaries({"key": st.just("1"), "to": to}),
            "no": st.fixed_dictionaries({"key": st.just("2"), "to": to}),
        },
        "branch": {"cases": st.lists(case, min_size=1, max_size=2), "otherwise": to},
        "transfer": {"prompt": prompt, "queue": st.just("q"), "done": to, "no_agent": to, "failed": to},
        "pay": {
            "prompt": prompt,
            "summary": prompt,
            "keys": st.fixed_dictionaries({"2": to}),
            **dict.fromkeys(("success", "declined", "provider_error", "unavailable"), to),
        },
        "repeat": {"from": to, "times": st.integers(1, 3)},
        "opt_out": {"prompt": prompt},
        "respond": {"response": st.sampled_from(["promised", "repeated", "call_later"]), "next": to},
        "goto": {"to": to},
        "hangup": {"prompt": prompt},
    }
    return st.fixed_dictionaries({"type": st.just(kind), **fields[kind]})
