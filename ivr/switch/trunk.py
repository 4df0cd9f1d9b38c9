"""A trunk (the way to the telephone network) and a softphone, as people write them in TOML."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from ivr.calls.call_result import CallResult
from ivr.phone_number import PhoneNumber
from ivr.switch.ports import LOOPBACK

SIMULATED_TRUNK = "carrier"
"""The trunk to the simulated telephone network; it is always there, and needs no go-live."""

LOCAL_HOSTS = frozenset({LOOPBACK, "localhost"})
"""This machine, as people write it."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}\Z", re.ASCII)
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\Z", re.ASCII)
_USER = re.compile(r"[A-Za-z0-9+][A-Za-z0-9+._-]{0,63}\Z", re.ASCII)
_LOCATION = re.compile(r"[A-Za-z0-9 ./#-]{1,80}\Z", re.ASCII)
_E164 = re.compile(r"\+[1-9][0-9]{6,14}\Z", re.ASCII)


_CODE = re.compile(r"\*?[0-9]{2,5}\Z", re.ASCII)


def is_code(text: str) -> bool:
    """Whether `text` is a short code of our own, which telephones dial like a number: `*77`."""
    return _CODE.match(text) is not None


def _checked(pattern: re.Pattern[str], wrong: str, right: str) -> AfterValidator:
    def check(text: str) -> str:
        if not pattern.match(text):
            raise ValueError(f"{text!r} {wrong}; {right}")
        return text

    return AfterValidator(check)


def _check_address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise ValueError(f"{text!r} is no IP address; write it like 192.0.2.10") from None


def _check_network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text))
    except ValueError:
        raise ValueError(f"{text!r} is no network; write it like 192.168.0.0/16") from None


def _check_unanswered(result: CallResult) -> CallResult:
    if result in (CallResult.ANSWERED, CallResult.CANCELLED):
        raise ValueError(f"{result.value!r} is not for the network to say; use busy, rejected, congestion…")
    return result


Name = Annotated[
    str, _checked(_NAME, "is no name", "use small letters, digits and hyphens, a letter first, at most 31")
]
Host = Annotated[str, _checked(_HOST, "is no host", "write a host name or an IP address")]
User = Annotated[str, _checked(_USER, "is no user name", "use letters, digits and + . _ -")]
Number = Annotated[
    str, _checked(_E164, "is no telephone number", "write + and the country code first: +12025550123")
]
Unanswered = Annotated[CallResult, AfterValidator(_check_unanswered)]
Address = Annotated[str, AfterValidator(_check_address)]
Network = Annotated[str, AfterValidator(_check_network)]


