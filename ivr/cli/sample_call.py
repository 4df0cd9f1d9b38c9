"""A call in the terminal: a flow, led by its session, with the sample customer on the line."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.app.content import company_of
from ivr.errors import UsageError
from ivr.flows.session import Session
from ivr.flows.variables import Variables
from ivr.settings import Settings
from ivr.sources.flow_folder import FlowInUse


def session_for(settings: Settings, found: FlowInUse, own: Variables, language: str | None) -> Session:
    """Return the session of a flow for a customer, in their language unless another is named.

    Raises UsageError for a language that the flow does not serve.
    """
    flow, company = found.flow, company_of(settings)
    if language is not None and language not in flow.languages:
        raise UsageError(f"{flow.name} does not serve {language!r}; it serves {', '.join(flow.languages)}.")
    told = {"name": company.name, "phone": company.phone, "region": company.region}
    variables = {**own, "company": told}
    return Session(flow, found.catalogue, variables, language or _language(own), found.flows)


def _language(variables: Mapping[str, object]) -> str:
    customer = variables.get("customer")
    return str(customer.get("language")) if isinstance(customer, Mapping) else ""
