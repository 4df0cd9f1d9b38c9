"""Where the benchmark takes place: a data folder of its own, an Asterisk in it, and a trunk to SIPp."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from ivr.app.content import content_of
from ivr.app.embedded_switch import engine_instance, render_engine
from ivr.engine.content import Content
from ivr.settings import default_home, load_settings
from ivr.speech.cache import SpeechCache
from ivr.speech.pyttsx3_engine import Pyttsx3Engine
from ivr.speech.speech import Speech
from ivr.switch import process
from ivr.switch.credentials import write_private
from ivr.switch.install import install_asterisk, install_sipp
from ivr.switch.instance import Instance
from ivr.switch.layout import SwitchLayout
from ivr.switch.ports import LOOPBACK, choose_ports
from ivr.switch.speech_library import install_espeak
from ivr.switch.templates import content_folder, render

HERE = Path(__file__).parent
TRUNK = "sipp"
LANGUAGE = "en"
_QUESTION, _THANKS = "press-one", "done"
_QUIET_SECONDS = 40
"""SIP gives up on an answer that does not come after 32 s (RFC 3261, timer B)."""
_SETTINGS = """\
[content]
flows = "{content}/flows"
prompts = "{content}/prompts"
rules = "{content}/rules"
compliance = "{compliance}"

[dialing]
trunk = "{trunk}"
max_calls = 2000

[[trunks]]
name = "{trunk}"
host = "{host}"
port = {port}
media_address = "{host}"
dtmf_mode = "info"
codecs = ["ulaw"]
qualify = 0
max_calls = 2000
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A running Asterisk and what calls are made with."""

    home: Path
    settings_file: Path
    content: Content
    switch: Instance
    sipp: tuple[str, ...]
    sipp_port: int

    @property
    def switch_pid(self) -> int:
        """The process of Asterisk."""
        return process.start(self.switch)

    def new_folder(self, name: str) -> Path:
        """Return a new folder for what one step leaves."""
        folder = self.home / "steps" / f"{len(list(self.home.glob('steps/*'))):02}-{name}"
        folder.mkdir(parents=True)
        return folder

    async def become_quiet(self) -> None:
        """End what calls are still up, and wait until Asterisk has none."""
        process.cli(self.switch, "channel request hangup all")
        for _ in range(_QUIET_SECONDS):
            if not process.status(self.switch).active_channels:
                return
            await asyncio.sleep(1)


@asynccontextmanager
async def measuring_place(home: Path | None = None) -> AsyncIterator[Place]:
    """Keep the place while the context lasts. What an earlier run left there is removed, but its speech."""
    shared = home or default_home()
    own = shared / "bench"
    _borrow(shared, own)
    shutil.rmtree(own / "steps", ignore_errors=True)
    port = choose_ports(str(own / "sipp")).sip
    settings_file = own / "config" / "ivr.toml"
    settings_file.parent.mkdir(exist_ok=True)
    written = _SETTINGS.format(
        content=HERE / "content",
        compliance=content_folder("config") / "compliance",
        trunk=TRUNK,
        host=LOOPBACK,
        port=port,
    )
    write_private(settings_file, written)
    settings = load_settings(settings_file, {"IVR_HOME": str(own)})
    content = content_of(settings)
    switch = engine_instance(settings)
    process.stop(switch)
    render_engine(settings, switch)
    _add_hard_coded_call(switch, await _prompt_files(content, own))
    process.start(switch)
    sipp = tuple(install_sipp(SwitchLayout(own).sipp_root, lambda *_: None))
    try:
        yield Place(own, settings_file, content, switch, sipp, port)
    finally:
        process.stop(switch)


def _borrow(shared: Path, own: Path) -> None:
    """Make the data folder, and let it use the programs that are installed in the shared one."""
    theirs, ours = SwitchLayout(shared), SwitchLayout(own)
    install_asterisk(theirs.asterisk_root, lambda *_: None)
    install_espeak(theirs.espeak_root, lambda *_: None)
    install_sipp(theirs.sipp_root, lambda *_: None)
    pairs = (
        (theirs.asterisk_root, ours.asterisk_root),
        (theirs.espeak_root, ours.espeak_root),
        (theirs.sipp_root, ours.sipp_root),
    )
    for installed, link in pairs:
        link.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if installed.exists() and not link.exists():
            link.symlink_to(installed.resolve(), target_is_directory=True)


async def _prompt_files(content: Content, home: Path) -> dict[str, str]:
    """Return what the dialplan plays: the very files that the engine plays, rendered here if need be."""
    library = install_espeak(SwitchLayout(home).espeak_root, lambda *_: None)
    speech = Speech(Pyttsx3Engine(library.environment(os.environ)), SpeechCache(home / "speech"))
    try:
        return {
            name: "&".join(
                str(file.with_suffix(""))
                for file in await speech.files(content.catalogue.render(prompt, LANGUAGE, {}))
            )
            for name, prompt in (("question", _QUESTION), ("thanks", _THANKS))
        }
    finally:
        await speech.close()


def _add_hard_coded_call(switch: Instance, prompts: dict[str, str]) -> None:
    dialplan = switch.folder / "etc/extensions.conf"
    write_private(dialplan, dialplan.read_text() + render(HERE / "hard_coded.conf.j2", prompts))
