import pytest

from ivr.errors import ContentError
from tests.unit.flows.rehearsal import flow_of, for_anyone

CATALOGUE = for_anyone("hello")
NODES = "hello: {type: hangup, prompt: hello}\n"


@pytest.mark.parametrize(
    ("manners", "complaint"),
    [
        ("terminator: 5", "terminator 5 is a digit itself; use # or *"),
        ("terminator: '*'", r"\* can't both end and begin anew; change one of the two"),
        ("repeat: '*'", r"\* can't be both restart and repeat; give `restart:` another key, or null"),
        ("repeat: '#'", "# can't be both terminator and repeat"),
        ("slower: {key: '#', prompt: hello}", "# can't be both terminator and slower"),
        ("repeat: 8, slower: {key: 8, prompt: hello}", "8 can't be both repeat and slower"),
    ],
)
def test_a_key_has_one_meaning(manners: str, complaint: str) -> None:
    with pytest.raises(ContentError, match=complaint):
        flow_of(NODES, CATALOGUE, f"manners: {{{manners}}}")


def test_without_a_word_hash_ends_and_star_begins_anew() -> None:
    manners = flow_of(NODES, CATALOGUE).manners
    assert (manners.terminator, manners.restart, manners.repeat) == ("#", "*", None)
