from ivr.flows.lint.checks import ERRORS, ERRORS_ACROSS, WARNINGS
from ivr.flows.lint.finding import Severity
from tests.unit.flows.lint.linting import ROOT, codes

FOLDER = ROOT / "tests" / "unit" / "flows" / "lint"


def test_no_code_is_used_twice_and_they_are_in_order() -> None:
    codes = [[check.code for check in checks] for checks in (ERRORS, ERRORS_ACROSS, WARNINGS)]
    assert [sorted(each) for each in codes] == codes
    assert len({code for each in codes for code in each}) == sum(map(len, codes))


def test_each_tuple_holds_its_own_severity() -> None:
    assert {check.severity for check in (*ERRORS, *ERRORS_ACROSS)} == {Severity.ERROR}
    assert {check.severity for check in WARNINGS} == {Severity.WARNING}


def test_every_check_has_a_test_that_provokes_only_it() -> None:
    for check in (*ERRORS, *ERRORS_ACROSS, *WARNINGS):
        file = FOLDER / f"test_{check.find.__module__.rpartition('.')[2]}.py"
        assert f'only("{check.code}"' in file.read_text(encoding="utf-8").replace('\n        "', '"')


def test_a_flow_with_nothing_to_mend_is_told_of_nothing() -> None:
    assert codes() == set()
