"""Lists for proof-reading as files, a file a language and a line a prompt."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from ivr.errors import UsageError
from ivr.flows.proof_list import proof_list
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.languages import LANGUAGES
from ivr.sources.findings import read_content


def all_together(lists: Mapping[str, str]) -> str:
    """Return the lists one below the other, each under its language: `# en`."""
    return "\n".join(f"# {language}\n{text}" for language, text in lists.items())


def lists_of(catalogue: Catalogue) -> dict[str, str]:
    """Return the list of each language."""
    languages = {language for name in catalogue.names() for language in catalogue.languages(name)}
    return {language: _written(proof_list(catalogue, language)) for language in sorted(languages)}


def differences_from(folder: Path, lists: Mapping[str, str]) -> dict[str, str]:
    """Return what was changed since the lists of a folder were written, where something was, by language.

    A language that the folder has and that nothing is said in any more is among them. Raises ContentError for
    a file that can't be read, and UsageError where the folder is none.
    """
    _check_folder(folder)
    found = {language: _difference(folder / f"{language}.yaml", text) for language, text in lists.items()}
    gone = [language for language in LANGUAGES if language not in lists]
    found |= {language: _difference(folder / f"{language}.yaml", "") for language in gone}
    return {language: difference for language, difference in found.items() if difference}


def write_lists(folder: Path, languages: Iterable[str], lists: Mapping[str, str]) -> None:
    """Write the lists of some languages into a folder, which is made if it is missing.

    The file of a language that has no list is deleted: nothing is said in it. Raises UsageError where the
    folder can't be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for language in languages:
            file = folder / f"{language}.yaml"
            if language in lists:
                file.write_text(lists[language], encoding="utf-8")
            else:
                file.unlink()
    except OSError as error:
        where = error.filename or folder
        raise UsageError(f"{where} can't be written ({error.strerror}); name a folder of your own.") from None


def _check_folder(folder: Path) -> None:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not there.is_dir():
        raise UsageError(f"{there} is a file; name the folder that the lists are in, or are to be in.")


def _difference(file: Path, now: str) -> str:
    before = _written(read_content(file).data) if file.exists() else ""
    lines = difflib.unified_diff(before.splitlines(True), now.splitlines(True), str(file), "now", n=0)
    return "".join(lines)


def _written(said: Mapping[str, object]) -> str:
    return yaml.safe_dump(dict(said), allow_unicode=True, sort_keys=False, width=math.inf)
