"""What all sections of the settings have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A table of `ivr.toml`: frozen, and no unknown key is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")
