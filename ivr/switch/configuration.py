"""An instance's configuration: what it is for, rendered into its `etc` folder."""

from __future__ import annotations

import json
import re
import resource
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ivr.errors import UsageError
from ivr.phone_number import PhoneNumber
from ivr.switch import agent_codes, cel
from ivr.switch.agent_queue import AgentQueue
from ivr.switch.credentials import write_private
from ivr.switch.emergency import Emergency, reaches_help
from ivr.switch.instance import CEL_FILE_NAME, Instance
from ivr.switch.ports import LOOPBACK
from ivr.switch.templates import content_folder, render
from ivr.switch.trunk import SIMULATED_TRUNK, Softphone, Trunk, dialled_digits, is_code

INBOUND_APP = "answerback"
PEOPLE_APP = "people"
"""The Stasis application of the simulated network's people."""

_APP = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}\Z", re.ASCII)
_AREA_CODE = re.compile(r"[2-9][0-9]{2}\Z", re.ASCII)
_MOST_FILES = 65536


@dataclass(frozen=True, slots=True)
class EngineRole:
    """The switch that the engine drives."""

    inbound_app: str = INBOUND_APP
    """The Stasis application that calls from a trunk are given to."""
    trunks: tuple[Trunk, ...] = ()
    softphones: tuple[Softphone, ...] = ()
    queues: tuple[AgentQueue, ...] = ()
    emergency: Emergency = field(default_factory=Emergency)
    codes: tuple[str, ...] = ()
    """Short codes that may be dialled beside telephone numbers; no other is let through."""
    sip_address: str = LOOPBACK
    """The address of this machine that SIP is spoken at; 0.0.0.0 for trunks and phones elsewhere."""


@dataclass(frozen=True, slots=True)
class CarrierRole:
    """The simulated telephone network, whose called parties are programmable over its own ARI."""

    engine: Instance
    """The switch that calls come from, and that the people call."""
    default_app: str = PEOPLE_APP
    apps_by_area_code: Mapping[str, str] = field(default_factory=dict)
    """Which Stasis application gets the numbers of a NANP area code: `{"202": "people-1"}`."""


Role = EngineRole | CarrierRole


def carrier_trunk(carrier: Instance, name: str = "carrier") -> Trunk:
    """Return the engine's trunk to the simulated telephone network."""
    return _peer(name, carrier)


def render_configuration(instance: Instance, role: Role) -> None:
    """Write every configuration file of `instance`, mode 0600; raises UsageError in a sentence."""
    values = _values(instance, role)
    etc = instance.folder / "etc"
    for template in sorted(content_folder("asterisk").glob("*.conf.j2")):
        write_private(etc / template.name.removesuffix(".j2"), render(template, values))
    dialplan = "engine" if isinstance(role, EngineRole) else "carrier"
    template = content_folder("dialplans") / f"{dialplan}.conf.j2"
    write_private(etc / "extensions.conf", render(template, values))


def render_ari_users(instance: Instance) -> None:
    """Write only `ari.conf`, for the instance's present credentials."""
    template = content_folder("asterisk") / "ari.conf.j2"
    values = {"credentials": instance.credentials}
    write_private(instance.folder / "etc/ari.conf", render(template, values))


def softphone_passwords(instance: Instance, phones: Sequence[Softphone]) -> dict[str, str]:
    """Return each phone's password, making those that are missing; kept in a file of mode 0600."""
    file = instance.folder / "softphones.json"
    known: dict[str, str] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    missing = {phone.username: secrets.token_urlsafe(12) for phone in phones if phone.username not in known}
    if missing:
        known |= missing
        write_private(file, json.dumps(known, indent=1) + "\n")
    return {phone.username: known[phone.username] for phone in phones}


def _values(instance: Instance, role: Role) -> dict[str, object]:
    common: dict[str, object] = {
        "folder": instance.folder,
        "run_folder": instance.run_folder,
        "module_folder": instance.installation.module_folder,
        "data_folder": instance.data_folder,
        "binary_folder": instance.installation.root / "usr/sbin",
        "installed_modules": {file.stem for file in instance.installation.module_folder.glob("*.so")},
        "ports": instance.ports,
        "credentials": instance.credentials,
        "max_files": _max_files(),
        "cel_file_name": CEL_FILE_NAME,
        "cel_columns": cel.COLUMNS,
    }
    own = _engine_values(instance, role) if isinstance(role, EngineRole) else _carrier_values(role)
    return common | own


