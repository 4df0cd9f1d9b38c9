"""Fixtures of the acceptance tests: both Asterisks, a town of people, and their telephones."""

from tests.acceptance.phone import phone_book
from tests.asterisk_pair import asterisk_pair, inbound_app, ivr_home, place, prompt_listener, town, town_log

__all__ = [
    "asterisk_pair",
    "inbound_app",
    "ivr_home",
    "phone_book",
    "place",
    "prompt_listener",
    "town",
    "town_log",
]
