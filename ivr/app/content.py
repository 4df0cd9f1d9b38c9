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
        messages=settings.content_folder(settings.content.messages),
        pages=settings.content_folder(settings.content.pages),
    )


def content_of(settings: Settings) -> Content:
    """Read and validate all content in the settings' folders; raises ContentError with all that is wrong."""
    return content_in(settings, content_folders(settings))


def content_in(settings: Settings, folders: ContentFolders) -> Content:
    """Read and validate all content in `folders`, to be made live; raises ContentError as content_of does."""
    return load_content(folders, company_of(settings), ZoneInfo(settings.time_zone), settings.webhook_names)


def published_content(settings: Settings, folders: ContentFolders) -> Content:
    """Read content that was published, in `folders`; raises ContentError with all that is wrong.

    A webhook that the settings no longer have fails where it is called: an old version, which open alerts
    stand on, must not keep the engine from starting.
    """
    return load_content(folders, company_of(settings), ZoneInfo(settings.time_zone))


def company_of(settings: Settings) -> Company:
    """Return who is calling, as the settings say."""
    return Company(settings.company.name, PhoneNumber(settings.company.phone))
