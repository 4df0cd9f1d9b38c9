"""Who or what picked up."""

from enum import StrEnum


class AnsweredBy(StrEnum):
    """The best verdict on the answering party; a verdict is never an acknowledgement."""

    HUMAN = "human"
    MACHINE = "machine"
    SCREENER = "screener"
    AUTO_ATTENDANT = "auto_attendant"
    NETWORK_ANNOUNCEMENT = "network_announcement"
    FAX = "fax"
    UNKNOWN = "unknown"
