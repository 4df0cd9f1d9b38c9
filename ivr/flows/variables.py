"""The values that prompts and conditions speak of.

Namespaces that the host gives: `company` (name, phone), `customer` (name, first_name, language),
`account` (id, kind, balance, amount_due, due_on), `alert` (topic) and `payment_method` (id, kind, ending;
None without one). The session adds `result` (values of the last effect) and `gathered` (keyed values,
never a secret). Each namespace is a mapping.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import StringConstraints

Variables = Mapping[str, object]
"""Namespaces by name."""

VARIABLE_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"
VariablePath = Annotated[str, StringConstraints(pattern=VARIABLE_PATTERN)]
"""A dotted path: `account.amount_due`."""

VARIABLE_NAME = re.compile(r"^[a-z][a-z0-9_]*$")


def look_up(variables: Variables, path: str) -> object:
    """Return the value at a dotted path, or None when anything on the way is missing."""
    value: object = variables
    for part in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value
