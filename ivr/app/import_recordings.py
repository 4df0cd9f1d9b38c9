"""Take recordings into the prompts: all of them, or none and every reason why."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.errors import ContentError, Problem, SpeechError
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.languages import LANGUAGES
from ivr.prompts.recordable import why_not_recorded
from ivr.speech.recording import convert_recording


@dataclass(frozen=True, slots=True)
class Imported:
    """A recording that is in."""

    prompt: str
    language: str
    file: Path
    seconds: float
    replaced: bool
    """Whether there was an older recording."""


def import_recordings(
    catalogue: Catalogue, folder: Path, files: Sequence[Path], language: str | None
) -> list[Imported]:
    """Convert `files`, each named after its prompt, into the prompts' `folder`.

    `language` is that of all files; None: each is in a folder named by its language. Raises ContentError with
    what is wrong with each file; then nothing was changed.
    """
    problems: list[Problem] = []
    ready: dict[Path, tuple[Path, float]] = {}
    with tempfile.TemporaryDirectory(dir=folder, prefix=".import-") as work:
        for number, file in enumerate(files):
            spoken = language or file.absolute().parent.name
            target = folder / spoken / f"{file.stem}.wav"
            problem = _unwanted(catalogue, file, spoken) or _twice(file, target, ready)
            if problem is None:
                converted = Path(work) / f"{number}.wav"
                try:
                    ready[target] = (converted, convert_recording(file, converted))
                except SpeechError as error:
                    problem = Problem(str(file), None, "", str(error), "record the prompt's words again")
            if problem is not None:
                problems.append(problem)
        if problems:
            raise ContentError(problems)
        return [_put(target, converted, seconds) for target, (converted, seconds) in ready.items()]


def _unwanted(catalogue: Catalogue, file: Path, language: str) -> Problem | None:
    """Return why nobody would hear a recording of this name."""
    name = file.stem
    if language not in LANGUAGES:
        wrong, right = "the language is not known", f"say --language, one of {', '.join(sorted(LANGUAGES))}"
    elif name not in catalogue.names() or language not in catalogue.languages(name):
        wrong = f"there is no prompt {name!r} in {language!r}"
        right = "name the file after its prompt (`ivr prompts list` has them)"
    elif (why := why_not_recorded(catalogue.prompt(name, language))) is not None:
        wrong, right = why
    else:
        return None
    return Problem(str(file), None, "", wrong, right)


def _twice(file: Path, target: Path, ready: Mapping[Path, object]) -> Problem | None:
    if target not in ready:
        return None
    return Problem(str(file), None, "", f"another file is for {target.name}, too", "keep one of the two")


def _put(target: Path, converted: Path, seconds: float) -> Imported:
    replaced = target.exists()
    converted.chmod(0o644)
    converted.replace(target)
    return Imported(target.stem, target.parent.name, target, round(seconds, 2), replaced)
