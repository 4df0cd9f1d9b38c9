"""How a simulated person understands words: somebody tells them what is really being played to them."""

from __future__ import annotations

from typing import Protocol


class Ears(Protocol):
    """Knows the texts of the prompts on every call of the engine."""

    def skip(self, sip_call_id: str) -> None:
        """Let what was played on that call until now not count."""
        ...

    async def phrase(self, sip_call_id: str, phrase: str) -> None:
        """Return when a prompt with `phrase` in its text is played on that call.

        Upper and lower case are the same, so is any white space. What was played before the last phrase that
        was found on this call does not count again.
        """
        ...

    async def phrase_end(self, sip_call_id: str) -> None:
        """Return when the prompt that the last phrase was found in is over, heard or cut."""
        ...
