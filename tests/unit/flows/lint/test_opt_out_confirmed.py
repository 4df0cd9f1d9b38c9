from ivr.flows.compliance import Profile, Source
from tests.unit.flows.lint.linting import NODES, linted, only

CONFIRMED = NODES.replace(
    "prompt: opted-out", "prompt: opted-out, confirm: {prompt: again, otherwise: hello}"
)
ASKS = Profile(
    name="asks", opt_out_confirmed=Source(section="1 X 2", date="2026-01-01", review="Is it allowed?")
)


def test_a_second_key_that_no_profile_asks_for_is_refused() -> None:
    found = only("F116", linted(CONFIRMED))
    assert "nodes.opt-out.confirm: it asks for a second key, and no profile does" in found


def test_at_once_is_refused_where_the_profile_asks_for_a_second_key() -> None:
    found = only("F116", linted(head="profile: asks", own_profile=ASKS))
    assert "nodes.opt-out: it counts at once, and the profile asks for a second key (1 X 2)" in found


def test_each_as_the_profile_has_it_is_fine() -> None:
    assert linted() == ()
    assert linted(CONFIRMED, "profile: asks", own_profile=ASKS) == ()
