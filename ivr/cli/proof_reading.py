"""Lists for proof-reading as files, a file a language and a line a prompt."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from pathlib import Path

import yaml

from ivr.flows.proof_list import proof_list
from ivr.prompts.catalogue import Catalogue
from ivr.sources.findings import read_content


def lists_of(catalogue: Catalogue) -> dict[str, str]:
    """Return the list of each language."""
    languages = {language for name in catalogue.names() for language in catalogue.languages(name)}
    return {language: _written(proof_list(catalogue, language)) for language in sorted(languages)}


def differences_from(folder: Path, lists: Mapping[str, str]) -> dict[str, str]:
    """Return what was changed since the lists of a folder were written, where something was, by language.

    Raises ContentError for a file that can't be read.
    """
    found = {language: _difference(folder / f"{language}.yaml", text) for language, text in lists.items()}
    return {language: difference for language, difference in found.items() if difference}


def write_lists(folder: Path, lists: Mapping[str, str]) -> None:
    """Write lists into a folder, which is made if it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for language, text in lists.items():
        (folder / f"{language}.yaml").write_text(text, encoding="utf-8")


def _difference(file: Path, now: str) -> str:
    before = _written(read_content(file).data) if file.exists() else ""
    lines = difflib.unified_diff(before.splitlines(True), now.splitlines(True), str(file), "now", n=0)
    return "".join(lines)


def _written(said: Mapping[str, object]) -> str:
    return yaml.safe_dump(dict(said), allow_unicode=True, sort_keys=False, width=math.inf)
