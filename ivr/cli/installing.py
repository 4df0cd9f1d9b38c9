"""Fetch what is missing, with a bar for each thing that must be fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from ivr.cli.context import ui
from ivr.switch.install import Installation, MirrorSetting, install_asterisk, install_sipp
from ivr.switch.layout import SwitchLayout
from ivr.switch.speech_library import install_espeak

if TYPE_CHECKING:
    from ivr.settings import Settings

Step = Callable[[str, float], None]


def install_programs(settings: Settings, *, for_benchmarks: bool = False) -> Installation:
    """Install Asterisk and the speech library, and SIPp for the benchmarks, unless they are there.

    Raises InstallError.
    """
    layout = SwitchLayout(settings.home)
    mirror = MirrorSetting(settings.asterisk.debian_mirror, settings.asterisk.debian_keyring)
    with _progress() as tell:
        asterisk = install_asterisk(layout.asterisk_root, tell("Asterisk"), mirror)
        if for_benchmarks:
            install_sipp(layout.sipp_root, tell("SIPp"), mirror)
        install_espeak(layout.espeak_root, tell("speech library"))
    return asterisk


@contextmanager
def _progress() -> Iterator[Callable[[str], Step]]:
    """Draw a bar for each thing that must be fetched; nothing is drawn for what is there already."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=ui) as bars:

        def tell(thing: str) -> Step:
            task = bars.add_task(thing, total=1.0, visible=False)

            def step(what: str, fraction: float) -> None:
                bars.update(task, description=f"{thing}: {what}", completed=fraction, visible=True)

            return step

        yield tell
