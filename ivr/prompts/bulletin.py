"""The bulletin: what every caller has to know now. As it is kept: `bulletin/<language>/bulletin.yaml`.

text: Our branches are closed today because of the storm.
until: 2026-03-02T18:00:00+00:00
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictStr

from ivr.content_file import ContentFile, Path, validate_content
from ivr.errors import ContentError, Problem
from ivr.prompts.catalogue import Catalogue

BULLETIN = "bulletin"
"""The name of its prompt, which no other prompt has."""
_NAMESPACES = {"company", "today"}
"""What every call can speak of: a bulletin that asked for more would break calls off."""


class BulletinFile(BaseModel):
    """The bulletin of one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[StrictStr, Field(min_length=1)]
    """Its wording; of a recorded one, what is spoken if the recording can't be played."""
    until: AwareDatetime | None = None
    """When it goes off the air by itself; None: when somebody takes it off."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The bulletin of one language, as it was read."""

    content: ContentFile
    until: datetime | None
    as_prompt: ContentFile
    """The same as a file of prompts."""

    @property
    def language(self) -> str:
        """ISO 639-1."""
        return PurePath(self.content.file).parent.name

    @property
    def clip(self) -> PurePath:
        """Where its recording is, if it has one."""
        return PurePath(self.content.file).with_suffix(".wav")


def read_bulletin(content: ContentFile) -> Bulletin:
    """Return the bulletin of a file in a folder named by its language; raises ContentError."""
    written = validate_content(content, BulletinFile)
    place: Path = ("prompts", BULLETIN, "text")
    prompts = {"prompts": {BULLETIN: {"text": written.text}}}
    lines = {place: content.line_of(("text",)) or 1}
    return Bulletin(content, written.until, ContentFile(content.file, prompts, lines))


def check_bulletins(catalogue: Catalogue, bulletins: Sequence[Bulletin]) -> None:
    """Raise ContentError where a bulletin speaks of what not every call has, or a prompt has its name."""
    problems = [
        bulletin.content.problem(
            ("text",),
            f"it speaks of {variable!r}, which not every call has",
            "leave that out; company.name and company.phone can be said",
        )
        for bulletin in bulletins
        for variable in sorted(catalogue.variables(BULLETIN, bulletin.language))
        if variable.partition(".")[0] not in _NAMESPACES
    ]
    own = {bulletin.language for bulletin in bulletins}
    named_so = catalogue.languages(BULLETIN) - own if BULLETIN in catalogue.names() else ()
    for language in sorted(named_so):
        wrong, right = "this name is the emergency bulletin's", "give the prompt another name"
        problems.append(Problem(f"prompts/{language}", None, f"prompts.{BULLETIN}", wrong, right))
    if problems:
        raise ContentError(problems)
