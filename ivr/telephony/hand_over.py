"""Hand a call to somebody outside, and hear nothing of it until it is back, not even its keys."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.values import Channel
from ivr.engine.telephony import Vault
from ivr.errors import AriError, AriRefusedError
from ivr.telephony.channel_variables import APP, VAULT, VAULT_LONGEST, VAULT_REFERENCE, VAULT_SECONDS
from ivr.telephony.queue_transfer import COME_BACK_CONTEXT, VAULT_CONTEXT

LOOK_AGAIN = 2.0
"""Seconds between two looks whether the call is still there: nobody tells of its end meanwhile."""


async def calls_outside(client: AriClient, live: Sequence[Channel]) -> Sequence[str]:
    """Return the calls that will come back to our application, which is told nothing of them meanwhile."""
    elsewhere = [channel.id for channel in live if channel.context in (VAULT_CONTEXT, COME_BACK_CONTEXT)]
    return [call_id for call_id in elsewhere if await _comes_back_to(client, call_id) == client.app]


async def _comes_back_to(client: AriClient, call_id: str) -> str | None:
    try:
        return await client.send(requests.get_variable(call_id, APP))
    except AriRefusedError:
        return None


def variables_for(vault: Vault, reference: str) -> Mapping[str, str]:
    """Return what the vault's context needs to know."""
    return {
        VAULT: vault.endpoint,
        VAULT_REFERENCE: reference,
        VAULT_SECONDS: str(round(vault.ring_seconds)),
        VAULT_LONGEST: str(round(vault.longest_seconds)),
    }


async def leave(client: AriClient, call_id: str, variables: Mapping[str, str]) -> None:
    """Let a call go, and be told of it no more; raises AriError."""
    for name, value in variables.items():
        await client.send(requests.set_variable(call_id, name, value))
    await client.send(requests.unsubscribe(client.app, [f"channel:{call_id}"]))
    await client.send(requests.continue_in_dialplan(call_id, VAULT_CONTEXT))


async def wait_until_back(client: AriClient, call_id: str, is_over: asyncio.Event) -> bool:
    """Wait for the call's return; False when it has ended."""
    while not is_over.is_set():
        try:
            async with asyncio.timeout(LOOK_AGAIN):
                await is_over.wait()
        except TimeoutError:
            if await _is_gone(client, call_id):
                return False
    return True


async def be_told_again(client: AriClient, call_id: str) -> bool:
    """Hear of a call that is back, to its end; False when it has ended."""
    try:
        await client.send(requests.subscribe(client.app, [f"channel:{call_id}"]))
    except AriError:
        return not await _is_gone(client, call_id)
    return True


async def _is_gone(client: AriClient, call_id: str) -> bool:
    try:
        await client.send(requests.get_channel(call_id))
    except AriRefusedError as error:
        return error.status == 404
    except AriError:
        return False
    return False
