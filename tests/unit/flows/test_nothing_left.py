"""Sessions leave nothing in memory: an engine that serves a million of them stays as it is."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from ivr.flows.flow import Flow
from ivr.prompts.catalogue import Catalogue
from tests.bench.flows import blocks, load, talk


@pytest.fixture(scope="module")
def content() -> tuple[Flow, Catalogue]:
    """Return a flow and prompts that have served so many customers that every cache is full."""
    flow, catalogue = load()
    for number in range(1000):
        talk(flow, catalogue, number)
    return flow, catalogue


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from coming by itself."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_a_thousand_customers_leave_less_than_one_block_in_ten_sessions(
    content: tuple[Flow, Catalogue],
) -> None:
    before = blocks()
    for number in range(1000, 2000):
        talk(*content, number)
    assert blocks() - before < 100


@pytest.mark.usefixtures("uncollected")
def test_a_session_leaves_nothing_for_the_garbage_collector(content: tuple[Flow, Catalogue]) -> None:
    for number in range(2000, 2100):
        talk(*content, number)
    assert gc.collect() == 0
