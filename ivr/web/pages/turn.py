"""One request for a page: whose link, in which words, and what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from types import MappingProxyType

from fastapi.responses import Response

from ivr.engine.answer_link import LinkAnswer, answer_link
from ivr.engine.content import Content
from ivr.engine.leave_alone import leave_alone
from ivr.engine.link_offer import Offer, company_of_link, open_variables
from ivr.engine.open_link import OpenedLink
from ivr.messages.page_words import PageWords
from ivr.outcomes.response import Response as Meant
from ivr.web.pages.desk import PageDesk
from ivr.web.pages.render import held_together, page
from ivr.web.pages.visit import Visit

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Turn:
    """One request."""

    desk: PageDesk
    content: Content
    words: PageWords
    opened: OpenedLink
    visit: Visit
    now: datetime
    token: str = field(repr=False)
    """Of the link: a key, which no log may hold."""
    form: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What was sent; secrets may be among it."""
    offer: Offer | None = None
    """Of a customer's link."""

    @property
    def may_know(self) -> bool:
        """Whether the reader may be told what it is about."""
        return self.offer is not None and self.visit.tier >= self.offer.needs

    def say(self, word: str, brought: Mapping[str, object] = _NOTHING) -> str:
        """Return a word of the page, which can repeat what an answer brought."""
        return held_together(self.words.say(word, {**self._variables, "values": brought}))

    def show(
        self, template: str, status: HTTPStatus = HTTPStatus.OK, visit: Visit | None = None, **more: object
    ) -> Response:
        """Return a page, which carries the visit on."""
        sealed = self.desk.seals.seal(visit or self.visit)
        everything = {"page": sealed, "notice": None, **more}
        company = company_of_link(self.content, self.opened)
        pages = self.desk.world.hosted_pages
        sends_to = None if pages is None else pages.pages_at
        return page(template, self.words, company, self._variables, everything, status, sends_to=sends_to)

    def tell(
        self, word: str, status: HTTPStatus = HTTPStatus.OK, brought: Mapping[str, object] = _NOTHING
    ) -> Response:
        """Return a page that says one thing, after which nothing is left to be done."""
        return self.show("told", status, told=self.say(word, brought), is_done=status is HTTPStatus.OK)

    async def keep(self, meant: Meant, details: Mapping[str, object] | None = None) -> bool:
        """Keep what the reader answers; False when nothing was: the matter was settled before."""
        alert, message, answer_id = self.opened.alert, self.opened.message, f"{self.visit.id}/{meant}"
        world, contents = self.desk.world, self.desk.contents
        if alert is None:
            return await world.store.write(lambda tx: leave_alone(tx, message, meant, answer_id, self.now))
        answer = LinkAnswer(
            id=answer_id,
            message=message,
            alert_id=alert.id,
            response=meant,
            words=self.words.version,
            began_at=self.visit.began_at,
            proof=self.visit.proof,
            details=details or {},
        )
        return await world.store.write(lambda tx: answer_link(tx, world, contents, answer, self.now))

    @property
    def _variables(self) -> Mapping[str, object]:
        if self.may_know and self.offer is not None and self.offer.details:
            return self.offer.details
        return open_variables(self.content, self.opened, self.now)
