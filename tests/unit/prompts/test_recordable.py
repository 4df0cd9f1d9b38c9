"""The numbers that prompts are recorded under."""

from __future__ import annotations

import json

import pytest

from ivr.content_file import parse_content
from ivr.prompts import recordable
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.load_catalogue import load_catalogue
from ivr.prompts.recordable import names_by_number, number_of


def catalogue(**prompts: object) -> Catalogue:
    written = {name.replace("_", "-"): entry for name, entry in prompts.items()}
    return load_catalogue([parse_content(json.dumps({"prompts": written}), "prompts/en/a.yaml")], [])


SOME = {"hello": {"text": "Hello."}, "good_bye": {"text": "Goodbye."}}


def test_a_number_follows_from_the_name_alone() -> None:
    assert number_of("goodbye") == "623241"
    known = {name: number for number, name in names_by_number(catalogue(**SOME)).items()}
    more = {name: number for number, name in names_by_number(catalogue(**SOME, new={"text": "New."})).items()}
    assert known == {name: more[name] for name in known}


def test_it_has_six_digits_that_can_be_keyed() -> None:
    numbers = {number_of(f"prompt-{index}") for index in range(2000)}
    assert {len(number) for number in numbers} == {6}
    assert len(numbers) > 1990


def test_the_bulletins_is_its_own() -> None:
    assert number_of("bulletin") == "0"
    assert "0" not in names_by_number(catalogue(**SOME, bulletin={"text": "Closed."}))


def test_what_no_recording_can_be_heard_of_has_none() -> None:
    slots = {"text": "Dear {{ customer.name }}."}
    always = {"text": "Spoken.", "tts": "always"}
    assert set(names_by_number(catalogue(**SOME, slots=slots, always=always)).values()) == {
        "hello",
        "good-bye",
    }


def test_two_that_share_a_number_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordable, "number_of", lambda name: "7" if name != "third" else "8")
    assert names_by_number(catalogue(**SOME, third={"text": "Third."})) == {"8": "third"}
