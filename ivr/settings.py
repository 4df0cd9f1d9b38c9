"""Settings: defaults < `ivr.toml` < `IVR_*` environment < flags. What needs a restart is a setting.

Secrets come from files (`*_file`), never from the settings themselves.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from ivr.errors import ContentError, Problem, UsageError
from ivr.phone_number import PhoneNumber, is_emergency_number, parse_phone_number, region_of
from ivr.setting_conflicts import conflicts_in
from ivr.speech.speech_settings import SpeechSettings
from ivr.switch.templates import content_folder as packaged_folder
from ivr.switch.trunk import AgentQueue, Softphone, Trunk, is_code

ENVIRONMENT_PREFIX = "IVR_"


def _check_prefix(text: str) -> str:
    if not re.fullmatch(r"\+[1-9][0-9]{0,14}", text, re.ASCII):
        raise ValueError(f"{text!r} begins no telephone number; write + and a country code first: +1202")
    return text


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CompanySettings(_Section):
    """Who is calling, as customers hear it."""

    name: str = "Sample Bank"
    phone: str = "+12025550100"
    """E.164: the number that callers are asked to call back."""

    @field_validator("phone")
    @classmethod
    def _e164(cls, value: str) -> PhoneNumber:
        return parse_phone_number(value)


class StoreSettings(_Section):
    """Where data is kept."""

    url: str = ""
    """SQLAlchemy URL; empty: SQLite in the data folder."""

    @field_validator("url")
    @classmethod
    def _is_usable(cls, value: str) -> str:
        from ivr.store.database import parse_database_url

        try:
            if value:
                parse_database_url(value)
        except UsageError as error:
            raise ValueError(str(error)) from None
        return value


class ContentSettings(_Section):
    """Where what administrators write lies; relative to the folder of `ivr.toml`."""

    flows: Path = Path("dialplans/flows")
    prompts: Path = Path("prompts")
    rules: Path = Path("alert_rules")
    compliance: Path = Path("config/compliance")


class DialingSettings(_Section):
    """How calls are placed."""

    trunk: str = "carrier"
    """The trunk of rules that name none."""
    max_calls: int = Field(default=50, ge=1, le=2000)
    """Calls at once, all trunks together."""
    calls_per_second: float | None = Field(default=None, gt=0, le=1000)
    """Slower or faster than the trunk says; None: as the trunk says."""
    max_call_seconds: float = Field(default=600, gt=0, le=7200)
    """The switch ends a call after this long, whatever became of the engine."""
    listed_numbers: tuple[Annotated[str, AfterValidator(parse_phone_number)], ...] = ()
    """Numbers that may ring before `ivr go-live`."""
    allowed_prefixes: tuple[Annotated[str, AfterValidator(_check_prefix)], ...] = ("+1",)
    """What may be dialled after `ivr go-live`."""


class PaymentSettings(_Section):
    """Who charges the customers' cards; see docs/payments.md."""

    gateway: Literal["sandbox", "stripe"] = "sandbox"
    """`sandbox` moves no money."""
    key_file: Path | None = None
    """Holds Stripe's secret key, for its owner's eyes only (0600)."""
    return_url: str | None = None
    """Where a customer comes to who has agreed on their bank's page; without it there are no such pages."""
    card_keying: bool = False
    """Whether cards may be keyed in on the telephone: then host and line are in PCI scope."""

    @model_validator(mode="after")
    def _stripe_has_a_key(self) -> PaymentSettings:
        if (self.gateway == "stripe") != (self.key_file is not None):
            raise ValueError("stripe, and nothing else, needs a `key_file`; give both, or neither")
        return self

    @field_validator("return_url")
    @classmethod
    def _is_a_page(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith("https://"):
            raise ValueError(f"{value!r} is no safe page; write one like https://bank.example.com/thanks")
        return value


class AsteriskSettings(_Section):
    """An Asterisk that is there already; leave it all out for the embedded one."""

    ari_url: str | None = None
    ari_user: str | None = None
    ari_password_file: Path | None = None
    ami_host: str | None = None
    ami_port: int = 5038
    ami_user: str | None = None
    ami_password_file: Path | None = None
    sip_address: str = "127.0.0.1"
    """Of the embedded one: the address of this machine for SIP; 0.0.0.0 for trunks and phones elsewhere."""
    cel_file: Path | None = None
    """Readable CEL log; without it, calls whose end nobody saw end as `unknown`."""
    recording_folder: Path | None = None
    """Where it records, as this machine sees that folder; without it nobody's voice can be recorded."""
    debian_mirror: str | None = None
    """Where the embedded Asterisk is fetched from when the machine's own apt sources name no Debian."""
    debian_keyring: Path | None = None


class WebhookSettings(_Section):
    """A program that flows may ask in a call; see docs/webhooks.md."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,62}$")]
    """What a `webhook` node calls it."""
    url: str = Field(repr=False)
    """https, or http on this machine; never logged, because it may hold a token."""
    key_file: Path
    """Holds the key that requests are signed with; relative to the folder of `ivr.toml`'s parent."""

    @field_validator("url")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        right = "write one like https://shop.example.com/answerback"
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            raise ValueError(f"it is no address; {right}") from None
        if parts.scheme not in ("http", "https") or not host:
            raise ValueError(f"it is no address of a web server; {right}")
        if parts.username is not None or parts.password is not None:
            raise ValueError(f"it holds a user and a password; requests are signed instead, {right}")
        if parts.scheme == "http" and not _is_this_machine(host):
            raise ValueError(f"http can be read on its way; {right}")
        return url


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class InboundSettings(_Section):
    """One `[[inbound]]` block: a number that people call, and the flow that serves them."""

    number: str
    """E.164, or a short code that the company's own telephones dial: `*77`."""
    flow: str
    """Its name; it has `direction: inbound`."""

    @field_validator("number")
    @classmethod
    def _number_or_code(cls, value: str) -> str:
        return value if is_code(value) else parse_phone_number(value)


class StudioSettings(_Section):
    """Recording prompts by telephone."""

    pin_file: Path | None = None
    """A file that holds only the PIN, six to twelve digits, mode 0600; without it nobody gets in."""


class Settings(_Section):
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
    inbound: tuple[InboundSettings, ...] = ()
    trunks: tuple[Trunk, ...] = ()
    softphones: tuple[Softphone, ...] = ()
    queues: tuple[AgentQueue, ...] = ()
    webhooks: tuple[WebhookSettings, ...] = ()

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
        return value

    @property
    def store_url(self) -> str:
        """The database's URL."""
        return self.store.url or f"sqlite:///{self.home / 'ivr.db'}"

    def content_folder(self, folder: Path) -> Path:
        """Return a content folder as an absolute path; where none is there, what came with the package."""
        here = folder if folder.is_absolute() else self.base / folder
        return here if here.exists() or folder.is_absolute() else packaged_folder(folder.as_posix())


def default_home(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the data folder: `IVR_HOME`, else the user's data folder."""
    if home := environment.get("IVR_HOME"):
        return Path(home).expanduser().absolute()
    data = environment.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "answerback"


def load_settings(
    file: Path | None, environment: Mapping[str, str] = os.environ, flags: Mapping[str, Any] | None = None
) -> Settings:
    """Read the settings; raises ContentError with every one that can't be used.

    `IVR_DIALING__MAX_CALLS=5` sets `max_calls` in `[dialing]`. `flags` win over all.
    """
    settings, problems = read_settings(file, environment, flags)
    if problems or settings is None:
        raise ContentError(problems)
    return settings


def read_settings(
    file: Path | None, environment: Mapping[str, str] = os.environ, flags: Mapping[str, Any] | None = None
) -> tuple[Settings | None, Sequence[Problem]]:
    """Return the settings and all that is wrong with them, for who wants to look on.

    A section with a mistake counts as not written; None when that leaves no way to the content.
    """
    name = str(file) if file else "settings"
    try:
        text = file.read_text(encoding="utf-8") if file is not None else ""
        data = _parsed(text, name)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        return None, [Problem(name, None, "", f"it can't be read ({why})", "name a UTF-8 file that is there")]
    except ContentError as error:
        return None, error.problems
    _overlay(data, _from_environment(environment))
    _overlay(data, flags or {})
    place = partial(_problem, text, name, environment)
    problems = [place(conflict.path, conflict.wrong, conflict.right) for conflict in conflicts_in(data)]
    data["home"] = default_home(environment)
    data["file"] = file
    data["base"] = file.absolute().parent.parent if file else Path.cwd()
    try:
        return Settings.model_validate(data), problems
    except ValidationError as error:
        findings = error.errors(include_url=False)
    problems += [place(finding["loc"], *_explained(finding)) for finding in findings]
    broken = {finding["loc"][0] for finding in findings}
    usable = {section: written for section, written in data.items() if section not in broken}
    return None if "content" in broken else Settings.model_validate(usable), problems


def setting_problem(settings: Settings, path: Sequence[str], wrong: str, right: str) -> Problem:
    """Return a complaint about a setting that is well-formed but does not fit the rest: file and line."""
    if settings.file is None:
        return Problem("settings", None, ".".join(path), wrong, right)
    line = _line_of(settings.file.read_text(encoding="utf-8"), list(path))
    return Problem(str(settings.file), line, ".".join(path), wrong, right)


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = int(line.group(1)) if line else None
        raise ContentError(
            [Problem(name, where, "", f"this is no TOML ({error})", "mend that line")]
        ) from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in environment.items():
        path = key.removeprefix(ENVIRONMENT_PREFIX).lower().split("__")
        if key.startswith(ENVIRONMENT_PREFIX) and len(path) > 1:
            _overlay(data, _nested(path, value))
    return data


def _nested(path: list[str], value: str) -> dict[str, Any]:
    head, *rest = path
    return {head: _nested(rest, value) if rest else value}


def _overlay(data: dict[str, Any], over: Mapping[str, Any]) -> None:
    for key, value in over.items():
        if isinstance(value, Mapping) and isinstance(data.get(key), dict):
            _overlay(data[key], value)
        else:
            data[key] = value


def _problem(
    text: str,
    name: str,
    environment: Mapping[str, str],
    path: Sequence[str | int],
    wrong: str,
    right: str,
) -> Problem:
    parts = [str(part) for part in path]
    variable = ENVIRONMENT_PREFIX + "__".join(parts).upper()
    if variable in environment:
        return Problem("the environment", None, variable, wrong, right)
    return Problem(name, _line_of(text, parts), ".".join(parts), wrong, right)


def _explained(finding: Mapping[str, Any]) -> tuple[str, str]:
    match finding["type"]:
        case "extra_forbidden":
            return "no setting has this name", "remove it or mend its spelling"
        case "missing":
            return "it is missing", "add it"
        case "value_error":
            wrong, _, right = str(finding["ctx"]["error"]).partition("; ")
            return wrong, right or "mend it"
        case _:
            message = str(finding["msg"])
            return f"{finding['input']!r} can't be used", message[:1].lower() + message[1:]


def _line_of(text: str, path: list[str]) -> int | None:
    """Return the line of the key at `path`, or of the nearest table around it; None when it is in neither."""
    found: int | None = None
    table: list[str] = []
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if header := re.fullmatch(r"\[\[?([^\]]+)\]\]?\s*(?:#.*)?", stripped):
            table = [part.strip(" \"'") for part in header.group(1).split(".")]
            if table[0] in counts and len(table) > 1:  # [trunks.causes] belongs to the last [[trunks]]
                table.insert(1, str(counts[table[0]]))
            if stripped.startswith("[["):
                index = counts.get(header.group(1), -1) + 1
                counts[header.group(1)] = index
                table.append(str(index))
            if path[: len(table)] == table:
                found = number
        elif (key := stripped.split("=")[0].strip(" \"'")) and path[: len(table) + 1] == [*table, key]:
            found = number
    return found
