"""What the use cases need of the world. Adapters fill these; tests may stand in for them."""

from ivr.engine.ports.account_events import AccountEvents
from ivr.engine.ports.agent_dispositions import AgentDispositions, ToldDisposition
from ivr.engine.ports.alert_choices import AlertChoices, NewAlertChoice
from ivr.engine.ports.alerts import Alerts
from ivr.engine.ports.attempts import Attempts
from ivr.engine.ports.authorisations import Authorisations
from ivr.engine.ports.caller_blocks import CallerBlocks
from ivr.engine.ports.calls import Calls, CallStep, NewCall
from ivr.engine.ports.content_versions import ContentVersions
from ivr.engine.ports.controls import Controls
from ivr.engine.ports.customers import Choice, CustomerRecord, Customers
from ivr.engine.ports.factors import Factors
from ivr.engine.ports.holds import Holds
from ivr.engine.ports.invitations import Invitations
from ivr.engine.ports.link_payments import LinkPayment, LinkPayments
from ivr.engine.ports.lockouts import Lockouts
from ivr.engine.ports.messages import Messages
from ivr.engine.ports.outcomes import OutboxEntry, Outcome, Outcomes
from ivr.engine.ports.payments import Payments
from ivr.engine.ports.promises import Promises
from ivr.engine.ports.recordings import KeptRecordings
from ivr.engine.ports.rule_runs import RuleRuns
from ivr.engine.ports.store import Store, Transaction

__all__ = [
    "AccountEvents",
    "AgentDispositions",
    "AlertChoices",
    "Alerts",
    "Attempts",
    "Authorisations",
    "CallStep",
    "CallerBlocks",
    "Calls",
    "Choice",
    "ContentVersions",
    "Controls",
    "CustomerRecord",
    "Customers",
    "Factors",
    "Holds",
    "Invitations",
    "KeptRecordings",
    "LinkPayment",
    "LinkPayments",
    "Lockouts",
    "Messages",
    "NewAlertChoice",
    "NewCall",
    "OutboxEntry",
    "Outcome",
    "Outcomes",
    "Payments",
    "Promises",
    "RuleRuns",
    "Store",
    "ToldDisposition",
    "Transaction",
]
