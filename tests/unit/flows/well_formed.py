"""Hypothesis strategies: any flow that load_flow accepts, of every type of node."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args

from hypothesis import strategies as st

from ivr.content_file import parse_content
from ivr.flows.factor import Factor
from ivr.flows.flow import Flow, FlowFile
from ivr.flows.graph import least_tiers
from ivr.flows.load_flow import load_flow
from ivr.flows.node import Node
from ivr.flows.nodes.base import BaseNode
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import MARIA, TinyCatalogue

TIERS = {
    "sorry": ContentTier.ANYONE,
    "bye": ContentTier.ANYONE,
    "for-anyone": ContentTier.ANYONE,
    "own-for-anyone": ContentTier.ANYONE,
    "clip": ContentTier.ANYONE,
    "for-confirmed": ContentTier.CONFIRMED,
    "own-for-confirmed": ContentTier.CONFIRMED,
    "for-verified": ContentTier.VERIFIED,
}
CATALOGUE = TinyCatalogue(
    TIERS,
    slots={
        "for-anyone": "company.name",
        "own-for-anyone": "own.v",
        "for-confirmed": "account.amount_due",
        "own-for-confirmed": "own.v",
        "for-verified": "payment_method.ending",
    },
    clips=("clip",),
)
UNCHECKED = TinyCatalogue(TIERS, clips=("clip",))
"""The same for the linter, which is to refuse nothing that the session has to."""
SAID = (
    ("for-anyone", "own-for-anyone"),
    ("for-confirmed", "own-for-confirmed"),
    ("for-verified",),
    ("for-verified",),
)
"""Prompts by the tier of the place where they are said."""
ANSWER = "answered by a program"
DETAILS = ("amount_due", "12050", "120.50", "2026-03-01", ANSWER)
"""What nobody hears before we know who they are: of somebody's account, and of what a webhook answers."""
KEYS = "0123456789*#"
SUB_FLOW = "sub"
NODE_TYPES: Mapping[str, type[BaseNode]] = {
    get_args(node_type.model_fields["type"].annotation)[0]: node_type
    for node_type in get_args(get_args(Node)[0])
}
COMMON = ["menu", "gather", "verify", "verify_factor", "pay", "promise", "record", "enter_flow"]
"""Drawn more often, since much can happen in them."""
Written = dict[str, Any]
SOMEBODY: Mapping[str, object] = {
    **MARIA,
    "verification": {"factors": ["pin", "birth_date", "account_digits"]},
    "alert": {"topic": "payments", "raised_at": datetime(2026, 3, 9, 15, tzinfo=UTC)},
}
"""Whom the flows are for; a moment is there from the start."""


@st.composite
def flows(draw: st.DrawFn, kind: str) -> tuple[Flow, Flow]:
    """Draw a flow of up to nine nodes and one that it may enter; its prompts fit the tier of their place.

    The first question of the flow leads to a node of the given kind by the key 1, or by a right factor.
    """
    sub = draw(_flow(SUB_FLOW, "1", draw(st.sampled_from(COMMON)), {}))
    return draw(_flow("any", "0", kind, {SUB_FLOW: sub})), sub


@st.composite
def _flow(draw: st.DrawFn, name: str, prefix: str, kind: str, others: Mapping[str, Flow]) -> Flow:
    names = [f"n{prefix}{index}" for index in range(draw(st.integers(3, 9)))]
    kinds = st.sampled_from([*NODE_TYPES, *COMMON])
    nodes = {node: draw(_node(names, kinds)) for node in names[2:]}
    asking = {
        0: ["menu", "verify", "verify_factor", "check_pin"],
        1: ["verify"],
        2: ["verify_factor"],
        3: ["check_pin"],
    }
    nodes[names[0]] = draw(_node(names, st.sampled_from(asking[NODE_TYPES[kind].least_tier])))
    leads: Mapping[str, Written] = {
        "menu": {"keys": {"1": names[1], "2": names[1], "3": names[-1]}},
        "verify": {"yes": {"key": "1", "to": names[1]}},
        "verify_factor": {"match": names[1], "unavailable": names[1]},
        "check_pin": {"match": names[1], "length": 3},
    }
    nodes[names[0]] |= leads[nodes[names[0]]["type"]]
    if kind == "set_pin":
        nodes[names[0]] |= {"unavailable": names[0], "questions": ENDING}
    nodes[names[1]] = draw(_node(names, st.just(kind)))
    # Words may speak of it from the start; a flow that is entered keeps what the other has made of it.
    given = "{{ company.name }}" if name != SUB_FLOW else "{{ own.v }}"
    nodes["set"] = {"type": "set_variable", "variable": "v", "value": given, "next": names[0]}
    written: Written = {
        "name": name,
        "languages": ["en", "es"],
        "start": "set",
        "sorry": "sorry",
        "goodbye": "bye",
        "limits": {
            "steps": draw(st.integers(8, 20)),
            "depth": draw(st.integers(1, 3)),
            "seconds": draw(st.sampled_from([20, 60, 900])),
        },
        "keys": draw(st.dictionaries(st.sampled_from("09*"), st.sampled_from(names), max_size=2)),
        "manners": draw(st.sampled_from([{}, {"repeat": "6"}, {"repeat": "#", "terminator": None}])),
        "nodes": nodes,
    }
    _soften(written, others, draw(st.lists(st.integers(0, 1), min_size=10, max_size=10)))
    return load_flow(parse_content(json.dumps(written), f"{name}.yaml"), UNCHECKED)


