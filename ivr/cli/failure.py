"""How a command that failed says so, to people and to programs."""

from __future__ import annotations

from ivr.cli.context import print_json, ui
from ivr.errors import AnswerbackError, ContentError, Problem, UsageError


def tell_failure(error: AnswerbackError, *, as_json: bool) -> int:
    """Say what went wrong and return the exit status: 2 where a person can mend it, else 1."""
    if as_json:
        print_json(_as_data(error))
    for line in str(error).splitlines():
        ui.print(line, style="red", highlight=False, markup=False, soft_wrap=True)
    if isinstance(error, ContentError):
        count = len(error.problems)
        ui.print(f"{count} {'thing' if count == 1 else 'things'} to mend; nothing was changed.", markup=False)
    return 2 if isinstance(error, ContentError | UsageError) else 1


def problem_data(problem: Problem) -> dict[str, object]:
    """Return a problem for a program."""
    return {
        "file": problem.file,
        "line": problem.line,
        "field": problem.field,
        "what": problem.wrong,
        "mend": problem.right,
    }


def _as_data(error: AnswerbackError) -> dict[str, object]:
    if isinstance(error, ContentError):
        return {"problems": [problem_data(problem) for problem in error.problems]}
    return {"error": str(error)}
