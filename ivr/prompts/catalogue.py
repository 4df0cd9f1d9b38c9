"""The catalogue: every prompt by name, in every language it was written in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from ivr.errors import FlowError
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.languages import DEFAULT_LANGUAGE
from ivr.prompts.prompt import Prompt
from ivr.prompts.segment import Segment


class Catalogue:
    """All prompts. Unknown names raise FlowError: a flow's check should have refused them."""

    def __init__(
        self,
        prompts: Mapping[str, Mapping[str, Prompt]],
        written: Collection[str] = (),
        questions: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    ) -> None:
        """Take prompts by name and language; of one name, all have the same tier.

        `written` are the names of all that somebody wrote, be it that some can't be used; `questions` are
        those that prompts answer, by the prompt's name and language.
        """
        self._prompts = prompts
        self._written = frozenset({*prompts, *written})
        self._questions = questions
        self._tiers = {name: next(iter(each.values())).tier for name, each in prompts.items()}

    def render(self, name: str, language: str, variables: Mapping[str, object]) -> tuple[Segment, ...]:
        """Return what is heard, sentence by sentence; `today` among the variables shortens dates of its year.

        `language` is an ISO 639-1 code, with or without a region; where the prompt is not written in it,
        English is spoken, else whichever language there is.
        """
        return self._in_language(name, language).render(variables)

    def tier(self, name: str) -> ContentTier:
        """Return who may hear the prompt."""
        try:
            return self._tiers[name]
        except KeyError:
            raise _unknown(name) from None

    def names(self) -> frozenset[str]:
        """Return the names of all prompts."""
        return frozenset(self._prompts)

    def is_written(self, name: str) -> bool:
        """Return whether somebody wrote such a prompt, be it that it can't be used."""
        return name in self._written

    def is_answer(self, name: str) -> bool:
        """Return whether the prompt answers a question that every medium can answer."""
        return name in self._questions

    def questions(self) -> Mapping[str, Mapping[str, str]]:
        """Return the questions by the name of the prompt that answers them, and by language."""
        return self._questions

    def languages(self, name: str) -> frozenset[str]:
        """Return the languages the prompt is written in."""
        return frozenset(self._languages(name))

    def variables(self, name: str, language: str) -> frozenset[str]:
        """Return all that the prompt may ask for, by dotted path: `account.amount_due`."""
        return self._in_language(name, language).variables

    def prompt(self, name: str, language: str) -> Prompt:
        """Return the prompt as `render` takes it for this language."""
        return self._in_language(name, language)

    def limited(self, name: str, languages: frozenset[str]) -> Catalogue:
        """Return the same prompts, with that of one name in these languages only."""
        written = self._prompts.get(name, {})
        if languages.issuperset(written):
            return self
        others = {other: prompts for other, prompts in self._prompts.items() if other != name}
        left = {language: prompt for language, prompt in written.items() if language in languages}
        return Catalogue({**others, name: left} if left else others)

    def _languages(self, name: str) -> Mapping[str, Prompt]:
        try:
            return self._prompts[name]
        except KeyError:
            raise _unknown(name) from None

    def _in_language(self, name: str, language: str) -> Prompt:
        try:
            return self._prompts[name][language]
        except KeyError:
            return self._in_another(self._languages(name), language)

    @staticmethod
    def _in_another(written: Mapping[str, Prompt], language: str) -> Prompt:
        for wanted in (language.partition("-")[0], DEFAULT_LANGUAGE):
            if wanted in written:
                return written[wanted]
        return next(iter(written.values()))


def _unknown(name: str) -> FlowError:
    return FlowError(f"there is no prompt {name!r}")