def _soften(written: Written, others: Mapping[str, Flow], choices: list[int]) -> None:
    """Leave out what can't be reached, keep nodes to where they are allowed, choose prompts by tier.

    Each node says what its one of the `choices` names among the prompts that it may say.
    """
    while True:
        tiers = least_tiers(FlowFile.model_validate(written), others)
        nodes = {name: node for name, node in written["nodes"].items() if name in tiers}
        written["nodes"] = nodes
        early = [name for name in nodes if tiers[name] < NODE_TYPES[nodes[name]["type"]].least_tier]
        for name in early:
            ways = ("success", "next", "done", "taken", "found", "kept", "otherwise")
            target = next(nodes[name][way] for way in ways if way in nodes[name])
            nodes[name] = {"type": "goto", "to": target}
        if not early:
            break
    written["keys"] = {key: to for key, to in written["keys"].items() if to in nodes}
    for (name, node), choice in zip(nodes.items(), choices, strict=False):
        possible = SAID[tiers[name]]
        written["nodes"][name] = _with_prompts(node, possible[choice % len(possible)])


def _with_prompts(fields: Written, said: str) -> Written:
    """Return the fields with every prompt for anyone replaced."""
    return {
        name: _with_prompts(value, said)
        if isinstance(value, dict)
        else (said if value == "for-anyone" else value)
        for name, value in fields.items()
    }


def _node(names: list[str], kinds: st.SearchStrategy[str]) -> st.SearchStrategy[Written]:
    """Draw a node of one of the kinds, whose ways lead to any of the names."""
    to = st.sampled_from(names)
    return kinds.flatmap(lambda kind: st.fixed_dictionaries({"type": st.just(kind), **_fields(kind, to)}))


LOOKED_AT = (
    *("account.amount_due", "account.due_on", "gathered.promised_amount", "gathered.promised_day"),
    *("gathered.callback_time", "gathered.x", "own.v", "payment_method", "result.moment"),
    *("alert.raised_at", "alert.raised_at", "today"),
)
"""An amount, days, a time of day, digits, anything, a mapping, a moment: what a condition can meet."""
DAYS_AND_MOMENTS = ("2026-03-01", "2026-03-09", "2026-03-09T15:00", "2026-03-09T15:00Z")
COMPARED_WITH = st.sampled_from([120.5, 7, "7", "x", True, *DAYS_AND_MOMENTS])
WHEN = st.builds(
    lambda variable, test: {"variable": variable, **test},
    st.sampled_from(LOOKED_AT),
    st.one_of(
        st.fixed_dictionaries({"present": st.booleans()}),
        st.fixed_dictionaries({"one_of": st.lists(COMPARED_WITH, min_size=1, max_size=2)}),
        *(st.fixed_dictionaries({test: COMPARED_WITH}) for test in ("equals", "at_least", "at_most")),
    ),
)
VALUES_OF_OWN = (
    *("{{ account.due_on }}", "owes {{ account.amount_due }}", "{{ own.v }}", "as {{ own.w }}"),
    *("x-{{ gathered.x }}", 7, True),
)
ENDING: Written = {"account_digits": {"prompt": "for-anyone", "length": 4}}
PROMPT = st.just("for-anyone")
READ_BACK = st.just({"prompt": "for-anyone", "read_back": "for-anyone"})
Fields = Mapping[str, st.SearchStrategy[Any]]


