"""What people write and can't use: file, line, what is wrong, what would be right; nothing changes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.conftest import Edit
from tests.asterisk_pair import REPOSITORY

HEADER = "customer_id,name,phone,account_id,kind,currency,amount_due,due_on"
GOOD_ROW = "C1,Maria Lopez,+12025550101,A1,card,USD,42.50,2025-11-03"


def ivr(home: Path, *arguments: str, **settings: Path) -> subprocess.CompletedProcess[str]:
    """Run the command with a data folder of its own; `settings` are content folders."""
    environment = {
        **os.environ,
        "IVR_HOME": str(home),
        "PYTHONPATH": str(REPOSITORY),
        **{f"IVR_CONTENT__{name.upper()}": str(folder) for name, folder in settings.items()},
    }
    command = [sys.executable, "-m", "ivr", "--config", str(REPOSITORY / "config/ivr.toml"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def customers_in(home: Path) -> str:
    """Return what the store counts, as the command tells it."""
    return ivr(home, "status", "--json").stdout


def test_the_shipped_content_is_usable(tmp_path: Path) -> None:
    checked = ivr(tmp_path, "check")
    assert checked.returncode == 0, checked.stderr
    assert "All is usable" in checked.stderr


def test_every_mistake_in_a_customer_file_is_told_at_once_and_no_row_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    rows = [
        HEADER,
        GOOD_ROW,
        "C2,Ben,12,A2,card,USD,1.00,2025-11-03",
        "C3,Cleo,+12025550103,A3,card,USD,much,yesterday",
    ]
    file.write_text("\n".join(rows) + "\n", "utf-8")
    before = customers_in(tmp_path / "home")

    imported = ivr(tmp_path / "home", "import", str(file))

    assert imported.returncode == 2
    for place in (f"{file}:3: phone:", f"{file}:4: amount_due:", f"{file}:4: due_on:"):
        assert place in imported.stderr
    assert "3 things to mend; nothing was changed." in imported.stderr
    assert "Traceback" not in imported.stderr
    assert customers_in(tmp_path / "home") == before


def test_a_good_customer_file_is_taken_whole_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(f"{HEADER}\n{GOOD_ROW}\n", "utf-8")
    for _ in range(2):
        imported = ivr(tmp_path / "home", "import", str(file), "--json")
        assert (imported.returncode, imported.stdout) == (0, '{"customers": 1, "accounts": 1}\n')


@pytest.mark.parametrize(
    ("kind", "shipped", "file", "old", "new", "told"),
    [
        pytest.param(
            "rules",
            "alert_rules",
            "payment-overdue.yaml",
            "account.amount_due",
            "account.amont_due",
            "amont_due",
            id="a rule on a field that is none",
        ),
        pytest.param(
            "rules",
            "alert_rules",
            "retry/standard.yaml",
            "busy: {",
            "bussy: {",
            "bussy",
            id="a retry rule with an ending that is none",
        ),
        pytest.param(
            "rules",
            "alert_rules",
            "hours/us-standard.yaml",
            "08:00-21:00",
            "21:00-08:00",
            "21:00-08:00",
            id="hours that end before they begin",
        ),
        pytest.param(
            "flows",
            "dialplans/flows",
            "payment-overdue.yaml",
            "2: promise\n      3: agent\n      4:",
            "2: promis\n      3: agent\n      4:",
            "promis",
            id="a flow that leads nowhere",
        ),
        pytest.param(
            "flows",
            "dialplans/flows",
            "payment-overdue.yaml",
            "prompt: overdue-details",
            "prompt: overdue-detals",
            "overdue-detals",
            id="a flow with a prompt that is none",
        ),
        pytest.param(
            "prompts",
            "prompts",
            "en/payment-overdue.yaml",
            "{{ account.amount_due | money }} on your",
            "{{ account.amount_due | mony }} on your",
            "mony",
            id="a prompt with a filter that is none",
        ),
    ],
)
def test_a_mistake_in_content_is_told_with_its_file_and_line(
    kind: str, shipped: str, file: str, old: str, new: str, told: str, tmp_path: Path, edit: Edit
) -> None:
    folder = edit.replace(shipped, file, old, new)
    checked = ivr(tmp_path / "home", "check", **{kind: folder})
    assert checked.returncode == 2
    complaints = [line for line in checked.stderr.splitlines() if told in line]
    assert complaints, checked.stderr
    for complaint in complaints:
        place, _, sentence = complaint.partition(": ")
        path, _, line = place.rpartition(":")
        assert Path(path) == folder / file
        assert line.isdecimal()
        assert "; " in sentence, "what is wrong; what would be right"
    assert "nothing was changed" in checked.stderr


def test_mistakes_in_several_files_are_told_together(tmp_path: Path, edit: Edit) -> None:
    edit.replace("alert_rules", "payment-overdue.yaml", "retry: standard", "retry: standrad")
    rules = edit.replace("alert_rules", "retry/standard.yaml", "after: [5m", "after: [5 parsecs")
    flows = edit.replace("dialplans/flows", "payment-overdue.yaml", "start: identify", "start: identfy")
    checked = ivr(tmp_path / "home", "check", rules=rules, flows=flows)
    assert checked.returncode == 2
    for word in ("standrad", "parsecs", "identfy"):
        assert word in checked.stderr


def test_a_setting_that_is_wrong_is_told_with_file_and_line(tmp_path: Path) -> None:
    config = tmp_path / "config" / "ivr.toml"
    config.parent.mkdir()
    config.write_text('time_zone = "America/New_York"\n\n[dialing]\nmax_calls = 0\n', "utf-8")
    checked = ivr(tmp_path / "home", "--config", str(config), "check")
    assert checked.returncode == 2
    assert f"{config}:4: dialing.max_calls:" in checked.stderr
