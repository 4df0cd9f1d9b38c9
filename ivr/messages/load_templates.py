"""Message files become templates, or every complaint about them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ivr.accounts.contact_point import Medium
from ivr.content_file import ContentFile, Path, validate_content
from ivr.errors import ContentError, Problem
from ivr.flows.account_details import tells_of_account
from ivr.flows.sample_variables import GIVEN, SAMPLE_VARIABLES
from ivr.messages.link import LINK_MARK
from ivr.messages.sms_length import outside_gsm, sms_parts
from ivr.messages.template import MessageTemplate, Written
from ivr.messages.template_file import MessageFile, Wordings
from ivr.messages.wording import Wording, parse_wording
from ivr.prompts.content_tier import ContentTier

MOST_SMS_PARTS = 3
SAMPLE_LINK = "https://bank.example.com/l/" + "x" * 22
_OF_CALLS = frozenset(
    {"call", "bulletin", "contact", "verification", "payments", "promise", "forward", "choice"}
)
"""Namespaces that a message has no use for: it is read when the call is over."""
KNOWN = frozenset(name for name in GIVEN if name.partition(".")[0] not in _OF_CALLS) - {"alert.others"}
"""What a message can speak of, but for its own values; whoever sends one gives all of it."""


def load_templates(contents: Sequence[ContentFile]) -> Mapping[str, MessageTemplate]:
    """Return the templates by name; raises ContentError with everything that is wrong.

    Wrong are unknown fields and languages, unsound wording, two templates of one name, variables that are not
    there, account details for anyone, a link that is missing or not declared, a medium that one language
    lacks, and a text message of more than three parts.
    """
    templates: dict[str, MessageTemplate] = {}
    problems: list[Problem] = []
    for content in contents:
        try:
            written = validate_content(content, MessageFile)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        if written.name in templates:
            wrong = f"a message {written.name!r} is there already"
            problems.append(content.problem(("name",), wrong, "give one of the two another name"))
        template, found = _template(content, written)
        templates[written.name] = template
        problems.extend(found or _complaints(content, template))
    if problems:
        raise ContentError(problems)
    return templates


def _template(content: ContentFile, written: MessageFile) -> tuple[MessageTemplate, list[Problem]]:
    wordings: dict[tuple[str, Medium], Written] = {}
    problems: list[Problem] = []

    def parsed(language: str, field: str, text: str) -> Wording | None:
        try:
            return parse_wording(text, language)
        except ValueError as error:
            wrong, _, right = str(error).partition("; ")
            place = ("languages", language, field)
            problems.append(content.problem(place, wrong, right or "mend the wording"))
            return None

    for language, texts in written.languages.items():
        for medium, (subject, body) in _by_medium(texts).items():
            title = None if subject is None else parsed(language, "subject", subject)
            wording = parsed(language, medium.value, body)
            if wording is not None and (title is not None or subject is None):
                wordings[language, medium] = Written(title, wording)
    tier = ContentTier[written.tier.upper()]
    return (
        MessageTemplate(written.name, written.title, tier, written.link, written.values, wordings),
        problems,
    )


def _by_medium(texts: Wordings) -> dict[Medium, tuple[str | None, str]]:
    found: dict[Medium, tuple[str | None, str]] = {}
    if texts.email is not None:
        found[Medium.EMAIL] = (texts.subject, texts.email)
    if texts.sms is not None:
        found[Medium.SMS] = (None, texts.sms)
    return found


def _complaints(content: ContentFile, template: MessageTemplate) -> Iterator[Problem]:
    languages = {language for language, _ in template.wordings}
    for language in sorted(languages):
        for medium in sorted(template.media - {m for each, m in template.wordings if each == language}):
            wrong = f"there is no wording for {medium} in {language!r}, but in other languages there is"
            yield content.problem(("languages", language), wrong, f"write `{medium}` here as well")
    for (language, medium), written in template.wordings.items():
        place = ("languages", language, medium.value)
        yield from _unfit_variables(content, place, template, written)
        if medium is Medium.SMS:
            yield from _too_long(content, place, template, language)


def _unfit_variables(
    content: ContentFile, place: Path, template: MessageTemplate, written: Written
) -> Iterator[Problem]:
    known = KNOWN | {f"values.{name}" for name in template.values}
    for variable in sorted(written.variables - known - {"link"}):
        close = "declare it in `values`" if variable.startswith("values.") else "use one of docs/messages.md"
        yield content.problem(place, f"nothing is known as {variable!r} in a message", close)
    if template.tier is ContentTier.ANYONE:
        for variable in sorted(name for name in written.variables if tells_of_account(name, ())):
            wrong = f"anyone may read this, and it tells of {variable!r}"
            yield content.problem(place, wrong, "leave that out, or write `tier: confirmed`")
    if template.link is None and "link" in written.variables:
        yield content.problem(place, "it has a link, and nobody says what for", "add `link: {purpose: …}`")
    if template.link is not None and "link" not in written.body.variables:
        yield content.problem(place, "the link is missing", "write {{ link }} where it goes")


def _too_long(
    content: ContentFile, place: Path, template: MessageTemplate, language: str
) -> Iterator[Problem]:
    try:
        text = sample_sms(template, language)
    except ValueError:
        return  # of a variable that is not known, which is told
    if (parts := sms_parts(text)) > MOST_SMS_PARTS:
        dear = outside_gsm(text)
        why = f" ({dear[0]!r} leaves room for 67 characters in a part)" if dear else ""
        wrong = f"{len(text)} characters are {parts} text messages in one{why}"
        yield content.problem(place, wrong, f"shorten it to {MOST_SMS_PARTS} parts")


def sample_sms(template: MessageTemplate, language: str) -> str:
    """Return the text message as a sample customer gets it; ValueError where that can't be made."""
    text = template.render(language, Medium.SMS, SAMPLE_VARIABLES, template.values)
    return text.body.replace(LINK_MARK, SAMPLE_LINK)


def long_texts(templates: Mapping[str, MessageTemplate]) -> Iterator[str]:
    """Yield a sentence for each text message that is sent, and paid for, in more than one part."""
    for template in templates.values():
        for language, medium in sorted(template.wordings):
            if medium is Medium.SMS and (parts := sms_parts(sample_sms(template, language))) > 1:
                yield f"Message {template.name} ({language}) is sent as {parts} text messages."