def _fields(kind: str, to: st.SearchStrategy[str]) -> Fields:
    plain, asking, effects = _plain_fields(to), _asking_fields(to), _effect_fields(to)
    (found,) = [fields[kind] for fields in (plain, asking, effects) if kind in fields]
    return found


def _plain_fields(to: st.SearchStrategy[str]) -> dict[str, Fields]:
    return {
        "say": {"prompt": PROMPT, "next": to, "interruptible": st.booleans()},
        "play": {"clip": st.just("clip"), "next": to, "interruptible": st.booleans()},
        "play_recording": {"recording": st.sampled_from(["gathered.x", "forward.comment"]), "next": to},
        "bulletin": {"next": to, "interruptible": st.booleans()},
        "pause": {"seconds": st.just(1.0), "next": to},
        "branch": {
            "cases": st.lists(st.fixed_dictionaries({"when": WHEN, "to": to}), min_size=1, max_size=4),
            "otherwise": to,
        },
        "set_language": {"language": st.sampled_from(["en", "es"]), "next": to},
        "set_tempo": {"tempo": st.sampled_from(["slow", "usual"]), "next": to},
        "set_variable": {
            "variable": st.sampled_from(["v", "w"]),
            "value": st.sampled_from(VALUES_OF_OWN),
            "next": to,
        },
        "enter_flow": {
            "flow": st.just(SUB_FLOW),
            "returns": st.fixed_dictionaries({}, optional={"r": to}),
            "next": to,
        },
        "return": {"result": st.sampled_from(["r", "s"])},
        "repeat": {"from": to, "times": st.integers(1, 3)},
        "respond": {
            "response": st.sampled_from(["rescheduled", "repeated", "call_later"]),
            "details": st.just({"what": "{{ gathered.x }}"}),
            "next": to,
        },
        "goto": {"to": to},
        "hangup": {"prompt": PROMPT},
    }


def _asking_fields(to: st.SearchStrategy[str]) -> dict[str, Fields]:
    unanswered: Fields = {
        "no_input": st.just({"prompt": ["for-anyone", "for-anyone"]}),
        "no_match": st.fixed_dictionaries({"to": to}),
    }
    some_keys = st.dictionaries(st.sampled_from("1234567"), to, min_size=1, max_size=4)
    length = st.fixed_dictionaries({"least": st.integers(1, 3), "most": st.integers(3, 5)})
    secret_length = st.fixed_dictionaries({"least": st.just(4), "most": st.integers(4, 5)})
    questions = st.dictionaries(
        st.sampled_from([factor.value for factor in Factor]),
        st.fixed_dictionaries({"prompt": PROMPT, "length": secret_length}),
        min_size=1,
        max_size=2,
    ).map(_with_whole_birth_date)
    results = dict.fromkeys(("done", "failed"), to)
    review = st.fixed_dictionaries({"prompt": PROMPT}, optional={"replay": st.booleans(), "unjudged": to})
    return {
        "menu": {"prompt": PROMPT, "keys": some_keys, "repeat": st.just("8"), **unanswered},
        "rate": {
            "prompt": PROMPT,
            "survey": st.just("s"),
            "about": st.just("q"),
            "next": to,
            **unanswered,
        },
        "answers": {
            "prompt": PROMPT,
            "answers": st.just({"1": "for-anyone", "2": "for-anyone"}),
            "keys": st.fixed_dictionaries({"3": to}),
            **unanswered,
        },
        "gather": {
            "prompt": PROMPT,
            "variable": st.just("x"),
            "length": length,
            "next": to,
            **unanswered,
            "secret": st.booleans(),
        },
        "verify": {
            "prompt": PROMPT,
            "yes": st.fixed_dictionaries({"key": st.just("1"), "to": to}),
            "no": st.fixed_dictionaries({"key": st.just("2"), "to": to}),
        },
        "verify_factor": {
            "questions": questions,
            **dict.fromkeys(("match", "locked", "unavailable"), to),
            **unanswered,
        },
        "check_pin": {"prompt": PROMPT, **dict.fromkeys(("match", "locked", "closed"), to), **unanswered},
        "find_reference": {"prompt": PROMPT, "found": to, "locked": to, **unanswered},
        "set_pin": {"prompt": PROMPT, "again": PROMPT, "length": secret_length, **results, **unanswered},
        "command_desk": {
            "command": st.just("pause"),
            **dict.fromkeys(("agent", "pin"), PROMPT),
            **dict.fromkeys(("done", "locked", "no_queue", "failed"), to),
            **unanswered,
        },
        "take_card": {
            **dict.fromkeys(("number", "expiry", "code"), PROMPT),
            **dict.fromkeys(("taken", "aborted", "unavailable", "failed"), to),
            **unanswered,
        },
        "promise": {
            "amount": READ_BACK,
            "day": READ_BACK,
            "most_days": st.just(300),
            "next": to,
            **unanswered,
        },
        "callback": {"time": READ_BACK, "closed": to, **results, **unanswered},
        "forward": {
            "number": READ_BACK,
            "comment": st.sampled_from(["x", None]),
            "refused": to,
            **results,
            **unanswered,
        },
        "record": {
            "prompt": PROMPT,
            "variable": st.just("x"),
            "review": st.one_of(st.none(), review),
            "response": st.sampled_from(["problem_reported", None]),
            "next": to,
            "failed": to,
            **unanswered,
        },
    }


