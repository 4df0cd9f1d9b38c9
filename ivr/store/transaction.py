"""One atomic piece of work on the database."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.store.account_events import SqlAccountEvents
from ivr.store.agent_dispositions import SqlAgentDispositions
from ivr.store.alert_choices import SqlAlertChoices
from ivr.store.alerts import SqlAlerts
from ivr.store.attempts import SqlAttempts
from ivr.store.authorisations import SqlAuthorisations
from ivr.store.caller_blocks import SqlCallerBlocks
from ivr.store.calls import SqlCalls
from ivr.store.content import SqlContent
from ivr.store.controls import SqlControls
from ivr.store.customers import SqlCustomers
from ivr.store.desk_agents import SqlDeskAgents
from ivr.store.factors import SqlFactors
from ivr.store.holds import SqlHolds
from ivr.store.invitations import SqlInvitations
from ivr.store.link_payments import SqlLinkPayments
from ivr.store.lockouts import SqlLockouts
from ivr.store.messages import SqlMessages
from ivr.store.outcomes import SqlOutcomes
from ivr.store.payments import SqlPayments
from ivr.store.promises import SqlPromises
from ivr.store.recordings import SqlRecordings
from ivr.store.rule_runs import SqlRuleRuns
from ivr.store.surveys import SqlSurveys


class SqlTransaction:
    """The parts of the store, all on one connection in one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        """For the other files of this package only."""
        self.customers = SqlCustomers(connection)
        self.factors = SqlFactors(connection)
        self.desk_agents = SqlDeskAgents(connection)
        self.alerts = SqlAlerts(connection)
        self.attempts = SqlAttempts(connection)
        self.calls = SqlCalls(connection)
        self.outcomes = SqlOutcomes(connection)
        self.payments = SqlPayments(connection)
        self.promises = SqlPromises(connection)
        self.holds = SqlHolds(connection)
        self.account_events = SqlAccountEvents(connection)
        self.rule_runs = SqlRuleRuns(connection)
        self.content = SqlContent(connection)
        self.controls = SqlControls(connection)
        self.lockouts = SqlLockouts(connection)
        self.messages = SqlMessages(connection)
        self.agent_dispositions = SqlAgentDispositions(connection)
        self.recordings = SqlRecordings(connection)
        self.authorisations = SqlAuthorisations(connection)
        self.invitations = SqlInvitations(connection)
        self.surveys = SqlSurveys(connection)
        self.caller_blocks = SqlCallerBlocks(connection)
        self.link_payments = SqlLinkPayments(connection)
        self.alert_choices = SqlAlertChoices(connection)