class Trunk(BaseModel):
    """One `[[trunks]]` block: a provider told by its address, or one that we register with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    host: Host
    port: Annotated[int, Field(ge=1, le=65535)] = 5060
    username: User | None = None
    """Given together with `password_file`: we register with the provider."""
    password_file: Path | None = None
    """A file that holds only the password."""
    external_media_address: Address | None = None
    """Our public address, when a router translates addresses between us and the provider."""
    local_net: tuple[Network, ...] = ()
    """Networks that are reached without that translation."""
    media_address: Address | None = None
    """The address of ours that audio is sent from and received at; the transport's when it is left out."""
    bind_rtp_to_media_address: bool = True
    codecs: Annotated[tuple[Literal["ulaw", "alaw"], ...], Field(min_length=1)] = ("ulaw", "alaw")
    dtmf_mode: Literal["rfc4733", "info", "inband", "auto"] = "rfc4733"
    caller_id: Number | None = None
    """The number we call with, in place of the company's; a registration asks for its calls."""
    p_asserted_identity: bool = False
    """Send the caller's number in P-Asserted-Identity too (RFC 3325)."""
    qualify: Annotated[int, Field(ge=0, le=3600)] = 60
    """Seconds between two OPTIONS that ask whether the provider is there; 0 for never."""
    rtp_timeout: Annotated[int, Field(ge=0, le=3600)] = 60
    """Seconds without a packet of audio after which the call is ended; 0 for never."""
    session_timers: bool = True
    """Ask now and then whether the call is still there (RFC 4028)."""
    session_expires: Annotated[int, Field(ge=90, le=7200)] = 1800
    """Seconds; RFC 4028 allows none below 90."""
    number_format: Literal["e164", "e164_without_plus", "national"] = "e164"
    """How the provider wants numbers: +12025550123, 12025550123, or as dialled inside `country_code`."""
    country_code: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,2}$")] = "1"
    national_prefix: Annotated[str, Field(pattern=r"^[0-9]{0,4}$")] = ""
    """Dialled before a number of `country_code`."""
    international_prefix: Annotated[str, Field(pattern=r"^[0-9]{1,4}$")] = "011"
    """Dialled before the country code of any other number."""
    sip_causes: Mapping[Annotated[int, Field(ge=300, le=699)], Unanswered] = {}
    """What this provider means by a SIP status that it uses in a way of its own."""
    q850_causes: Mapping[Annotated[int, Field(ge=1, le=127)], Unanswered] = {}
    """The same by Q.850 cause, for calls that got no SIP status."""
    calls_per_second: Annotated[float, Field(gt=0, le=1000)] = 1.0
    max_calls: Annotated[int, Field(ge=1, le=10000)] = 10
    """Calls that may be up at once."""
    detect_answerer: bool = False
    """Listen who or what answers, and talk accordingly."""
    beeps_hz: tuple[Annotated[int, Field(ge=300, le=3400)], ...] = (700, 1000, 1400)
    """The tones after which voicemail records, for `detect_answerer`."""

    @model_validator(mode="after")
    def _registration_is_whole(self) -> Self:
        if (self.username is None) != (self.password_file is None):
            raise ValueError(
                "a registration needs `username` and `password_file`; give both, or neither when the provider"
                " knows our address"
            )
        return self

    @property
    def is_local(self) -> bool:
        """Whether the trunk ends on this machine."""
        return self.host in LOCAL_HOSTS

    @property
    def uri(self) -> str:
        """The provider as a SIP URI."""
        return f"sip:{self.host}:{self.port}"

    @property
    def client_uri(self) -> str:
        """Our address of record at the provider, when we register."""
        return f"sip:{self.username}@{self.host}:{self.port}"

    @property
    def match_address(self) -> str:
        """What an inbound request's source must be; on this machine only the port tells peers apart."""
        return f"{self.host}:{self.port}" if self.is_local else self.host


def _check_location(text: str) -> str:
    if not _LOCATION.match(text):
        raise ValueError(f"{text!r} can't be told; use letters, digits, spaces and . - / #, at most 80")
    return text


class Softphone(BaseModel):
    """One `[[softphones]]` block: a phone that registers with us and is then rung as a customer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    username: Name
    number: Number
    """The telephone number that rings it."""
    location: Annotated[str, AfterValidator(_check_location)] | None = None
    """Where it stands, for those who must find the caller: street, floor, desk."""
    location_number: Number | None = None
    """The number that your provider has this location on file for; emergency calls show it."""

    @model_validator(mode="after")
    def _location_is_whole(self) -> Self:
        if (self.location is None) != (self.location_number is None):
            raise ValueError(
                "emergency calls need `location` and `location_number`; give both, or neither when nobody may"
                " dial out on it"
            )
        return self


def dial_string(trunk: Trunk, number: PhoneNumber) -> str:
    """Return what ARI originates to reach `number` through `trunk`; raises ValueError for no E.164 number."""
    return f"PJSIP/{dialled_digits(trunk, number)}@{trunk.name}"


def dialled_digits(trunk: Trunk, number: PhoneNumber) -> str:
    """Return `number` as the trunk's provider wants it dialled; raises ValueError for no E.164 number."""
    if not _E164.match(number):
        raise ValueError(f"{number!r} is no E.164 number; write + and the country code first")
    match trunk.number_format:
        case "e164":
            return number
        case "e164_without_plus":
            return number[1:]
        case "national":
            own = f"+{trunk.country_code}"
            if number.startswith(own):
                return trunk.national_prefix + number[len(own) :]
            return trunk.international_prefix + number[1:]
