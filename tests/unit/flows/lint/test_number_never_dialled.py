import pytest

from tests.unit.flows.lint.linting import codes, linted, only

OUT = "hello: {type: transfer, PLACE, done: done, no_agent: menu, failed: menu}\n"
MENU = "menu: {type: menu, prompt: hello, keys: {1: done}}"


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ('number: "+19005550100"', "number"),
        ('ivr: {number: "+881612345678", reference: call.number}', "ivr.number"),
    ],
)
def test_a_transfer_to_what_nobody_may_dial_is_found(place: str, field: str) -> None:
    found = only("F145", linted(OUT.replace("PLACE", place) + MENU))
    assert f"nodes.hello.{field}: +" in found
    assert "is never dialled: it is a" in found


@pytest.mark.parametrize("place", ['number: "+12025550177"', "queue: desk"])
def test_others_are_not(place: str) -> None:
    assert "F145" not in codes(OUT.replace("PLACE", place) + MENU)
