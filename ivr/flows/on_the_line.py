"""Who is on the line of one call: the one truth of it, kept with the session's state.

Effects, outcomes, the story of a call and what agents say of it read it; it is changed by the session alone,
in `Draft.learn` and `Draft.bring`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ivr.flows.factor import Factor
from ivr.flows.variables import Variables, look_up
from ivr.prompts.content_tier import ContentTier


@dataclass(frozen=True, slots=True)
class Party:
    """A customer, and what a call with them is about, as far as that is known."""

    customer_id: str
    account_id: str | None = None
    alert_id: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class OnTheLine:
    """Who it may be, who has proved to be whom, and which matter is open."""

    number: str | None = None
    """At the other end, E.164; None where it is withheld."""
    at_first: Party | None = None
    """Whom the call began with: whom we called and about what, or the one customer who has the number that
    called, which is a hint and never a proof. None for a caller whom nobody knows, and for a third party to
    whom a customer passed an alert on."""
    led_to: Party | None = None
    """Whom a reference or an opened matter has led to since; None: nobody else."""
    tier: ContentTier = ContentTier.ANYONE
    """How sure we are that it is `meant` who listens."""
    proven: tuple[Factor, ...] = ()
    """What they have proved to know, in this order."""

    @property
    def meant(self) -> Party | None:
        """Whom the talk is about by now: whoever it is has to prove to be them."""
        return self.led_to or self.at_first

    @property
    def acts_for(self) -> Party | None:
        """For whom the call may do something.

        Whom a reference has led to counts once the person has proved to be them. Until then whoever the call
        began with does: a reference that somebody found is no proof.
        """
        return self.meant if self.tier >= ContentTier.VERIFIED else self.at_first

    @property
    def known(self) -> Party | None:
        """Whom a person at the desk, or who calls back, may take the person on the line for.

        Nobody while the talk is about somebody other than it began with and they have not proved to be them:
        neither of the two is known to be there.
        """
        first, meant = self.at_first, self.meant
        is_same = first is not None and meant is not None and first.customer_id == meant.customer_id
        return self.acts_for if is_same or self.tier >= ContentTier.VERIFIED else None

    @property
    def is_proved(self) -> bool:
        """Whether the person has proved to be whom the call acts for."""
        return self.acts_for is not None and self.tier is ContentTier.VERIFIED

    def surer(self, tier: ContentTier, factor: Factor | None = None) -> OnTheLine:
        """Return it once we are as sure as `tier`, by what the person has proved to know."""
        proven = self.proven if factor is None or factor in self.proven else (*self.proven, factor)
        return replace(self, tier=max(self.tier, tier), proven=proven)

    def led(self, party: Party) -> OnTheLine:
        """Return it once the talk is about `party`: of somebody else nothing is proved."""
        if self.is_about(party.customer_id):
            return replace(self, led_to=party)
        return replace(self, led_to=party, tier=ContentTier.ANYONE, proven=())

    def is_about(self, customer_id: str) -> bool:
        """Whether the talk is about this customer already; a number alone says of nobody that it is."""
        return self.meant is not None and self.meant.customer_id == customer_id


def told_by(given: Variables) -> OnTheLine:
    """Return who is on the line as a call begins, by what its flow was given to speak of."""
    number = look_up(given, "call.number")
    return OnTheLine(number if isinstance(number, str) else None, party_in(given))


def party_in(values: Mapping[str, object]) -> Party | None:
    """Return whom namespaces that a flow can speak of are about; None: nobody."""
    customer_id, *about = (
        value if isinstance(value := look_up(values, path), str) else None
        for path in ("customer.id", "account.id", "alert.id", "alert.topic")
    )
    return None if customer_id is None else Party(customer_id, *about)
