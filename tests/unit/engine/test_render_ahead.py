"""Speech that is known before any call is made before any call."""

from __future__ import annotations

from datetime import UTC, date
from pathlib import Path

from ivr.accounts.account import Account
from ivr.accounts.customer import Customer
from ivr.attempts.rule_book import RuleBook
from ivr.content_file import parse_content
from ivr.engine.content import Company, Content
from ivr.engine.ports import CustomerRecord
from ivr.engine.render_ahead import render_ahead, said_to_customers, said_to_everybody
from ivr.errors import SpeechError
from ivr.money import Money
from ivr.phone_number import PhoneNumber
from ivr.prompts.load_catalogue import load_catalogue
from ivr.prompts.segment import Segment, TextSegment

ENGLISH = """
prompts:
  hello: {text: "This is {{ company.name }}."}
  due: {text: "You owe {{ account.amount_due | money }}."}
  promised: {text: "In {{ gathered.days | number }} days."}
  goodbye: {text: Goodbye.}
"""
SPANISH = """
prompts:
  due: {text: "Usted debe {{ account.amount_due | money }}."}
  goodbye: {text: Hasta luego.}
"""
TODAY = date(2026, 3, 8)


def content() -> Content:
    files = [parse_content(ENGLISH, "prompts/en/a.yaml"), parse_content(SPANISH, "prompts/es/a.yaml")]
    company = Company("Example Bank", PhoneNumber("+12025550100"))
    return Content(company, UTC, RuleBook({}, {}, {}), {}, load_catalogue(files, []))


def record(language: str, minor: int) -> CustomerRecord:
    customer = Customer("C1", "Ana", language)
    amount = Money(minor, "USD")
    return CustomerRecord(customer, [Account("A1", "C1", "loan", "open", amount, amount, TODAY)], [])


class Renderer:
    def __init__(self) -> None:
        self.rendered: list[str] = []

    async def render(self, segment: Segment) -> Path:
        if segment.text == "Goodbye.":
            raise SpeechError("no breath")
        self.rendered.append(segment.text)
        return Path("/sound.wav")


def test_what_needs_no_customer_is_known_in_every_language() -> None:
    said = said_to_everybody(content(), TODAY)
    assert said == (
        TextSegment("Goodbye.", "en"),
        TextSegment("Hasta luego.", "es"),
        TextSegment("This is Example Bank.", "en"),
    )


def test_a_customers_own_words_are_known_in_the_customers_language() -> None:
    said = set(said_to_customers(content(), [record("es", 2100), record("en", 200)], TODAY))
    assert TextSegment("Usted debe veintiún dólares.", "es") in said
    assert TextSegment("You owe two dollars.", "en") in said
    assert TextSegment("You owe twenty-one dollars.", "en") not in said


def test_what_only_the_call_will_bring_is_left_out() -> None:
    assert not [one for one in said_to_customers(content(), [record("en", 200)], TODAY) if "days" in one.text]


async def test_one_failure_stops_nothing_and_is_told() -> None:
    renderer, ticks = Renderer(), []
    segments = [TextSegment(text, "en") for text in ("Hello.", "Goodbye.", "Thank you.")]
    complaints = await render_ahead(renderer, segments, lambda: ticks.append(1))
    assert complaints == ["no breath"]
    assert renderer.rendered == ["Hello.", "Thank you."]
    assert len(ticks) == 3
