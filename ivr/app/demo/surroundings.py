"""The demo's own data folder and its own pair of Asterisks, of which nothing is left running."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ivr.app.demo.sample import sample_folder
from ivr.app.embedded_switch import carrier_instance, engine_instance, start_pair
from ivr.carrier.person import Person
from ivr.errors import UsageError
from ivr.settings import AsteriskSettings, ContentSettings, DialingSettings, Settings, StoreSettings
from ivr.switch import process
from ivr.switch.agent_queue import AgentQueue
from ivr.switch.install import present_installation
from ivr.switch.instance import Instance, open_instance
from ivr.switch.layout import SwitchLayout
from ivr.switch.templates import content_folder
from ivr.switch.trunk import SIMULATED_TRUNK

AGENTS_QUEUE = "collections"
"""The queue that the shipped flow hands callers to."""
CALLS_PER_SECOND = 8.0
MAX_CALLS = 60


def demo_settings(settings: Settings, agents: Sequence[Person]) -> Settings:
    """Return the settings of a demo beside the installation of `settings`, of which it touches nothing."""
    queue = AgentQueue(
        name=AGENTS_QUEUE,
        numbers=tuple(agent.number for agent in agents),
        trunk=SIMULATED_TRUNK,
        ring_seconds=10,
        wrap_up_seconds=0,
    )
    return Settings(
        time_zone=settings.time_zone,
        home=settings.home / "demo",
        base=settings.base,
        company=settings.company,
        store=StoreSettings(),
        content=ContentSettings(
            flows=content_folder("dialplans") / "flows",
            prompts=content_folder("prompts"),
            rules=sample_folder(),
        ),
        dialing=DialingSettings(
            trunk=SIMULATED_TRUNK,
            max_calls=MAX_CALLS,
            calls_per_second=CALLS_PER_SECOND,
            max_call_seconds=120,
        ),
        asterisk=AsteriskSettings(),
        queues=(queue,),
    )


@contextmanager
def fresh_home(home: Path, installed: Path) -> Iterator[None]:
    """Hold `home`, empty but for the programs and the speech of the data folder `installed`.

    What an earlier demo left is removed, its Asterisks first. Raises UsageError while another demo runs.
    """
    with _only_demo(home):
        _link_programs(home, installed)
        _stop_left_over(home)
        shutil.rmtree(home)
        _link_programs(home, installed)
        yield


@contextmanager
def running_pair(settings: Settings) -> Iterator[tuple[Instance, Instance]]:
    """Keep the engine's Asterisk and the telephone network running while the context lasts."""
    try:
        yield start_pair(settings)
    finally:
        for instance in (carrier_instance(settings), engine_instance(settings)):
            process.stop(instance)


@contextmanager
def _only_demo(home: Path) -> Iterator[None]:
    home.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with home.with_name(f".{home.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"another demo runs in {home}; wait for its end, or name another data folder with --home"
            ) from None
        yield


def _link_programs(home: Path, installed: Path) -> None:
    """Let the demo use what is installed; speech is named by its words, so it may be shared as well."""
    there, here = SwitchLayout(installed), SwitchLayout(home)
    speech = installed / "speech"
    speech.mkdir(exist_ok=True)
    links = {here.asterisk_root: there.asterisk_root, here.espeak_root: there.espeak_root}
    for link, target in {**links, home / "speech": speech}.items():
        link.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not link.is_symlink():
            link.symlink_to(target.resolve(), target_is_directory=True)


def _stop_left_over(home: Path) -> None:
    layout = SwitchLayout(home)
    for folder in (layout.engine, layout.carrier):
        if folder.is_dir():
            process.stop(open_instance(present_installation(layout.asterisk_root), folder))
