"""Names of people as records have them (`JANE  O'NEIL`), made fit for wording."""

from __future__ import annotations

import re

_PART = re.compile(r"[^\W\d_]+")


def with_capitals(name: str) -> str:
    """Return `name` with single spaces, capitalised where it was stored in one case only.

    A name in mixed case (`de la Cruz`, `McDonald`) was written by somebody who cared: it stays as it is.
    """
    name = " ".join(name.split())
    if name.isupper() or name.islower():
        return _PART.sub(lambda part: part.group().capitalize(), name)
    return name
