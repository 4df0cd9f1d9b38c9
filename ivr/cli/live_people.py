"""People live on the simulated telephone network until they are told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from ivr.ari.client import AriClient
from ivr.carrier.person import Person
from ivr.carrier.prompt_listener import PromptListener
from ivr.carrier.town import Town
from ivr.carrier.town_log import TownLog
from ivr.cli.context import ui
from ivr.switch.configuration import PEOPLE_APP
from ivr.switch.install import find_installation
from ivr.switch.instance import Instance, open_instance, running_pid
from ivr.switch.layout import SwitchLayout

_LISTENER_APP = "people-listener"
"""The application at the engine's switch that tells the people what is played to them."""


async def live(layout: SwitchLayout, everybody: tuple[Person, ...], log_file: Path) -> None:
    """Let everybody have a telephone until Ctrl-C; what they see is written to `log_file`."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    installation = find_installation(layout.asterisk_root)
    carrier, engine = (open_instance(installation, folder) for folder in (layout.carrier, layout.engine))
    async with AsyncExitStack() as stack:
        town = Town(
            await stack.enter_async_context(_connected(carrier, PEOPLE_APP)),
            everybody,
            log=stack.enter_context(TownLog(log_file)),
            recordings=carrier.recording_folder,
            tones=carrier.media_folder / "tones",
            ears=await stack.enter_async_context(_listener(engine)),
        )
        await stack.enter_async_context(town)
        ui.print(f"{len(everybody)} people have telephones; what they see is in {log_file}", soft_wrap=True)
        await stopped.wait()


@asynccontextmanager
async def _connected(instance: Instance, app_name: str) -> AsyncIterator[AriClient]:
    connection = instance.connection()
    client = AriClient(connection.ari_url, connection.ari_user, connection.ari_password, app_name)
    async with client:
        await client.connect()
        yield client


@asynccontextmanager
async def _listener(engine: Instance) -> AsyncIterator[PromptListener | None]:
    """Let people understand words where the engine's switch is up; else nobody calls them either."""
    if running_pid(engine) is None:
        yield None
        return
    async with _connected(engine, _LISTENER_APP) as client, PromptListener(client) as listener:
        yield listener
