"""A world in which the engine is killed right before or right after one of its steps."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from ivr.accounts.payment_method import PaymentMethod
from ivr.engine.ports import Store, Transaction
from ivr.engine.world import World
from ivr.errors import GatewayError
from ivr.payments.gateway import HostedPages, PaymentGateway
from ivr.payments.hosted_page import HostedPage
from ivr.payments.intent import ChargeResult, PaymentIntent

T = TypeVar("T")


class Killed(BaseException):
    """The engine is dead: nothing of ours catches this."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When the engine is killed."""

    step: str
    """`write`, `create`, `confirm` or `open_page`."""
    count: int = 1
    """Which of them, from 1."""
    is_after: bool = True
    """Whether the step was done."""


@dataclass
class _Death:
    moment: Moment
    done: int = 0

    async def at(self, step: str, work: Callable[[], Awaitable[T]]) -> T:
        self.done += step == self.moment.step
        is_now = step == self.moment.step and self.done == self.moment.count
        if not is_now:
            return await work()
        if self.moment.is_after:
            with contextlib.suppress(GatewayError):  # it was done, and the answer is lost either way
                await work()
        raise Killed


@dataclass
class _DyingStore:
    store: Store
    death: _Death

    async def read(self, work: Callable[[Transaction], T]) -> T:
        return await self.store.read(work)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        return await self.death.at("write", lambda: self.store.write(work))


@dataclass
class _DyingGateway:
    gateway: PaymentGateway
    death: _Death
    moves_money: bool = False

    async def create(self, intent: PaymentIntent, method: PaymentMethod) -> ChargeResult:
        return await self.death.at("create", lambda: self.gateway.create(intent, method))

    async def confirm(self, intent: PaymentIntent) -> ChargeResult:
        return await self.death.at("confirm", lambda: self.gateway.confirm(intent))

    async def look_up(self, intent: PaymentIntent) -> ChargeResult:
        return await self.gateway.look_up(intent)

    async def cancel(self, intent: PaymentIntent) -> ChargeResult:
        return await self.gateway.cancel(intent)


@dataclass
class _DyingPages:
    pages: HostedPages
    death: _Death

    @property
    def pages_at(self) -> str:
        return self.pages.pages_at

    async def open_page(self, intent: PaymentIntent, page: HostedPage) -> ChargeResult:
        return await self.death.at("open_page", lambda: self.pages.open_page(intent, page))


def dying(world: World, moment: Moment) -> World:
    """Return the same world, in which the engine is killed at that moment."""
    death = _Death(moment)
    store = cast("Any", _DyingStore(world.store, death))
    pages = None if world.hosted_pages is None else _DyingPages(world.hosted_pages, death)
    return replace(world, store=store, gateway=_DyingGateway(world.gateway, death), hosted_pages=pages)
