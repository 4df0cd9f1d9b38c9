"""The vault for cards that the settings name."""

from __future__ import annotations

from ivr.engine.telephony import Vault
from ivr.errors import UsageError
from ivr.phone_number import PhoneNumber
from ivr.settings import Settings
from ivr.telephony.outside import DialString


def vault_of(settings: Settings, dial_string: DialString) -> Vault | None:
    """Return the vault, or None; raises UsageError for a trunk or webhook that is not there."""
    vault = settings.vault
    if vault is None:
        return None
    if vault.webhook not in settings.webhook_names:
        known = ", ".join(sorted(settings.webhook_names)) or "there is none yet"
        raise UsageError(f"[vault] webhook is {vault.webhook!r}; name one of [[webhooks]]: {known}")
    try:
        endpoint = dial_string(vault.trunk, PhoneNumber(vault.number))
    except ValueError as error:
        raise UsageError(f"[vault] trunk is {vault.trunk!r}: {error}") from None
    return Vault(endpoint, vault.webhook, vault.ring_seconds, vault.longest_seconds)
