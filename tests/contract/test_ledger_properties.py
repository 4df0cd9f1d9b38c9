"""Whatever anybody does in whatever order, the ledger keeps its rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.attempts.attempt import TRANSITIONS, Attempt, AttemptState
from ivr.errors import FencedError, StoreError
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import LEASE, NOW, add_due_attempt, alert, new_attempt

OWNERS = ("old", "new", "third")
LIVE = {AttemptState.PLACING, AttemptState.IN_PROGRESS}


@dataclass
class World:
    """A ledger of three attempts, two of them of one customer, and owners who keep their epochs for ever."""

    tx: SqlTransaction
    now: datetime = NOW
    epochs: dict[str, int] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)

    def fill(self) -> None:
        self.ids = [add_due_attempt(self.tx, 1), add_due_attempt(self.tx, 2)]
        self.tx.alerts.add(alert(1, key="b"))
        self.ids.append(self.tx.attempts.add(new_attempt(1, key="b")) or "")

    def rows(self) -> dict[str, Attempt]:
        return {attempt_id: self.tx.attempts.get(attempt_id) for attempt_id in self.ids}

    def do(self, step: Step) -> bool:
        """Carry a step out; False when it was refused."""
        try:
            with self.tx.connection.begin_nested():
                ACTIONS[step.action](self, step)
        except StoreError:
            return False
        return True


@dataclass(frozen=True)
class Step:
    action: str
    owner: str
    attempt: int


def _take_lease(world: World, step: Step) -> None:
    # Time passes, so that whoever asks gets the lease.
    world.now += LEASE
    epoch = world.tx.rule_runs.take_lease("engine", step.owner, world.now, world.now + LEASE)
    assert epoch is not None
    world.epochs[step.owner] = epoch


def _close(state: AttemptState) -> Callable[[World, Step], None]:
    def close(world: World, step: Step) -> None:
        epoch = world.epochs.get(step.owner, 0)
        world.tx.attempts.close(world.ids[step.attempt], epoch, state, world.now, "result", None)

    return close


def _claim(world: World, step: Step) -> None:
    epoch, until = world.epochs.get(step.owner, 0), world.now + LEASE
    world.tx.attempts.claim_due(step.owner, epoch, world.now, step.attempt + 1, until)


def _placing(world: World, step: Step) -> None:
    world.tx.attempts.placing(world.ids[step.attempt], world.epochs.get(step.owner, 0), world.now)


def _in_progress(world: World, step: Step) -> None:
    world.tx.attempts.in_progress(world.ids[step.attempt], world.epochs.get(step.owner, 0), world.now)


def _release(world: World, step: Step) -> None:
    epoch = world.epochs.get(step.owner, 0)
    world.tx.attempts.release(world.ids[step.attempt], epoch, world.now, "released")


def _take_over(world: World, step: Step) -> None:
    world.tx.attempts.take_over(step.owner, world.epochs.get(step.owner, 0))


def _release_expired(world: World, step: Step) -> None:
    world.now += LEASE + timedelta(seconds=1)
    world.tx.attempts.release_expired_claims(world.now)


def _cancel_ready(world: World, step: Step) -> None:
    world.tx.attempts.cancel_ready("alert2", world.now, "settled")


OWNED: dict[str, Callable[[World, Step], None]] = {
    "claim": _claim,
    "placing": _placing,
    "in_progress": _in_progress,
    "release": _release,
    "take_over": _take_over,
    **{f"close_{state}": _close(state) for state in AttemptState},
}
ACTIONS = OWNED | {
    "take_lease": _take_lease,
    "release_expired": _release_expired,
    "cancel_ready": _cancel_ready,
}
# The way to a call, more often than the rest, so that histories get long.
COMMON = ["take_lease", "claim", "placing", "in_progress"]
STEPS = st.builds(
    Step,
    st.one_of(st.sampled_from(COMMON), st.sampled_from(sorted(ACTIONS))),
    st.sampled_from(OWNERS),
    st.integers(0, 2),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=5, max_size=30))
def test_no_sequence_of_operations_breaks_the_ledger(engine: sa.Engine, steps: list[Step]) -> None:
    with engine.connect() as connection, connection.begin() as transaction:
        world = World(SqlTransaction(connection))
        world.fill()
        for step in steps:
            before = world.rows()
            done = world.do(step)
            after = world.rows()
            _check_step(world, step, before, after, done=done)
        transaction.rollback()


def _check_step(
    world: World, step: Step, before: dict[str, Attempt], after: dict[str, Attempt], *, done: bool
) -> None:
    if not done:
        assert after == before
    for attempt_id, was in before.items():
        now = after[attempt_id]
        assert now.state == was.state or now.state in TRANSITIONS[was.state]
        if now != was and step.action in OWNED and was.state is not AttemptState.READY:
            epoch = world.epochs[step.owner]
            assert was.epoch == epoch or (step.action == "take_over" and was.epoch < epoch)
    live = [attempt for attempt in after.values() if attempt.state in LIVE]
    assert all(times == 1 for times in Counter(attempt.customer_id for attempt in live).values())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=12), tried=st.lists(st.sampled_from(sorted(OWNED)), min_size=1))
def test_a_fenced_owner_changes_nothing(engine: sa.Engine, steps: list[Step], tried: list[str]) -> None:
    with engine.connect() as connection, connection.begin() as transaction:
        world = World(SqlTransaction(connection))
        world.fill()
        for step in [Step("take_lease", "old", 0), Step("claim", "old", 2), *steps]:
            world.do(step)
        world.do(Step("take_lease", "new", 0))
        before = world.rows()
        for action in tried:
            for attempt in range(3):
                world.do(Step(action, "old", attempt))
        after = world.rows()
        transaction.rollback()
    assert after == before


def test_the_refusal_of_a_fenced_owner_says_fenced(tx: SqlTransaction) -> None:
    world = World(tx)
    world.fill()
    assert world.do(Step("take_lease", "old", 0))
    assert world.do(Step("claim", "old", 2))
    assert world.do(Step("take_lease", "new", 0))
    for action in ("placing", "in_progress", "close_closed", "release", "claim", "take_over"):
        try:
            ACTIONS[action](world, Step(action, "old", 0))
        except FencedError:
            continue
        raise AssertionError(f"{action} was not refused as fenced")
