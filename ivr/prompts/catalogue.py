"""The catalogue: every prompt by name, in every language it was written in."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.errors import FlowError
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.languages import DEFAULT_LANGUAGE
from ivr.prompts.prompt import Prompt
from ivr.prompts.segment import Segment


class Catalogue:
    """All prompts. Unknown names raise FlowError: a flow's check should have refused them."""

    def __init__(self, prompts: Mapping[str, Mapping[str, Prompt]]) -> None:
        """Take prompts by name and language; of one name, all have the same tier."""
        self._prompts = prompts

    def render(self, name: str, language: str, variables: Mapping[str, object]) -> tuple[Segment, ...]:
        """Return what is heard, sentence by sentence; `today` among the variables shortens dates of its year.

        `language` is an ISO 639-1 code, with or without a region; where the prompt is not written in it,
        English is spoken, else whichever language there is.
        """
        return self._in_language(name, language).render(variables)

    def tier(self, name: str) -> ContentTier:
        """Return who may hear the prompt."""
        return next(iter(self._languages(name).values())).tier

    def names(self) -> frozenset[str]:
        """Return the names of all prompts."""
        return frozenset(self._prompts)

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
            raise FlowError(f"there is no prompt {name!r}") from None

    def _in_language(self, name: str, language: str) -> Prompt:
        written = self._languages(name)
        for wanted in (language, language.partition("-")[0], DEFAULT_LANGUAGE):
            if wanted in written:
                return written[wanted]
        return next(iter(written.values()))
