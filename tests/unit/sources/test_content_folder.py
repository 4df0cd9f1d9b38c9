"""Content is read as a whole: what a flow names must be there."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from datetime import UTC
from pathlib import Path

import pytest

from ivr.engine.content import Company, Content
from ivr.errors import ContentError
from ivr.phone_number import PhoneNumber
from ivr.sources.content_folder import ContentFolders, lint_flows, load_content

ROOT = Path(__file__).parents[3]
FLOW = """
name: opening
start: hours
sorry: sorry-after-drop
goodbye: goodbye
nodes:
  hours: {type: check_hours, hours: us-standard, open: bye, closed: bye}
  bye: {type: hangup, prompt: goodbye}
"""


@pytest.fixture
def folders(tmp_path: Path) -> ContentFolders:
    """The shipped content, whose flows can be added to."""
    shutil.copytree(ROOT / "dialplans/flows", tmp_path / "flows")
    return ContentFolders(
        tmp_path / "flows", ROOT / "prompts", ROOT / "alert_rules", ROOT / "config/compliance"
    )


def load(folders: ContentFolders, endpoints: Collection[str] | None = None) -> Content:
    return load_content(folders, Company("Sample Bank", PhoneNumber("+12025550100")), UTC, endpoints)


def test_a_flow_with_hours_that_are_there_is_taken(folders: ContentFolders) -> None:
    (folders.flows / "opening.yaml").write_text(FLOW, "utf-8")
    assert "opening" in load(folders).flows


def test_one_with_hours_that_are_not_is_refused_with_its_line(folders: ContentFolders) -> None:
    (folders.flows / "opening.yaml").write_text(FLOW.replace("us-standard", "us-standrad"), "utf-8")
    with pytest.raises(ContentError) as caught:
        load(folders)
    [problem] = caught.value.problems
    assert (Path(problem.file).name, problem.line, problem.field) == ("opening.yaml", 7, "nodes.hours.hours")
    assert "F109" in {finding.code for finding in lint_flows(folders)}


def test_one_with_a_webhook_that_the_settings_do_not_have_is_refused_when_they_are_known(
    folders: ContentFolders,
) -> None:
    asks = "hours: {type: webhook, endpoint: orders, answered: bye, failed: bye}"
    old = "hours: {type: check_hours, hours: us-standard, open: bye, closed: bye}"
    (folders.flows / "opening.yaml").write_text(FLOW.replace(old, asks), "utf-8")
    assert "opening" in load(folders).flows, "an older version must not keep the engine from starting"
    assert "opening" in load(folders, {"orders"}).flows
    with pytest.raises(ContentError, match=r"opening\.yaml:7: nodes\.hours\.endpoint: the settings have no"):
        load(folders, {"stock"})
    assert "F110" in {finding.code for finding in lint_flows(folders, {"stock"})}
