"""Settings: every mistake with its place, the environment above the file, the package below both."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.errors import ContentError, Problem
from ivr.settings import load_settings, setting_problem

SHIPPED = Path(__file__).parents[2] / "config/ivr.toml"


def problems_of(text: str, folder: Path, environment: dict[str, str] | None = None) -> tuple[Problem, ...]:
    file = folder / "ivr.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_settings(file, environment or {})
    return caught.value.problems


def test_the_shipped_settings_can_be_used() -> None:
    assert load_settings(SHIPPED, {}).dialing.trunk == "carrier"


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    text = '[company]\nphone = "12"\n\n[dialing]\nmax_calls = 0\nspeed = 3\n'
    found = {(problem.line, problem.field) for problem in problems_of(text, tmp_path)}
    assert found == {(2, "company.phone"), (5, "dialing.max_calls"), (6, "dialing.speed")}


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    [problem] = problems_of("[company\n", tmp_path)
    assert (problem.line, "no TOML" in problem.wrong) == (1, True)


def test_a_bad_value_of_the_environment_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    [problem] = problems_of("[dialing]\nmax_calls = 5\n", tmp_path, {"IVR_DIALING__MAX_CALLS": "many"})
    assert (problem.file, problem.field) == ("the environment", "IVR_DIALING__MAX_CALLS")


def test_the_environment_wins_over_the_file_and_flags_over_both(tmp_path: Path) -> None:
    file = tmp_path / "ivr.toml"
    file.write_text("[dialing]\nmax_calls = 5\n", encoding="utf-8")
    environment = {"IVR_DIALING__MAX_CALLS": "6"}
    assert load_settings(file, environment).dialing.max_calls == 6
    assert load_settings(file, environment, {"dialing": {"max_calls": 7}}).dialing.max_calls == 7


def test_where_no_content_lies_the_packages_own_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings(None, {})
    assert (settings.content_folder(settings.content.flows) / "payment-overdue.yaml").is_file()


def test_content_of_ones_own_goes_before_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dialplans/flows").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    settings = load_settings(None, {})
    assert settings.content_folder(settings.content.flows) == tmp_path / "dialplans/flows"


INBOUND = """
[[inbound]]
number = "+1 800 555 0100"
flow = "front-desk"

[[inbound]]
number = "*77"
flow = "studio"
"""


def test_callers_dial_numbers_and_short_codes(tmp_path: Path) -> None:
    file = tmp_path / "ivr.toml"
    file.write_text(INBOUND, encoding="utf-8")
    assert [line.number for line in load_settings(file, {}).inbound] == ["+18005550100", "*77"]


@pytest.mark.parametrize("number", ["1", "*7", "*77#", "abc"])
def test_what_nobody_can_dial_is_told_with_its_line(tmp_path: Path, number: str) -> None:
    [problem] = problems_of(INBOUND.replace("*77", number), tmp_path)
    assert (problem.line, problem.field) == (7, "inbound.1.number")


def test_a_number_leads_to_one_flow(tmp_path: Path) -> None:
    [problem] = problems_of(INBOUND.replace("*77", "+18005550100"), tmp_path)
    assert (problem.field, problem.wrong) == ("inbound", "+18005550100 leads to two flows")


def test_nobody_who_wants_help_gets_a_flow(tmp_path: Path) -> None:
    [problem] = problems_of(INBOUND.replace("*77", "911"), tmp_path)
    assert (problem.field, problem.wrong) == ("inbound", "911 is an emergency number")


def test_a_setting_that_does_not_fit_the_rest_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "ivr.toml"
    file.write_text(INBOUND, encoding="utf-8")
    problem = setting_problem(load_settings(file, {}), ("inbound", "1", "flow"), "no", "yes")
    assert (problem.file, problem.line, problem.field) == (str(file), 8, "inbound.1.flow")
    assert setting_problem(load_settings(None, {}), ("home",), "no", "yes").line is None
