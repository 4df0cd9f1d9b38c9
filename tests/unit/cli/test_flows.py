"""`ivr flows`, as people and scripts call it."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from ivr.cli import app
from ivr.errors import ContentError, UsageError
from tests.golden.golden import OF_OWN_FLOWS, OF_SHIPPED_FLOWS, OWN_CONTENT, ROOT

SHIPPED = (ROOT / "dialplans" / "flows" / "payment-overdue.yaml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def in_the_repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("IVR_HOME", str(tmp_path / "home"))


def invoke(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, words, input=typed, catch_exceptions=False)


def run(*words: str, typed: str | None = None) -> Result:
    return invoke("flows", *words, typed=typed)


def played(*words: str, typed: str | None = None) -> dict[str, Any]:
    result = run("play", *words, "--json", typed=typed)
    assert result.exit_code == 0, result.output
    data: dict[str, Any] = json.loads(result.stdout)
    return data


@pytest.mark.parametrize(
    ("folder", "options"),
    [(OF_SHIPPED_FLOWS, ()), (OF_OWN_FLOWS, ("--config", str(OWN_CONTENT / "config" / "ivr.toml")))],
    ids=["of shipped flows", "of others"],
)
def test_the_terminal_player_holds_every_golden_transcript(folder: Path, options: tuple[str, ...]) -> None:
    result = invoke(*options, "flows", "replay", str(folder), "--json")
    calls = json.loads(result.stdout)["calls"]
    differences = "\n".join(call["difference"] for call in calls if call["difference"])
    assert not differences, f"{differences}\nRead the difference; if it is right, `make golden` writes it."
    assert [call["file"] for call in calls] == [str(file) for file in sorted(folder.glob("*.yaml"))]
    assert result.exit_code == 0


def test_the_shipped_flows_have_nothing_to_mend() -> None:
    result = run("check", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"findings": []})


@pytest.mark.parametrize(
    ("good", "bad", "status", "code"),
    [
        ("direction: outbound", "direction: up", 2, "F001"),
        ("next: choose-menu", "next: choose-manu", 2, "F101"),
        ("languages: [en,", "languages: [en, de,", 1, "F301"),
    ],
)
def test_errors_end_with_2_warnings_with_1(
    good: str, bad: str, status: int, code: str, tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(SHIPPED.replace(good, bad))
    result = run("check", str(file), "--json")
    findings = json.loads(result.stdout)["findings"]
    assert (result.exit_code, findings[0]["code"]) == (status, code)
    assert findings[0]["file"] == str(file)
    assert findings[0]["line"]
    assert findings[0]["mend"]


def test_findings_are_told_in_sentences_too(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(SHIPPED.replace("9: opt-out", "9: agent"))
    told = run("check", str(file)).stderr
    assert "F102 error: unreachable node" in told
    assert "1 errors, 0 warnings." in told


def test_a_flow_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError, match=r"There is no flow 'nope'; .* has .*front-desk, .*payment-overdue"):
        run("check", "nope")


def test_no_flow_is_played_that_enters_one_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    ending = "  goodbye:\n    type: hangup\n    prompt: goodbye\n"
    entering = "  goodbye: {type: enter_flow, flow: nope, next: paid}\n"
    file.write_text(SHIPPED.replace(ending, entering))
    with pytest.raises(ContentError, match=r"nodes\.goodbye\.flow: there is no flow 'nope'"):
        run("play", str(file), "--keys", "1")


def test_the_command_that_is_told_plays_the_same_call() -> None:
    first = played("payment-overdue", "--keys", "1 1 !1 1", "--pay", "declined")
    words = shlex.split(first["again"])
    assert words[:3] == ["ivr", "flows", "play"]
    assert played(*words[3:]) == first


def test_keys_come_from_standard_input_when_it_is_no_terminal() -> None:
    assert played("payment-overdue", typed="9\n")["talk"][-1] == {"ends": "opted out"}


def test_a_talk_that_goes_on_is_not_over() -> None:
    call = played("payment-overdue", "--keys", "1")
    assert not call["over"]


def written_call(folder: Path, *options: str) -> Path:
    """Write down a call in which a card is charged."""
    file = folder / "pays.yaml"
    played("payment-overdue", "--keys", "111", *options, "--transcript", str(file))
    return file


def test_a_call_that_was_written_down_goes_the_same_way_again(tmp_path: Path) -> None:
    customer = tmp_path / "customer.yml"
    customer.write_text("account: {amount_due: 19.99}")
    file = written_call(tmp_path, "--customer", str(customer), "--pay", "declined", "--language", "es")
    result = run("replay", str(file), "--json")
    assert json.loads(result.stdout)["calls"] == [
        {"file": str(file), "text": file.read_text(), "difference": ""}
    ]
    assert result.exit_code == 0


def file_of_ones_own(folder: Path, reason: str = "paid mine") -> Path:
    """Write a flow that is called as a shipped one and goes another way."""
    file = folder / "flows" / "mine.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(SHIPPED.replace("reason: paid", f"reason: {reason}"))
    return file


@pytest.mark.parametrize("is_from_root", [True, False], ids=["from the root", "from here"])
def test_a_file_that_was_written_down_is_the_file_that_is_played_again(
    is_from_root: bool, tmp_path: Path
) -> None:
    file, calls = file_of_ones_own(tmp_path), tmp_path / "calls"
    calls.mkdir()
    given = str(file) if is_from_root else os.path.relpath(file, ROOT)
    played(given, "--keys", "111", "--transcript", str(calls / "pays.yaml"))
    assert run("replay", str(calls)).exit_code == 0
    file_of_ones_own(tmp_path, "paid anew")
    [call] = json.loads(run("replay", str(calls), "--json").stdout)["calls"]
    assert call["difference"].splitlines()[-2:] == ["-- ends: paid mine", "+- ends: paid anew"]


def test_a_flow_s_file_and_its_transcript_move_together(tmp_path: Path) -> None:
    (before := tmp_path / "before").mkdir()
    file = file_of_ones_own(before)
    (before / "calls").mkdir()
    there = os.path.relpath(before / "calls" / "pays.yaml", ROOT)
    played(os.path.relpath(file, ROOT), "--keys", "111", "--transcript", there)
    assert yaml.safe_load(Path(there).read_text())["flow"] == "../flows/mine.yaml"
    before.rename(tmp_path / "after")
    assert run("replay", str(tmp_path / "after" / "calls")).exit_code == 0


def test_a_changed_flow_shows_where_a_call_goes_another_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written_call(tmp_path)
    before, own = file.read_text(), tmp_path / "flows"
    shutil.copytree(ROOT / "dialplans" / "flows", own)
    (own / "payment-overdue.yaml").write_text(SHIPPED.replace("reason: paid", "reason: paid up"))
    monkeypatch.setenv("IVR_CONTENT__FLOWS", str(own))
    result = run("replay", str(tmp_path), "--json")
    [call] = json.loads(result.stdout)["calls"]
    assert call["difference"].splitlines()[-2:] == ["-- ends: paid", "+- ends: paid up"]
    assert (result.exit_code, file.read_text()) == (1, before)
    assert run("replay", str(file), "--write").exit_code == 0
    assert file.read_text() == before.replace("ends: paid", "ends: paid up")


def test_nothing_is_written_where_one_call_can_not_be(tmp_path: Path) -> None:
    file = written_call(tmp_path)
    stale = file.read_text().replace("ends: paid", "ends: unpaid")
    file.write_text(stale)
    in_braces = tmp_path / "braces.yaml"
    in_braces.write_text(yaml.safe_dump(yaml.safe_load(stale), default_flow_style=True))
    with pytest.raises(UsageError, match=r"Nothing is written: .*braces\.yaml.*`talk:` at the start"):
        run("replay", str(tmp_path), "--write")
    assert file.read_text() == stale
    shown = run("replay", str(in_braces), "--json")
    assert shown.exit_code == 1
    assert json.loads(shown.stdout)["calls"][0]["difference"]


def test_a_folder_without_calls_tells_how_one_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--transcript"):
        run("replay", str(tmp_path))


def test_people_see_who_says_what() -> None:
    shown = run("play", "payment-overdue", "--keys", "0", "--transfer", "no_agent").stderr
    assert "identify" in shown
    assert "presses" in shown
    assert "result no_agent" in " ".join(shown.split()), "lines are as long as the terminal"
    assert "--transfer no_agent" in shown


@pytest.mark.parametrize("wrong", ["pay", "=declined", "pay="])
def test_a_result_that_chooses_nothing_is_refused(wrong: str) -> None:
    with pytest.raises(UsageError, match="chooses no result"):
        run("play", "payment-overdue", "--keys", "1", "--result", wrong)


def test_the_diagram_is_written_to_a_file_or_printed(tmp_path: Path) -> None:
    file = tmp_path / "flow.svg"
    assert run("diagram", "payment-overdue", "-o", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("<svg")
    assert run("diagram", "payment-overdue", "-o", "-").stdout.strip() == file.read_text(encoding="utf-8")


def test_the_command_that_is_told_names_the_settings_and_the_audio_again(tmp_path: Path) -> None:
    home, file = str(tmp_path / "own"), str(tmp_path / "call.wav")
    words = ["--config", "config/ivr.toml", "--home", home, "flows", "play", "payment-overdue"]
    result = CliRunner().invoke(
        app, [*words, "--keys", "h", "--audio", file, "--json"], catch_exceptions=False
    )
    again = shlex.split(json.loads(result.stdout)["again"])
    assert again == ["ivr", *words, "--keys", "h", "--audio", file]


@pytest.mark.parametrize(
    ("file", "wrong"),
    [
        ("no/such/call.wav", "There is no folder"),
        ("call.mp3", r"does not end in \.wav, .* call it call\.wav"),
        ("folder.wav", "is a folder"),
    ],
)
def test_audio_that_can_not_be_written_is_refused_before_anything_is_played(
    file: str, wrong: str, tmp_path: Path
) -> None:
    (tmp_path / "folder.wav").mkdir()
    with pytest.raises(UsageError, match=wrong):
        run("play", "payment-overdue", "--keys", "h", "--audio", str(tmp_path / file))


def test_a_diagram_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no folder"):
        run("diagram", "payment-overdue", "-o", str(tmp_path / "no/such/x.svg"))


def test_a_language_that_the_flow_does_not_serve_is_refused_with_those_that_it_serves() -> None:
    with pytest.raises(UsageError, match=r"does not serve 'de'; it serves en, es, fr"):
        run("play", "payment-overdue", "--keys", "h", "--language", "de")


def test_the_result_of_an_effect_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(UsageError, match=r"no effect 'foo'; the effects are .*call_webhook.*transfer"):
        run("play", "payment-overdue", "--keys", "h", "--result", "foo=bar")


def test_the_schema_of_a_node_is_for_people_and_for_programs() -> None:
    assert "| `interruptible` | `true` |" in run("schema", "say").stdout
    schema = json.loads(run("schema", "say", "--json").stdout)
    assert schema["properties"]["type"]["const"] == "say"
    assert "nodes" in json.loads(run("schema", "--json").stdout)["properties"]


def test_a_node_type_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError, match=r"no node type 'menuu'; there are .*menu"):
        run("schema", "menuu")


@pytest.mark.parametrize("words", [("--help",), ("flows", "--help")])
def test_the_help_names_all_that_is_done_with_flows(words: tuple[str, ...]) -> None:
    assert "Call flows: check, play, replay, draw." in invoke(*words).stdout
