"""What callers will hear is made before anybody calls, the bulletin too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.content_file import parse_content
from ivr.engine.content import Content
from ivr.engine.prepare_reception import prepare_reception
from ivr.engine.reception import Reception
from ivr.engine.telephony import IncomingCall
from ivr.prompts.bulletin import read_bulletin
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.load_catalogue import load_catalogue
from ivr.prompts.prompt import Prompt
from tests.unit.engine.conftest import Engine
from tests.unit.engine.test_receive_call import call_of, serve

DESK = Reception({"+18005550100": "front-desk", "+18005550101": "gone"}, "US", 600)
GREETINGS = {"Thank you for calling Sample Bank.", "Gracias por llamar a Sample Bank."}


def announcing(engine: Engine, hours: float | None = None, language: str = "en") -> Content:
    """Return the shipped content with a bulletin."""
    content = engine.contents.live
    written = parse_content("text: The storm closed us.", f"bulletin/{language}/bulletin.yaml")
    bulletin = load_catalogue([read_bulletin(written).as_prompt], [])
    prompts = {name: _by_language(content.catalogue, name) for name in content.catalogue.names()}
    catalogue = Catalogue({**prompts, "bulletin": _by_language(bulletin, "bulletin")})
    until = None if hours is None else engine.clock() + timedelta(hours=hours)
    return replace(content, catalogue=catalogue, bulletins={language: until})


def _by_language(catalogue: Catalogue, name: str) -> dict[str, Prompt]:
    return {language: catalogue.prompt(name, language) for language in catalogue.languages(name)}


async def test_every_language_of_every_flow_for_callers_is_rendered(engine: Engine) -> None:
    await prepare_reception(engine.world, engine.contents.live, DESK)
    assert engine.speech.prepared > GREETINGS
    assert not any("payment" in text for text in engine.speech.prepared)


@pytest.mark.parametrize(("hours", "is_heard"), [(None, True), (1, True), (-1, False)])
async def test_a_bulletin_is_said_first_until_its_time_is_over(
    engine: Engine, hours: float | None, is_heard: bool
) -> None:
    content = announcing(engine, hours)
    engine.contents.go_live(content)
    await prepare_reception(engine.world, content, DESK)
    assert ("The storm closed us." in engine.speech.prepared) == is_heard
    call = call_of(engine)
    await serve(engine, call, IncomingCall("+18005550100", "+12025550001", "carrier"))
    assert (call.said == ["The storm closed us."]) == is_heard


async def test_whose_language_has_none_hears_it_in_another(engine: Engine) -> None:
    engine.contents.go_live(announcing(engine, language="fr"))
    call = call_of(engine)
    await serve(engine, call, IncomingCall("+18005550100", "+12025550001", "carrier"))
    assert call.said == ["The storm closed us."]
