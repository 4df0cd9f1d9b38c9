"""The content that the settings point at."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from ivr.engine.content import Company, Content
from ivr.phone_number import PhoneNumber
from ivr.settings import Settings
from ivr.sources.content_folder import ContentFolders, load_content


def content_of(settings: Settings) -> Content:
    """Read and validate all content; raises ContentError with everything that is wrong."""
    folders = ContentFolders(
        flows=settings.content_folder(settings.content.flows),
        prompts=settings.content_folder(settings.content.prompts),
        rules=settings.content_folder(settings.content.rules),
    )
    company = Company(settings.company.name, PhoneNumber(settings.company.phone))
    return load_content(folders, company, ZoneInfo(settings.time_zone))
