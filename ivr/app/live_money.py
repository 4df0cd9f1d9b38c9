"""Real money moves for real people only: no live key of the payment provider's before the go-live."""

from __future__ import annotations

from ivr.app.gateway import read_key
from ivr.errors import Problem, UsageError
from ivr.gateways.live_key import is_live_key
from ivr.settings import Settings, setting_problem
from ivr.switch.trunk import SIMULATED_TRUNK

_PATH = ("payments", "key_file")


def live_money_problem(settings: Settings, *, is_live: bool) -> Problem | None:
    """Return what is wrong with a key that moves money while calls go to people who are simulated, or listed.

    Raises ContentError for a key that can't be used at all.
    """
    key = read_key(settings)
    if key is None or not is_live_key(key):
        return None
    if not is_live:
        wrong = "it is a live key, which charges real cards, and this installation is not live yet"
        right = "put a test key there (sk_test_… or rk_test_…) until you have said `ivr go-live`"
        return setting_problem(settings, _PATH, wrong, right)
    if settings.asterisk.ari_url is None and settings.dialing.trunk == SIMULATED_TRUNK:
        wrong = "it is a live key, which charges real cards, and calls go to the simulated telephone network"
        right = "put a test key there, or name a trunk of yours in [dialing] trunk"
        return setting_problem(settings, _PATH, wrong, right)
    return None


def refuse_live_money(settings: Settings, *, is_live: bool) -> None:
    """Raise UsageError where live_money_problem has something to say."""
    if (problem := live_money_problem(settings, is_live=is_live)) is not None:
        raise UsageError(f"[payments] key_file: {problem.wrong}; {problem.right}")
