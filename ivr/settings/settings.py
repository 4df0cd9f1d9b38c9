"""All settings together."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from zoneinfo import available_timezones

from pydantic import ValidationInfo, field_validator

from ivr.phone_number import PhoneNumber, is_emergency_number, region_of
from ivr.settings.asterisk import AsteriskSettings
from ivr.settings.callers import CallersSettings
from ivr.settings.company import CompanySettings
from ivr.settings.content import ContentSettings
from ivr.settings.dialing import DialingSettings
from ivr.settings.email import EmailSettings
from ivr.settings.inbound import InboundSettings
from ivr.settings.messages import MessageSettings, SmsSettings
from ivr.settings.payments import PaymentSettings
from ivr.settings.recordings import RecordingSettings
from ivr.settings.section import Section
from ivr.settings.store import StoreSettings
from ivr.settings.studio import StudioSettings
from ivr.settings.vault import VaultSettings
from ivr.settings.web import ApiClientSettings, WebSettings
from ivr.settings.webhooks import WebhookSettings
from ivr.speech.speech_settings import SpeechSettings
from ivr.switch.agent_codes import AGENT_CODES
from ivr.switch.agent_queue import AgentQueue
from ivr.switch.emergency import Emergency
from ivr.switch.templates import content_folder as packaged_folder
from ivr.switch.trunk import Softphone, Trunk


class Settings(Section):
    """Everything that needs a restart."""

    time_zone: str = "America/New_York"
    """IANA zone of the installation: in which a day begins for rules and schedules."""
    home: Path = Path()
    """The data folder."""
    base: Path = Path()
    """Folder that relative paths start from: that of `ivr.toml`'s parent."""
    file: Path | None = None
    """What they were read from; None when there is no such file."""
    company: CompanySettings = CompanySettings()
    store: StoreSettings = StoreSettings()
    content: ContentSettings = ContentSettings()
    dialing: DialingSettings = DialingSettings()
    payments: PaymentSettings = PaymentSettings()
    asterisk: AsteriskSettings = AsteriskSettings()
    speech: SpeechSettings = SpeechSettings()
    studio: StudioSettings = StudioSettings()
    messages: MessageSettings = MessageSettings()
    email: EmailSettings = EmailSettings()
    sms: SmsSettings = SmsSettings()
    recordings: RecordingSettings = RecordingSettings()
    vault: VaultSettings | None = None
    callers: CallersSettings = CallersSettings()
    inbound: tuple[InboundSettings, ...] = ()
    trunks: tuple[Trunk, ...] = ()
    softphones: tuple[Softphone, ...] = ()
    queues: tuple[AgentQueue, ...] = ()
    emergency: Emergency = Emergency()
    webhooks: tuple[WebhookSettings, ...] = ()
    web: WebSettings = WebSettings()
    api_clients: tuple[ApiClientSettings, ...] = ()

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value!r} is no IANA time zone; write one such as America/New_York")
        return value

    @field_validator("webhooks")
    @classmethod
    def _differ_in_name(cls, webhooks: tuple[WebhookSettings, ...]) -> tuple[WebhookSettings, ...]:
        names = [webhook.name for webhook in webhooks]
        if twice := [name for name in names if names.count(name) > 1]:
            raise ValueError(f"two webhooks are named {twice[0]!r}; give one of them another name")
        return webhooks

    @property
    def webhook_names(self) -> frozenset[str]:
        """What `webhook` nodes may name."""
        return frozenset(webhook.name for webhook in self.webhooks)

    @property
    def recorded_flows(self) -> frozenset[str]:
        """Flows of numbers whose calls are recorded."""
        return frozenset(line.flow for line in self.inbound if line.record is not None)

    @field_validator("inbound")
    @classmethod
    def _one_flow_a_number(
        cls, value: tuple[InboundSettings, ...], info: ValidationInfo
    ) -> tuple[InboundSettings, ...]:
        counts = Counter(line.number for line in value)
        if twice := [number for number, count in counts.items() if count > 1]:
            raise ValueError(f"{twice[0]} leads to two flows; keep one of the blocks")
        company = info.data.get("company")
        region = region_of(PhoneNumber(company.phone)) if company else None
        if calls_for_help := [number for number in counts if is_emergency_number(number, region)]:
            raise ValueError(f"{calls_for_help[0]} is an emergency number; choose another code")
        if taken := [number for number in counts if number in AGENT_CODES]:
            raise ValueError(f"{taken[0]} is what agents dial; choose another code")
        return value

    @property
    def store_url(self) -> str:
        """The database's URL."""
        return self.store.url or f"sqlite:///{self.home / 'ivr.db'}"

    def content_folder(self, folder: Path) -> Path:
        """Return a content folder as an absolute path; where none is there, what came with the package."""
        here = folder if folder.is_absolute() else self.base / folder
        return here if here.exists() or folder.is_absolute() else packaged_folder(folder.as_posix())
