"""What a page points at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.docs.pages import ROOT, all_pages, code_spans

_LINK = re.compile(r"\]\((?!https?://)(?P<target>[^)#]+)")
_PATH = re.compile(r"[\w.*-]+(/[\w.*-]+)+/?\Z")
_TOP = {path.name for path in ROOT.iterdir()}
_FOREIGN = re.compile(r"(?<![\w$])/(?:home|root|work|tmp|Users)/")

PAGES = pytest.mark.parametrize("path", all_pages(), ids=lambda path: str(path.relative_to(ROOT)))


def repository_paths(text: str) -> list[str]:
    """Return the code spans that look like a path of the repository; NAME stands for any name."""
    spans = [span.rstrip("/") for span in code_spans(text) if _PATH.match(span)]
    return [span.replace("NAME", "*") for span in spans if span.partition("/")[0] in _TOP]


@PAGES
def test_every_file_that_is_named_is_there(path: Path) -> None:
    missing = [name for name in repository_paths(path.read_text("utf-8")) if not list(ROOT.glob(name))]
    assert missing == []


@PAGES
def test_every_link_leads_somewhere(path: Path) -> None:
    targets = [found["target"] for found in _LINK.finditer(path.read_text("utf-8"))]
    assert [target for target in targets if not (path.parent / target).exists()] == []


@PAGES
def test_no_path_of_somebody_s_machine_is_named(path: Path) -> None:
    assert _FOREIGN.findall(path.read_text("utf-8")) == []
