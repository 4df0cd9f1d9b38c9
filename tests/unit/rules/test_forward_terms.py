import pytest
from pydantic import ValidationError

from ivr.rules.forward_terms import ForwardTerms

WRITTEN = {"flow": "forwarded", "retry": "forwarded"}


def test_three_a_day_unless_written_otherwise() -> None:
    assert ForwardTerms.model_validate(WRITTEN).per_day == 3
    assert ForwardTerms.model_validate({**WRITTEN, "per_day": 1}).per_day == 1


@pytest.mark.parametrize(
    "wrong", [{"per_day": 0}, {"per_day": 51}, {"flow": "Not a name"}, {"retry": ""}, {"by": "call"}]
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ForwardTerms.model_validate({**WRITTEN, **wrong})
