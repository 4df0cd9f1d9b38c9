"""The demo's customers, people and agents fit together."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ivr.app.demo.case import numbers_of
from ivr.app.demo.sample import load_sample, sample_folder
from ivr.carrier.line import DtmfBy
from ivr.errors import ContentError
from ivr.gateways.sandbox import DECLINE, TIMEOUT_AFTER_CHARGE

SAMPLE = load_sample(sample_folder())


def test_there_are_sixty_customers_and_somebody_at_each_of_their_numbers() -> None:
    assert len(SAMPLE.records) == 60
    numbers = {number for record in SAMPLE.records for number in numbers_of(record)}
    assert numbers == set(SAMPLE.people_by_number)


def test_every_kind_of_called_party_is_there() -> None:
    kinds = {behaviour.kind for person in SAMPLE.people for behaviour in person.does}
    assert kinds == {
        *("answers", "auto_attendant", "blocks", "busy", "congestion", "fax", "intercept"),
        *("never_answers", "no_such_number", "rejects", "screener", "voicemail"),
    }


def test_keys_travel_in_every_way() -> None:
    answering = [each for person in SAMPLE.people for each in person.does if each.kind == "answers"]
    used = {step.by for behaviour in answering for step in behaviour.then}
    assert used == set(DtmfBy)


def test_cards_are_charged_declined_and_lose_the_providers_answer() -> None:
    tokens = {method.token for record in SAMPLE.records for method in record.payment_methods}
    assert tokens == {"tok_ok", DECLINE, TIMEOUT_AFTER_CHARGE}


def test_agents_have_numbers_of_their_own() -> None:
    assert SAMPLE.agents
    assert not {agent.number for agent in SAMPLE.agents} & set(SAMPLE.people_by_number)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_folder(), tmp_path / "demo"))


def test_an_opt_out_of_nobody_is_a_complaint(folder: Path) -> None:
    (folder / "people/opted-out.yaml").write_text("customers: [D99]\n")
    with pytest.raises(ContentError, match=r"opted-out.yaml:1: customers: 'D99' is no customer"):
        load_sample(folder)


def test_an_agent_on_a_customers_number_is_a_complaint(folder: Path) -> None:
    (folder / "people/agents.yaml").write_text(
        'people:\n  - {number: "+12025550101", name: Amy, does: answers}\n'
    )
    with pytest.raises(ContentError, match="is a customer's number"):
        load_sample(folder)
