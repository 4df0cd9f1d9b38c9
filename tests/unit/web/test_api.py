"""What programs at the agents' desks get to see and to do."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from ivr.accounts.hold import HoldKind
from ivr.engine.ports import CustomerRecord
from ivr.outcomes.agent_disposition import AgentDisposition
from tests.contract.samples import record
from tests.unit.web.conftest import ADMIN_TOKEN, AGENT_TOKEN, Answer, Api

PROBLEM = "application/problem+json"


async def a_call(api: Api) -> str:
    return (await api.engine.placed()).attempt.id


async def test_the_story_is_told_to_who_has_a_token(api: Api) -> None:
    call_id = await a_call(api)
    answer = await api.story(call_id)
    assert (answer.status, answer.media_type) == (200, "application/json")
    story = answer.body
    assert (story["call_id"], story["customer"]["name"]) == (call_id, "Customer 1")
    assert story["accounts"][0]["amount_due"] == {"minor": 12_345, "currency": "USD"}
    assert story["alert"]["why"]
    assert story["verification"] == {"tier": "anyone", "proven": []}


async def test_a_disposition_places_its_hold_and_is_kept_once(api: Api) -> None:
    call_id = await a_call(api)
    body = {"disposition": "deceased", "agent": "ben", "note": "His daughter told me."}
    first, again = await api.tell(call_id, body), await api.tell(call_id, body)
    assert (first.status, again.body) == (200, first.body)
    assert (first.body["customer_id"], first.body["agent"]) == ("c1", "ben")
    held = await api.engine.store.read(lambda tx: tx.holds.of(["c1"]))
    assert [(hold.kind, hold.account_id) for hold in held] == [(HoldKind.DECEASED, None)]
    told = (await api.story(call_id)).body["dispositions"]
    assert [(each["disposition"], each["agent"]) for each in told] == [("deceased", "ben")]


@pytest.mark.parametrize(
    "body",
    [
        {
            "disposition": "promise_to_pay",
            "promise": {"amount_minor": 500, "currency": "USD", "on": "2026-03-06"},
        },
        {"disposition": "callback", "call_at": "2026-03-03T10:00:00-05:00"},
        {"disposition": "unresolved"},
    ],
)
async def test_words_bring_their_details(api: Api, body: dict[str, Any]) -> None:
    assert (await api.tell(await a_call(api), body)).status == 200


@pytest.mark.parametrize("token", [None, "", "wrong", AGENT_TOKEN[:-1], f"{AGENT_TOKEN}a", "Ü" * 64])
@pytest.mark.parametrize("path", ["/", "/openapi.json", "/docs", "/api/v1/calls/x/story", "/nothing"])
async def test_without_a_valid_token_nothing_is_told_of_anything(
    api: Api, token: str | None, path: str
) -> None:
    answer = await api.ask("GET", path, token)
    assert (answer.status, answer.media_type) == (401, PROBLEM)
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.body["detail"] == "Send the token that you were given as `Authorization: Bearer …`."


async def test_a_role_does_what_it_may_and_no_more(api: Api) -> None:
    call_id = await a_call(api)
    assert (await api.story(call_id, ADMIN_TOKEN)).status == 200
    answer = await api.tell(call_id, {"disposition": "resolved"}, token=ADMIN_TOKEN)
    assert (answer.status, answer.body["detail"]) == (
        403,
        "The roles of reports do not allow record_disposition.",
    )
    assert (await api.story(call_id)).body["dispositions"] == []


async def test_no_log_line_holds_a_token_or_what_strangers_ask(api: Api) -> None:
    call_id = await a_call(api)
    with capture_logs() as logs:
        await api.story(call_id)
        await api.tell(call_id, {"disposition": "resolved", "note": "secret words"}, token=ADMIN_TOKEN)
        await api.tell(call_id, {"disposition": "resolved", "note": "secret words"})
        await api.ask("GET", "/strange-words", "stolen-words")
    written = json.dumps(logs, default=str)
    assert '"client": "crm"' in written
    for secret in (AGENT_TOKEN, ADMIN_TOKEN, "stolen-words", "strange-words", "secret words"):
        assert secret not in written


UNUSABLE: list[tuple[object, list[str]]] = [
    ({}, ["disposition: it is missing; add it."]),
    (
        {"disposition": "sleepy", "mood": 1},
        ["disposition: it can't be used;", "mood: there is no such field"],
    ),
    (
        {"disposition": "resolved", "call_at": "2026-03-03T10:00:00Z"},
        ["`call_at` says nothing with resolved; leave"],
    ),
    ({"disposition": "callback", "call_at": "2026-03-03T10:00:00"}, ["call_at: it is no moment with its"]),
    ({"disposition": "callback"}, ["call_at: it names no moment; give one with its zone"]),
    (
        {"disposition": "promise_to_pay", "promise": {"amount_minor": -1, "currency": "USD"}},
        ["promise.amount_minor"],
    ),
    (
        {"disposition": "resolved", "note": "4242-4242-4242-4242"},
        ["note: it holds a number that may"],
    ),
    ({"disposition": "resolved", "agent": "a\x00b"}, ["agent: it can't be used;"]),
    ([], ["body: it is no JSON object; send one as application/json."]),
    (
        {"disposition": "resolved", "agent": "4242-4242-4242-4242"},
        ["agent: it holds a number that may be a card"],
    ),
    ({"disposition": "callback", "call_at": 1772500000}, ["call_at: it is no moment with its zone; write"]),
    ({"disposition": "callback", "call_at": "1772500000"}, ["call_at: it is no moment with its zone; write"]),
    ({"disposition": "promise_to_pay", "promise": {"on": "1772496000"}}, ["promise.on: it is no day; write"]),
    (
        {"disposition": "promise_to_pay", "promise": {"amount_minor": True, "currency": "USD"}},
        ["promise.amount_minor: it can't be used; input should be a valid integer."],
    ),
    (
        {"disposition": "promise_to_pay", "promise": {"within_days": "5", "parts": "1"}},
        ["promise.within_days:", "promise.parts:"],
    ),
]


@pytest.mark.parametrize(("body", "sentences"), UNUSABLE)
async def test_all_that_is_wrong_is_told_in_sentences(api: Api, body: object, sentences: list[str]) -> None:
    answer = await api.tell(await a_call(api), body)
    assert (answer.status, answer.media_type) == (422, PROBLEM)
    assert all(sentence in answer.body["detail"] for sentence in sentences), answer.body
    assert len(answer.body["problems"]) == len(sentences)
    assert "4242" not in json.dumps(answer.body)


async def test_every_other_refusal_is_a_problem_with_a_sentence(api: Api) -> None:
    call_id = await a_call(api)
    await api.tell(call_id, {"disposition": "resolved"})
    path = f"/api/v1/calls/{call_id}/disposition"
    many = {"Idempotency-Key": "k2", "Content-Type": "application/json"}
    for answer, status, words in (
        (await api.tell(call_id, {"disposition": "deceased"}), 409, "take a new key"),
        (
            await api.tell(call_id, {"disposition": "resolved"}, key=None),
            422,
            "Idempotency-Key: it is missing",
        ),
        (await api.story("nothing"), 404, "There is no call 'nothing'."),
        (await api.ask("GET", "/api/v1/other"), 404, "nothing at this address"),
        (await api.ask("DELETE", path), 405, "does not take this method"),
        (await api.ask("POST", path, headers=many, data=b"{"), 422, "body: it is no JSON"),
        (await api.ask("POST", path, headers=many, data=b" " * 70_000), 413, "at most 65536 bytes"),
    ):
        assert (answer.status, answer.media_type) == (status, PROBLEM), answer
        assert words in answer.body["detail"]


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["2026-03-03T10:00:00Z", "USD", *AgentDisposition]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
BODIES = st.fixed_dictionaries(
    {"disposition": st.sampled_from(AgentDisposition) | ANYTHING},
    optional={
        "agent": ANYTHING,
        "note": ANYTHING,
        "call_at": ANYTHING,
        "customer_id": ANYTHING,
        "account_id": ANYTHING,
        "promise": ANYTHING
        | st.fixed_dictionaries(
            {},
            optional={
                "amount_minor": st.integers(),
                "currency": st.text(max_size=4) | st.just("USD"),
                "on": st.dates().map(str) | ANYTHING,
                "within_days": st.integers(),
                "parts": st.integers(),
                "every": ANYTHING,
            },
        ),
    },
)


async def test_whatever_is_sent_is_done_or_refused_and_never_breaks(api: Api) -> None:
    call_id = await a_call(api)
    for number, body in enumerate(examples()):
        answer: Answer = await api.tell(call_id, body, key=f"fuzz-{number}")
        assert answer.status in (200, 422), (body, answer)
        assert answer.status == 200 or answer.body["detail"]


def examples() -> list[object]:
    """Return what hypothesis comes up with; it can't run a test that waits for a server itself."""
    bodies: list[object] = []

    @settings(max_examples=60, deadline=None)
    @given(BODIES | ANYTHING)
    def collect(body: object) -> None:
        bodies.append(body)

    collect()
    return bodies


