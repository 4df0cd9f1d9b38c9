"""The database: work is handed in as a function of a Transaction.

So a database can run many of them under one commit. The function runs in a database thread: it must not wait
for anything and may be run again after a conflict, so it has no effect but on the transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from ivr.engine.ports.account_events import AccountEvents
from ivr.engine.ports.agent_dispositions import AgentDispositions
from ivr.engine.ports.alert_choices import AlertChoices
from ivr.engine.ports.alerts import Alerts
from ivr.engine.ports.attempts import Attempts
from ivr.engine.ports.authorisations import Authorisations
from ivr.engine.ports.caller_blocks import CallerBlocks
from ivr.engine.ports.calls import Calls
from ivr.engine.ports.content_versions import ContentVersions
from ivr.engine.ports.controls import Controls
from ivr.engine.ports.customers import Customers
from ivr.engine.ports.desk_agents import DeskAgents
from ivr.engine.ports.factors import Factors
from ivr.engine.ports.holds import Holds
from ivr.engine.ports.invitations import Invitations
from ivr.engine.ports.link_payments import LinkPayments
from ivr.engine.ports.lockouts import Lockouts
from ivr.engine.ports.messages import Messages
from ivr.engine.ports.outcomes import Outcomes
from ivr.engine.ports.payments import Payments
from ivr.engine.ports.promises import Promises
from ivr.engine.ports.recordings import KeptRecordings
from ivr.engine.ports.rule_runs import RuleRuns
from ivr.engine.ports.surveys import Surveys

T = TypeVar("T")


class Transaction(Protocol):
    """One atomic piece of work on the store."""

    @property
    def customers(self) -> Customers: ...
    @property
    def factors(self) -> Factors: ...
    @property
    def desk_agents(self) -> DeskAgents: ...
    @property
    def alerts(self) -> Alerts: ...
    @property
    def attempts(self) -> Attempts: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def outcomes(self) -> Outcomes: ...
    @property
    def payments(self) -> Payments: ...
    @property
    def promises(self) -> Promises: ...
    @property
    def holds(self) -> Holds: ...
    @property
    def account_events(self) -> AccountEvents: ...
    @property
    def rule_runs(self) -> RuleRuns: ...
    @property
    def controls(self) -> Controls: ...
    @property
    def content(self) -> ContentVersions: ...
    @property
    def lockouts(self) -> Lockouts: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def agent_dispositions(self) -> AgentDispositions: ...
    @property
    def recordings(self) -> KeptRecordings: ...
    @property
    def authorisations(self) -> Authorisations: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def surveys(self) -> Surveys: ...
    @property
    def caller_blocks(self) -> CallerBlocks: ...
    @property
    def link_payments(self) -> LinkPayments: ...
    @property
    def alert_choices(self) -> AlertChoices: ...


class Store(Protocol):
    """The database."""

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction that is on disk when this returns."""
        ...

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work`, which only reads, on a connection that can't write."""
        ...
