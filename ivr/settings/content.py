"""`[content]`."""

from __future__ import annotations

from pathlib import Path

from ivr.settings.section import Section


class ContentSettings(Section):
    """Where what administrators write lies; relative to the folder of `ivr.toml`."""

    flows: Path = Path("dialplans/flows")
    prompts: Path = Path("prompts")
    rules: Path = Path("alert_rules")
    compliance: Path = Path("config/compliance")
    messages: Path = Path("messages")
    pages: Path = Path("pages")
