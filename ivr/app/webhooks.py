"""The webhooks that the settings name, with their keys."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.errors import UsageError
from ivr.settings import Settings, WebhookSettings
from ivr.webhooks.http_webhooks import Endpoint

LEAST_KEY = 32
"""Characters: 128 bits, as hexadecimal digits."""


def endpoints_of(settings: Settings) -> Mapping[str, Endpoint]:
    """Return each endpoint by its name; raises UsageError when a key can't be read or is none."""
    return {webhook.name: Endpoint(webhook.url, _key(settings, webhook)) for webhook in settings.webhooks}


def _key(settings: Settings, webhook: WebhookSettings) -> bytes:
    file = settings.base / webhook.key_file
    try:
        key = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) else "it is no text"
        raise UsageError(f"the key_file {file} of the webhook {webhook.name} can't be read: {told}") from None
    if len(key) < LEAST_KEY:
        raise UsageError(
            f"the key in {file} of the webhook {webhook.name} is shorter than {LEAST_KEY} characters; "
            "make one with: openssl rand -hex 32"
        )
    return key.encode()
