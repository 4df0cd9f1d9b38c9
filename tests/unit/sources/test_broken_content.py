"""Content folders: what is broken in one file hides nothing of the others, and is told once."""

from __future__ import annotations

import shutil
from datetime import UTC
from pathlib import Path

import pytest

from ivr.engine.content import Company
from ivr.errors import ContentError
from ivr.phone_number import PhoneNumber
from ivr.sources.content_folder import ContentFolders, lint_flows, load_content

ROOT = Path(__file__).parents[3]
COMPANY = Company("Sample Bank", PhoneNumber("+12025550100"))
FLOW = "flows/payment-overdue.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped content, in which the flow has a mistake."""
    for name, shipped in {
        "flows": "dialplans/flows",
        "prompts": "prompts",
        "rules": "alert_rules",
        "compliance": "config/compliance",
    }.items():
        shutil.copytree(ROOT / shipped, tmp_path / name)
    edit(tmp_path / FLOW, "from: details", "from: detials")
    return tmp_path


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def folders(folder: Path) -> ContentFolders:
    return ContentFolders(*(folder / name for name in ("flows", "prompts", "rules", "compliance")))


def files_complained_of(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_content(folders(folder), COMPANY, UTC)
    return [str(Path(problem.file).relative_to(folder)) for problem in caught.value.problems]


def test_a_prompt_file_that_is_no_yaml_hides_no_mistake_of_a_flow_and_is_told_once(folder: Path) -> None:
    edit(folder / "prompts/en/payment-overdue.yaml", "prompts:", "prompts: [")
    assert files_complained_of(folder) == [FLOW, "prompts/en/payment-overdue.yaml"]


def test_a_prompt_that_can_not_be_used_is_there_for_flows_all_the_same(folder: Path) -> None:
    edit(folder / "prompts/en/payment-overdue.yaml", "tier: anyone", "tier: evryone")
    assert files_complained_of(folder) == [FLOW, "prompts/en/payment-overdue.yaml"]


def test_a_compliance_profile_that_can_not_be_used_hides_no_mistake_of_a_flow(folder: Path) -> None:
    edit(folder / "compliance/us-debt-collection.yaml", "segments:", "segmants:")
    assert files_complained_of(folder) == ["compliance/us-debt-collection.yaml", FLOW]


def test_the_linter_too_looks_at_flows_whatever_is_wrong_with_the_prompts(folder: Path) -> None:
    edit(folder / "prompts/en/payment-overdue.yaml", "prompts:", "prompts: [")
    assert [finding.code for finding in lint_flows(folders(folder))] == ["F001", "F101"]


def test_a_line_that_is_not_utf8_is_told_and_hides_nothing_else_in_its_file(folder: Path) -> None:
    file = folder / "rules/payment-overdue.yaml"
    edit(file, "retry: standard", "retry: standrad")
    text = file.read_text("utf-8").replace("title: ", "title: é", 1)
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(ContentError) as caught:
        load_content(folders(folder), COMPANY, UTC)
    told = [(problem.line, problem.wrong) for problem in caught.value.problems if problem.file == str(file)]
    lines = text.splitlines()
    assert told == [
        (lines.index(next(line for line in lines if "é" in line)) + 1, "this line is not UTF-8"),
        (lines.index("retry: standrad") + 1, "there is no retry rule named 'standrad'"),
    ]