def _with_whole_birth_date(questions: Written) -> Written:
    return {
        name: {**asked, "length": 8} if name == "birth_date" else asked for name, asked in questions.items()
    }


def _effect_fields(to: st.SearchStrategy[str]) -> dict[str, Fields]:
    sending: Fields = {"message": st.just("link"), "sent": to, "failed": to}
    return {
        "transfer": {"prompt": PROMPT, "queue": st.just("q"), "done": to, "no_agent": to, "failed": to},
        "pay": {
            "prompt": PROMPT,
            "summary": PROMPT,
            "keys": st.fixed_dictionaries({"2": to}),
            **dict.fromkeys(("success", "declined", "provider_error", "unavailable"), to),
        },
        "authorise": {
            "recording": st.just("gathered.x"),
            "day": st.just(15),
            **dict.fromkeys(("done", "failed"), to),
        },
        "invite_monthly": {"day": st.just("own.v"), **dict.fromkeys(("done", "failed"), to)},
        "end_invitation": dict.fromkeys(("done", "failed"), to),
        "end_authorisation": dict.fromkeys(("done", "failed"), to),
        "vault": {"prompt": PROMPT, **dict.fromkeys(("taken", "no_card", "unavailable", "failed"), to)},
        "opt_out": {"prompt": PROMPT},
        "find_prompt": {"number": st.just("gathered.x"), "found": to, "unknown": to},
        "keep_recording": {
            "recording": st.just("gathered.x"),
            "number": st.just("own.v"),
            "hours": st.sampled_from(["gathered.x", None]),
            **dict.fromkeys(("kept", "refused", "failed"), to),
        },
        "draw_sample": {"sample": st.just("s"), "percent": st.just(50), "drawn": to, "left_out": to},
        "keep_remark": {
            "survey": st.just("s"),
            "about": st.just("q"),
            "recording": st.just("gathered.x"),
            "done": to,
        },
        "set_preference": {"language": st.just("en"), "done": to, "failed": to},
        "next_alert": dict.fromkeys(("found", "none", "failed"), to),
        "choose_alert": {"wanted": st.booleans(), **dict.fromkeys(("done", "refused", "failed"), to)},
        "clear_bulletin": dict.fromkeys(("done", "nothing", "failed"), to),
        "tell_disposition": {
            "disposition": st.just("deceased"),
            **dict.fromkeys(("done", "no_call", "failed"), to),
        },
        "check_hours": {"hours": st.just("agents"), "open": to, "closed": to},
        "forward_link": {
            "comment": st.sampled_from(["x", None]),
            **dict.fromkeys(("done", "refused", "failed"), to),
        },
        "go_on": {"otherwise": to},
        "open_matter": dict.fromkeys(("found", "resumed", "none", "failed"), to),
        "check_staffing": {"queue": st.just("q"), "free": to, "waiting": to, "busy": to},
        "webhook": {
            "endpoint": st.just("shop"),
            "send": st.just({"due": "{{ account.due_on }}"}),
            "keep": st.sampled_from([{}, {"v": "deep.part"}, {"v": "reference"}]),
            "answered": to,
            "failed": to,
        },
        "send_sms": sending,
        "send_email": sending,
    }
