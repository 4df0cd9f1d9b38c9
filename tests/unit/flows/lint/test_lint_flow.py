from ivr.errors import Problem
from ivr.flows.lint.lint_flow import unreadable
from tests.unit.flows.lint.linting import linted, only


def test_fields_that_do_not_fit_are_told_alone() -> None:
    assert "nodes.hello" in only("F001", linted("hello: {type: sing}\nlost: {type: hangup}"))


def test_warnings_wait_until_no_error_is_left() -> None:
    found = linted("lost: {type: hangup}\nhello: {type: menu, prompt: hello, keys: {1: done}}")
    assert {finding.code for finding in found} == {"F102"}


def test_findings_come_by_line() -> None:
    lines = [finding.problem.line for finding in linted("done: {type: hangup}", "languages: [en, es]")]
    assert lines == sorted(lines, key=lambda line: line or 0)


def test_what_can_not_be_read_is_an_error() -> None:
    (finding,) = unreadable([Problem("a.yaml", 1, "", "this is no YAML", "mend it")])
    assert (finding.code, finding.severity) == ("F001", "error")
