"""Settings: what needs a restart, a file a section. Secrets come from files (`*_file`), never from here."""

from ivr.settings.asterisk import AsteriskSettings
from ivr.settings.company import CompanySettings
from ivr.settings.content import ContentSettings
from ivr.settings.dialing import DialingSettings
from ivr.settings.email import EmailSettings
from ivr.settings.inbound import InboundSettings
from ivr.settings.load import default_home, load_settings, read_settings, setting_problem
from ivr.settings.messages import MessageSettings, SmsSettings
from ivr.settings.payments import PaymentSettings
from ivr.settings.recordings import RecordingSettings
from ivr.settings.settings import Settings
from ivr.settings.store import StoreSettings
from ivr.settings.studio import StudioSettings
from ivr.settings.vault import VaultSettings
from ivr.settings.web import ApiClientSettings, WebSettings
from ivr.settings.webhooks import WebhookSettings

__all__ = [
    "ApiClientSettings",
    "AsteriskSettings",
    "CompanySettings",
    "ContentSettings",
    "DialingSettings",
    "EmailSettings",
    "InboundSettings",
    "MessageSettings",
    "PaymentSettings",
    "RecordingSettings",
    "Settings",
    "SmsSettings",
    "StoreSettings",
    "StudioSettings",
    "VaultSettings",
    "WebSettings",
    "WebhookSettings",
    "default_home",
    "load_settings",
    "read_settings",
    "setting_problem",
]
