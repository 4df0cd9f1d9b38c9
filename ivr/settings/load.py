"""Read the settings: defaults < `ivr.toml` < `IVR_*` environment < flags."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ivr.errors import ContentError, Problem
from ivr.settings.conflicts import conflicts_in
from ivr.settings.place import line_of
from ivr.settings.settings import Settings

ENVIRONMENT_PREFIX = "IVR_"


def default_home(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the data folder: `IVR_HOME`, else the user's data folder."""
    if home := environment.get("IVR_HOME"):
        return Path(home).expanduser().absolute()
    data = environment.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "answerback"


def load_settings(
    file: Path | None, environment: Mapping[str, str] = os.environ, flags: Mapping[str, Any] | None = None
) -> Settings:
    """Read the settings; raises ContentError with every one that can't be used.

    `IVR_DIALING__MAX_CALLS=5` sets `max_calls` in `[dialing]`. `flags` win over all.
    """
    settings, problems = read_settings(file, environment, flags)
    if problems or settings is None:
        raise ContentError(problems)
    return settings


def read_settings(
    file: Path | None, environment: Mapping[str, str] = os.environ, flags: Mapping[str, Any] | None = None
) -> tuple[Settings | None, Sequence[Problem]]:
    """Return the settings and all that is wrong with them, for who wants to look on.

    A section with a mistake counts as not written; None when that leaves no way to the content.
    """
    name = str(file) if file else "settings"
    try:
        text = file.read_text(encoding="utf-8") if file is not None else ""
        data = _parsed(text, name)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        return None, [Problem(name, None, "", f"it can't be read ({why})", "name a UTF-8 file that is there")]
    except ContentError as error:
        return None, error.problems
    _overlay(data, _from_environment(environment))
    _overlay(data, flags or {})
    place = partial(_problem, text, name, environment)
    problems = [place(conflict.path, conflict.wrong, conflict.right) for conflict in conflicts_in(data)]
    data["home"] = default_home(environment)
    data["file"] = file
    data["base"] = file.absolute().parent.parent if file else Path.cwd()
    try:
        return Settings.model_validate(data), problems
    except ValidationError as error:
        findings = error.errors(include_url=False)
    problems += [place(finding["loc"], *_explained(finding)) for finding in findings]
    broken = {finding["loc"][0] for finding in findings}
    usable = {section: written for section, written in data.items() if section not in broken}
    return None if "content" in broken else Settings.model_validate(usable), problems


def setting_problem(settings: Settings, path: Sequence[str], wrong: str, right: str) -> Problem:
    """Return a complaint about a setting that is well-formed but does not fit the rest: file and line."""
    if settings.file is None:
        return Problem("settings", None, ".".join(path), wrong, right)
    line = line_of(settings.file.read_text(encoding="utf-8"), list(path))
    return Problem(str(settings.file), line, ".".join(path), wrong, right)


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = int(line.group(1)) if line else None
        raise ContentError(
            [Problem(name, where, "", f"this is no TOML ({error})", "mend that line")]
        ) from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in environment.items():
        path = key.removeprefix(ENVIRONMENT_PREFIX).lower().split("__")
        if key.startswith(ENVIRONMENT_PREFIX) and len(path) > 1:
            _overlay(data, _nested(path, value))
    return data


def _nested(path: list[str], value: str) -> dict[str, Any]:
    head, *rest = path
    return {head: _nested(rest, value) if rest else value}


def _overlay(data: dict[str, Any], over: Mapping[str, Any]) -> None:
    for key, value in over.items():
        if isinstance(value, Mapping) and isinstance(data.get(key), dict):
            _overlay(data[key], value)
        else:
            data[key] = value


def _problem(
    text: str,
    name: str,
    environment: Mapping[str, str],
    path: Sequence[str | int],
    wrong: str,
    right: str,
) -> Problem:
    parts = [str(part) for part in path]
    variable = ENVIRONMENT_PREFIX + "__".join(parts).upper()
    if variable in environment:
        return Problem("the environment", None, variable, wrong, right)
    return Problem(name, line_of(text, parts), ".".join(parts), wrong, right)


def _explained(finding: Mapping[str, Any]) -> tuple[str, str]:
    match finding["type"]:
        case "extra_forbidden":
            return "no setting has this name", "remove it or mend its spelling"
        case "missing":
            return "it is missing", "add it"
        case "value_error":
            wrong, _, right = str(finding["ctx"]["error"]).partition("; ")
            return wrong, right or "mend it"
        case _:
            message = str(finding["msg"])
            return f"{finding['input']!r} can't be used", message[:1].lower() + message[1:]