def _engine_values(instance: Instance, role: EngineRole) -> dict[str, object]:
    _check_engine(role)
    external = [trunk for trunk in role.trunks if trunk.external_media_address]
    return {
        "inbound_app": role.inbound_app,
        "codes": role.codes,
        "trunk_context": "from-trunk",
        "simulation_context": "from-simulation",
        "simulated_trunk": SIMULATED_TRUNK,
        "trunks": role.trunks,
        "trunk_passwords": {t.name: _read_password(t) for t in role.trunks if t.username},
        "softphones": role.softphones,
        "softphone_passwords": softphone_passwords(instance, role.softphones),
        "queues": role.queues,
        "agent_digits": _agent_digits(role),
        "agent_queues": {
            phone.username: [queue for queue in role.queues if phone.username in queue.members]
            for phone in role.softphones
        },
        "agent_codes": {
            "log_in": agent_codes.LOG_IN,
            "log_out": agent_codes.LOG_OUT,
            "pause": agent_codes.PAUSE,
            "resume": agent_codes.RESUME,
        },
        "emergency": role.emergency,
        "helped": [phone.username for phone in role.softphones if reaches_help(phone, role.emergency)],
        "sip_address": role.sip_address,
        "external_address": external[0].external_media_address if external else None,
        "local_networks": external[0].local_net if external else (),
    }


def _carrier_values(role: CarrierRole) -> dict[str, object]:
    for app in (role.default_app, *role.apps_by_area_code.values()):
        _check_app(app)
    for code in role.apps_by_area_code:
        if not _AREA_CODE.match(code):
            raise UsageError(f"{code!r} is no area code; write three digits of which the first is 2 to 9")
    return {
        "default_app": role.default_app,
        "apps_by_area_code": role.apps_by_area_code,
        "trunk_context": "from-engine",
        "simulation_context": "from-engine",
        "simulated_trunk": SIMULATED_TRUNK,
        "trunks": (_peer("engine", role.engine),),
        "trunk_passwords": {},
        "softphones": (),
        "softphone_passwords": {},
        "queues": (),
        "sip_address": LOOPBACK,
        "external_address": None,
        "local_networks": (),
    }


def _agent_digits(role: EngineRole) -> dict[str, dict[str, str]]:
    """Return, by queue, each agent's number as its trunk wants it dialled."""
    trunks = {trunk.name: trunk for trunk in role.trunks}
    return {
        queue.name: {
            number: dialled_digits(trunks[queue.trunk], PhoneNumber(number)) for number in queue.numbers
        }
        for queue in role.queues
        if queue.trunk is not None
    }


def _peer(name: str, instance: Instance) -> Trunk:
    """A switch of this machine; asked for its life seldom, because it lives and dies with us."""
    return Trunk(
        name=name,
        host=LOOPBACK,
        port=instance.ports.sip,
        media_address=LOOPBACK,
        qualify=0,
        calls_per_second=1000,
        max_calls=10000,
    )


def _check_engine(role: EngineRole) -> None:
    _check_app(role.inbound_app)
    if wrong := [code for code in role.codes if not is_code(code)]:
        raise UsageError(f"{wrong[0]!r} is no short code; write two to five digits, perhaps after a *")
    names = [trunk.name for trunk in role.trunks] + [phone.username for phone in role.softphones]
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise UsageError(f"{twice[0]!r} names more than one trunk or softphone; give each a name of its own")
    if len({(t.external_media_address, t.local_net) for t in role.trunks if t.external_media_address}) > 1:
        raise UsageError(
            "two trunks name different `external_media_address` or `local_net`; give both trunks the same"
        )
    trunks = {trunk.name for trunk in role.trunks}
    if lost := [queue for queue in role.queues if queue.trunk is not None and queue.trunk not in trunks]:
        raise UsageError(
            f"queue {lost[0].name!r} rings its agents over trunk {lost[0].trunk!r}, which is not there;"
            f" name one of: {', '.join(sorted(trunks)) or 'none is set up yet'}"
        )
    if role.emergency.trunk is not None and role.emergency.trunk not in trunks:
        raise UsageError(
            f"[emergency] names trunk {role.emergency.trunk!r}, which is not there;"
            f" name one of: {', '.join(sorted(trunks)) or 'none is set up yet'}"
        )
    away = [trunk.name for trunk in role.trunks if not trunk.is_local]
    if away and role.sip_address == LOOPBACK:
        raise UsageError(
            f"trunk {away[0]!r} is on another machine, but SIP is spoken at {LOOPBACK} only;"
            " set the SIP address to one of this machine, or to 0.0.0.0"
        )


def _check_app(name: str) -> None:
    if not _APP.match(name):
        raise UsageError(f"{name!r} is no application name; use letters, digits, - and _, a letter first")


def _read_password(trunk: Trunk) -> str:
    file = trunk.password_file or Path()
    try:
        password = file.read_text("utf-8").strip()
    except OSError as error:
        raise UsageError(
            f"the password of trunk {trunk.name!r} can't be read from {file}: {error.strerror}"
        ) from error
    if not password:
        raise UsageError(f"{file} is empty; write the password of trunk {trunk.name!r} into it")
    return password


def _max_files() -> int:
    """As many open files as an ordinary user may have; each call takes about six."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