async def test_an_administrators_program_reads_why_a_customer_is_called(api: Api) -> None:
    [attempt] = await api.engine.find(1)
    answer = await api.ask("GET", "/api/v1/customers/c1/why", ADMIN_TOKEN)
    assert (answer.status, answer.body["customer_id"]) == (200, "c1")
    assert answer.body["conclusion"].startswith("The next call is due now, to +12025550001, about ")
    rules = {rule["rule"]: rule for rule in answer.body["accounts"][0]["rules"]}
    [told] = rules["payment-overdue"]["alerts"][0]["attempts"]
    assert (told["attempt_id"], told["asked_now"]["verdict"]) == (attempt.id, "go")
    alert = await api.engine.store.read(lambda tx: tx.alerts.get(attempt.alert_id))
    assert alert.reference is not None
    assert alert.reference not in json.dumps(answer.body)


async def test_why_is_for_administrators_and_of_customers_that_there_are(api: Api) -> None:
    answer = await api.ask("GET", "/api/v1/customers/c1/why", AGENT_TOKEN)
    assert answer.status == 403
    nobody = await api.ask("GET", "/api/v1/customers/nobody/why", ADMIN_TOKEN)
    assert (nobody.status, nobody.media_type) == (404, PROBLEM)


@pytest.mark.parametrize("address", ["branch%2F7%2Fc2", "branch/7/c2"])
async def test_why_is_read_of_a_customer_whose_id_has_slashes_in_it(api: Api, address: str) -> None:
    known = record(2)
    customer = replace(known.customer, id="branch/7/c2")
    await api.engine.store.write(lambda tx: tx.customers.put(CustomerRecord(customer, [], [])))
    answer = await api.ask("GET", f"/api/v1/customers/{address}/why", ADMIN_TOKEN)
    assert (answer.status, answer.body["customer_id"]) == (200, "branch/7/c2")
