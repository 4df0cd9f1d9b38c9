"""Works that wait together share one commit, and share its failure."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.errors import StoreError
from ivr.store.database import create_writing_engine, parse_database_url
from ivr.store.group_commit import BATCH_WORKS, GroupCommitWriter
from ivr.store.job import Job
from ivr.store.transaction import SqlTransaction


class Database:
    """A file with one table, a writer on it, and a count of its commits."""

    def __init__(self, path: Path) -> None:
        self.engine = create_writing_engine(parse_database_url(f"sqlite:///{path}"))
        self.commits = 0
        with self.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE t (n INTEGER PRIMARY KEY REFERENCES t (n))")
        sa.event.listen(self.engine, "commit", self._count)
        self.writer = GroupCommitWriter(self.engine)

    def _count(self, _connection: sa.Connection) -> None:
        self.commits += 1

    def rows(self) -> list[int]:
        with self.engine.begin() as connection:
            return list(connection.exec_driver_sql("SELECT n FROM t ORDER BY n").scalars())

    def hold(self) -> threading.Event:
        """Keep the writer busy until the event is set, so that a queue builds up behind it."""
        begun, go_on = threading.Event(), threading.Event()

        def wait(_tx: SqlTransaction) -> None:
            begun.set()
            assert go_on.wait(10)

        self.writer.submit(Job(wait))
        assert begun.wait(10)
        return go_on

    def submit_all(self, jobs: list[Job]) -> None:
        for job in jobs:
            self.writer.submit(job)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "t.db")
    yield opened
    opened.writer.close()
    opened.engine.dispose()


def insert(number: int) -> Job:
    def work(tx: SqlTransaction) -> int:
        tx.connection.exec_driver_sql("INSERT INTO t VALUES (?)", (number,))
        return number

    return Job(work)


def fail_after_insert(number: int) -> Job:
    def work(tx: SqlTransaction) -> None:
        tx.connection.exec_driver_sql("INSERT INTO t VALUES (?)", (number,))
        raise KeyError(number)

    return Job(work)


def break_the_commit() -> Job:
    """Return work that succeeds by itself, and makes the commit it is part of fail."""

    def work(tx: SqlTransaction) -> None:
        tx.connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        tx.connection.exec_driver_sql("DELETE FROM t")
        tx.connection.exec_driver_sql("UPDATE t SET n = n")
        tx.connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS u (n INTEGER REFERENCES t (n))")
        tx.connection.exec_driver_sql("INSERT INTO u VALUES (999)")

    return Job(work)


def test_works_that_waited_share_few_commits(database: Database) -> None:
    go_on = database.hold()
    jobs = [insert(number) for number in range(3 * BATCH_WORKS)]
    database.submit_all(jobs)
    before = database.commits
    go_on.set()
    assert [job.future.result(10) for job in jobs] == list(range(3 * BATCH_WORKS))
    assert database.rows() == list(range(3 * BATCH_WORKS))
    # However slow the machine: a batch ends by its time, never before its first work.
    assert database.commits - before < 3 * BATCH_WORKS


def test_nobody_has_a_result_before_the_commit(database: Database) -> None:
    go_on = database.hold()
    first, last = insert(1), insert(2)
    resolved_at: list[int] = []
    first.future.add_done_callback(lambda _f: resolved_at.append(database.commits))
    before = database.commits
    database.submit_all([first, last])
    go_on.set()
    last.future.result(10)
    assert resolved_at[0] > before


def test_a_work_that_raises_is_undone_alone(database: Database) -> None:
    go_on = database.hold()
    jobs = [insert(1), fail_after_insert(2), insert(3)]
    database.submit_all(jobs)
    go_on.set()
    assert isinstance(jobs[1].future.exception(10), KeyError)
    assert (jobs[0].future.result(10), jobs[2].future.result(10)) == (1, 3)
    assert database.rows() == [1, 3]


def test_when_the_commit_fails_all_of_its_works_failed(database: Database) -> None:
    go_on = database.hold()
    jobs = [insert(1), break_the_commit(), insert(3)]
    database.submit_all(jobs)
    go_on.set()
    failures = [job.future.exception(10) for job in jobs]
    assert {type(failure) for failure in failures} == {StoreError}
    assert database.rows() == []


def test_the_writer_goes_on_after_a_failed_commit(database: Database) -> None:
    broken = break_the_commit()
    database.writer.submit(broken)
    assert isinstance(broken.future.exception(10), StoreError)
    after = insert(4)
    database.writer.submit(after)
    assert after.future.result(10) == 4


def test_when_sqlite_drops_the_transaction_nobody_is_told_that_it_was_kept(database: Database) -> None:
    # SQLite itself rolls everything back when the disk is full; so does this conflict clause.
    def drop_all(tx: SqlTransaction) -> None:
        tx.connection.exec_driver_sql("INSERT OR ROLLBACK INTO t VALUES (1)")

    go_on = database.hold()
    jobs = [insert(1), Job(drop_all), insert(3)]
    database.submit_all(jobs)
    go_on.set()
    failures = [job.future.exception(10) for job in jobs[:2]]
    assert {type(failure) for failure in failures} == {StoreError}
    assert jobs[2].future.result(10) == 3
    assert database.rows() == [3]


def test_works_are_done_in_the_order_in_which_they_came(database: Database) -> None:
    order: list[int] = []
    go_on = database.hold()

    def note(number: int, _tx: SqlTransaction) -> None:
        order.append(number)

    jobs = [Job(partial(note, number)) for number in range(200)]
    database.submit_all(jobs)
    go_on.set()
    jobs[-1].future.result(10)
    assert order == list(range(200))


def test_closing_finishes_the_queue(database: Database) -> None:
    go_on = database.hold()
    jobs = [insert(number) for number in range(10)]
    database.submit_all(jobs)
    closing = threading.Thread(target=database.writer.close)
    closing.start()
    go_on.set()
    closing.join(10)
    assert all(job.future.done() for job in jobs)
    # The fixture closes again, which must have a thread to tell.
    database.writer = GroupCommitWriter(database.engine)
