"""A visit: what a page carries back to us in a hidden field, sealed, so that nobody can write one.

It says for which link it was made, how sure we are of the reader, and since when. Sealed with a key that
lives in this process: after a restart a page that is open begins anew.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from ivr.flows.factor import Factor
from ivr.prompts.content_tier import ContentTier

GOOD_FOR = timedelta(minutes=30)
"""So long a page may be open: then it is shown anew."""
_SEAL = 32
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One reader's way through the pages of one link."""

    id: str
    """Random; what is answered twice on one page is one answer."""
    link_id: str
    began_at: datetime
    tier: ContentTier = ContentTier.ANYONE
    proof: Factor | None = None
    """What they have proved to know."""
    due_minor: int | None = None
    """What the page said is due."""

    def knowing(self, tier: ContentTier, proof: Factor | None = None) -> Visit:
        """Return it with a reader of whom we are surer."""
        return replace(self, tier=tier, proof=proof)

    def telling(self, due_minor: int | None) -> Visit:
        """Return it for a page that says that so much is due."""
        return replace(self, due_minor=due_minor)


def new_visit(link_id: str, now: datetime) -> Visit:
    """Return the visit of somebody of whom nothing is known."""
    return Visit(secrets.token_hex(16), link_id, now.replace(microsecond=0))


class Seals:
    """Seals visits, and knows its own seals."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def seal(self, visit: Visit) -> str:
        """Return a visit as the text of a hidden field."""
        fields = {**asdict(visit), "began_at": int(visit.began_at.timestamp())}
        body = json.dumps(fields, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(self._sealed(body) + body).decode()

    def open(self, text: str, link_id: str, now: datetime) -> Visit | None:
        """Return the visit of a link; None for what we did not seal, for another link's, and an old one."""
        try:
            raw = base64.urlsafe_b64decode(text.encode())
        except (ValueError, binascii.Error):
            return None
        seal, body = raw[:_SEAL], raw[_SEAL:]
        if not hmac.compare_digest(seal, self._sealed(body)):
            return None
        visit = _visit_of(json.loads(body))
        return visit if visit.link_id == link_id and now - visit.began_at < GOOD_FOR else None

    def _sealed(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, hashlib.sha256)


def _visit_of(fields: dict[str, object]) -> Visit:
    proof, due = fields["proof"], fields["due_minor"]
    return Visit(
        id=str(fields["id"]),
        link_id=str(fields["link_id"]),
        began_at=datetime.fromtimestamp(int(str(fields["began_at"])), UTC),
        tier=ContentTier(int(str(fields["tier"]))),
        proof=None if proof is None else Factor(str(proof)),
        due_minor=None if due is None else int(str(due)),
    )
