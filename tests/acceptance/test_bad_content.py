"""What people write and can't use: file, line, what is wrong, what would be right; nothing changes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.acceptance.conftest import Edit
from tests.asterisk_pair import REPOSITORY

LINES_OF_A_TEXT = 5
"""A field is told by its first line; a prompt's text may have so many."""
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
    imported = ivr(tmp_path / "home", "import", str(file))

    assert imported.returncode == 2
    for place in (f"{file}:3: phone:", f"{file}:4: amount_due:", f"{file}:4: due_on:"):
        assert place in imported.stderr
    assert "3 things to mend; nothing was changed." in imported.stderr
    assert "Traceback" not in imported.stderr
    assert not (tmp_path / "home").exists(), "not even an empty store was made"


def test_a_good_customer_file_is_taken_whole_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(f"{HEADER}\n{GOOD_ROW}\n", "utf-8")
    for _ in range(2):
        imported = ivr(tmp_path / "home", "import", str(file), "--json")
        assert (imported.returncode, imported.stdout) == (0, '{"customers": 1, "accounts": 1}\n')


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake in a shipped file."""

    shipped: str
    file: str
    old: str
    new: str
    told: str
    """A word of the complaint."""


SLIPS = {
    "a setting with a trunk that is none": Slip(
        "config", "ivr.toml", 'trunk = "carrier"', 'trunk = "carier"', "carier"
    ),
    "a rule on a field that is none": Slip(
        "alert_rules", "payment-overdue.yaml", "account.amount_due", "account.amont_due", "amont_due"
    ),
    "a rule with a retry rule that is none": Slip(
        "alert_rules", "payment-overdue.yaml", "retry: standard", "retry: standrad", "standrad"
    ),
    "a retry rule with an ending that is none": Slip(
        "alert_rules", "retry/standard.yaml", "busy: {", "bussy: {", "bussy"
    ),
    "hours that end before they begin": Slip(
        "alert_rules", "hours/us-standard.yaml", "08:00-21:00", "21:00-08:00", "21:00-08:00"
    ),
    "a flow that leads nowhere": Slip(
        "dialplans/flows", "payment-overdue.yaml", "from: details", "from: detials", "detials"
    ),
    "a flow with a prompt that is none": Slip(
        "dialplans/flows",
        "payment-overdue.yaml",
        "prompt: overdue-details",
        "prompt: overdue-detals",
        "detals",
    ),
    "a prompt with a filter that is none": Slip(
        "prompts", "en/payment-overdue.yaml", "amount_due | money }} on your", "amount_due | mony }}", "mony"
    ),
    "a profile with a place that is none": Slip(
        "config", "compliance/us-general.yaml", "place: start", "place: strat", "strat"
    ),
    "a prompt with a tier that is none": Slip(
        "prompts", "en/payment-overdue.yaml", "tier: anyone", "tier: evryone", "evryone"
    ),
}


def test_all_mistakes_in_content_and_settings_are_told_at_once_each_with_its_file_and_line(
    tmp_path: Path, edit: Edit, subtests: pytest.Subtests
) -> None:
    for slip in SLIPS.values():
        edit.replace(slip.shipped, slip.file, slip.old, slip.new)
    checked = ivr(tmp_path / "home", "--config", str(edit.copy("config") / "ivr.toml"), "check")
    assert checked.returncode == 2
    assert "nothing was changed" in checked.stderr
    assert "Traceback" not in checked.stderr
    for name, slip in SLIPS.items():
        with subtests.test(name):
            [complaint, *_] = [line for line in checked.stderr.splitlines() if slip.told in line]
            place, _, sentence = complaint.partition(": ")
            path, _, line = place.rpartition(":")
            assert Path(path) == edit.copy(slip.shipped) / slip.file
            field = Path(path).read_text("utf-8").splitlines()[int(line) - 1 :][:LINES_OF_A_TEXT]
            assert slip.told in "\n".join(field)
            assert "; " in sentence, "what is wrong; what would be right"


def test_a_setting_that_is_wrong_is_told_with_file_and_line(tmp_path: Path) -> None:
    config = tmp_path / "config" / "ivr.toml"
    config.parent.mkdir()
    config.write_text('time_zone = "America/New_York"\n\n[dialing]\nmax_calls = 0\n', "utf-8")
    checked = ivr(tmp_path / "home", "--config", str(config), "check")
    assert checked.returncode == 2
    assert f"{config}:4: dialing.max_calls:" in checked.stderr


def test_a_program_gets_every_mistake_as_one_json_object(tmp_path: Path, edit: Edit) -> None:
    for slip in SLIPS.values():
        edit.replace(slip.shipped, slip.file, slip.old, slip.new)
    checked = ivr(tmp_path, "--config", str(edit.copy("config") / "ivr.toml"), "check", "--json")
    assert checked.returncode == 2
    told = json.loads(checked.stdout)["problems"]
    assert {Path(each["file"]).name for each in told} == {Path(slip.file).name for slip in SLIPS.values()}
    assert all(each["line"] and each["what"] and each["mend"] for each in told)


def test_a_program_gets_what_a_command_was_refused_for_as_one_json_object(tmp_path: Path) -> None:
    refused = ivr(tmp_path, "rollback", "7", "--json")
    assert refused.returncode == 2
    assert "there is no version 7" in json.loads(refused.stdout)["error"]
