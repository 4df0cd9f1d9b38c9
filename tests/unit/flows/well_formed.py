"""Hypothesis strategies: any flow that load_flow accepts."""

from __future__ import annotations

import json
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
Written = dict[str, Any]


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Draw a flow of up to seven nodes, with every prompt as confidential as its place allows."""
    names = [f"n{index}" for index in range(draw(st.integers(1, 7)))]
    nodes = {name: draw(_node(names)) for name in names}
    written: Written = {
        "name": "any",
        "start": "n0",
        "sorry": "sorry",
        "goodbye": "bye",
        "limits": {"steps": draw(st.integers(5, 30))},
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


@st.composite
def _node(draw: st.DrawFn, names: list[str]) -> Written:
    def to() -> str:
        return draw(st.sampled_from(names))

    kind = draw(
        st.sampled_from(
            "say menu menu gather verify verify branch transfer pay pay repeat opt_out respond goto hangup".split()
        )
    )
    prompt: Written = {"type": kind, "prompt": "for-anyone"}
    plain: Written = {"type": kind}
    unanswered: Written = {"no_input": {"prompt": "for-anyone"}, "no_match": {"to": to()}}
    match kind:
        case "say":
            return {**prompt, "next": to(), "interruptible": draw(st.booleans())}
        case "menu":
            keys = draw(st.sets(st.sampled_from("1234567"), min_size=1, max_size=4))
            return {**prompt, **unanswered, "keys": {key: to() for key in keys}, "repeat": "8"}
        case "gather":
            length = {"least": draw(st.integers(1, 3)), "most": draw(st.integers(3, 5))}
            secret = draw(st.booleans())
            return {**prompt, **unanswered, "variable": "x", "length": length, "next": to(), "secret": secret}
        case "verify":
            return {**prompt, "yes": {"key": "1", "to": to()}, "no": {"key": "2", "to": to()}}
        case "branch":
            when = {"variable": draw(st.sampled_from(["gathered.x", "payment_method"])), "present": True}
            return {**plain, "cases": [{"when": when, "to": to()}], "otherwise": to()}
        case "transfer":
            return {**prompt, "queue": "q", "done": to(), "no_agent": to(), "failed": to()}
        case "pay":
            results = {name: to() for name in ("success", "declined", "provider_error", "unavailable")}
            return {**prompt, **results, "summary": "for-anyone", "keys": {"2": to()}}
        case "repeat":
            return {**plain, "from": to(), "times": draw(st.integers(1, 3))}
        case "opt_out":
            return prompt
        case "respond":
            return {**plain, "response": "promised", "next": to()}
        case "goto":
            return {**plain, "to": to()}
        case _:
            return prompt
