"""The content that the settings point at."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from ivr.engine.content import Company, Content
from ivr.phone_number import PhoneNumber
from ivr.settings import Settings
from ivr.sources.content_folder import ContentFolders, load_content


def content_folders(settings: Settings) -> ContentFolders:
    """Return where the settings say that content lies."""
    return ContentFolders(
        flows=settings.content_folder(settings.content.flows),
        prompts=settings.content_folder(settings.content.prompts),
        rules=settings.content_folder(settings.content.rules),
        compliance=settings.content_folder(settings.content.compliance),
    )


def content_of(settings: Settings, folders: ContentFolders | None = None) -> Content:
    """Read and validate all content, in the settings' folders or in `folders`.

    Raises ContentError with everything that is wrong.
    """
    company = Company(settings.company.name, PhoneNumber(settings.company.phone))
    return load_content(folders or content_folders(settings), company, ZoneInfo(settings.time_zone))
