"""`ivr recordings`: what is kept of calls and remarks; listened to elsewhere, deleted by hand."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from ivr.cli.context import JsonOption, invocation, print_json, ui, user_name
from ivr.cli.output_file import check_output
from ivr.cli.with_store import with_store
from ivr.clock import utc_now
from ivr.errors import UsageError

if TYPE_CHECKING:
    from ivr.calls.recording import Recording
    from ivr.settings import Settings

app = typer.Typer(name="recordings", help="What was recorded of calls.", no_args_is_help=True)

RecordingId = Annotated[str, typer.Argument(help="The recording's id; `ivr recordings list` shows them.")]


@app.command("list")
def list_recordings(
    context: typer.Context,
    call: Annotated[str | None, typer.Option("--call", help="Only those of this call.")] = None,
    deleted: Annotated[bool, typer.Option("--deleted", help="Those that were deleted, too.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the recordings, oldest first, with the ids by which they are exported and deleted."""
    from ivr.store.reports import known_recordings

    found = with_store(
        invocation(context).settings,
        lambda store: store.read(lambda tx: known_recordings(tx, call, with_deleted=deleted)),
    )
    if as_json:
        print_json({"recordings": [asdict(recording) for recording in found]})
        return
    table = Table("Id", "Kind", "Call", "Rule", "From", "To", "Seconds", "Kept until", "Deleted")
    for recording in found:
        table.add_row(*_row(recording))
    ui.print(table)


@app.command()
def export(
    context: typer.Context,
    recording: RecordingId,
    file: Annotated[Path, typer.Argument(help="The WAV file to write.")],
    as_json: JsonOption = False,
) -> None:
    """Copy a recording out, to be listened to; only you may read the copy."""
    check_output(file, ".wav")
    settings = invocation(context).settings
    kept = _kept(settings, recording)
    source = _file(settings, kept)
    if not source.exists():
        raise UsageError(f"The file of the recording {recording!r} is not there: {source}.")
    file.touch(mode=0o600)
    shutil.copyfile(source, file)
    _tell({"recording": kept.id, "file": str(file)}, f"Written: {file}.", as_json=as_json)


@app.command()
def delete(context: typer.Context, recording: RecordingId, as_json: JsonOption = False) -> None:
    """Delete the sound of a recording, for good. That there was one stays written down."""
    settings = invocation(context).settings
    kept = _kept(settings, recording)
    # The file first: what is written down as deleted is nowhere any more.
    _file(settings, kept).unlink(missing_ok=True)
    with_store(
        settings,
        lambda store: store.write(lambda tx: tx.recordings.deleted(kept.id, user_name(), utc_now())),
    )
    _tell({"recording": kept.id, "deleted": True}, f"Recording {kept.id} is deleted.", as_json=as_json)


def _kept(settings: Settings, recording_id: str) -> Recording:
    """Return a recording whose sound is there; raises UsageError for every other."""
    found = with_store(settings, lambda store: store.read(lambda tx: tx.recordings.get(recording_id)))
    if found is None:
        raise UsageError(f"There is no recording {recording_id!r}; `ivr recordings list` shows them.")
    if found.deleted_at is not None:
        raise UsageError(f"The recording {recording_id!r} was deleted at {found.deleted_at:%Y-%m-%d %H:%M}.")
    if found.ended_at is None:
        raise UsageError(f"The recording {recording_id!r} is still being made; try again after the call.")
    return found


def _file(settings: Settings, recording: Recording) -> Path:
    return settings.home / "recordings" / f"{recording.id}.wav"


def _tell(data: dict[str, object], words: str, *, as_json: bool) -> None:
    if as_json:
        print_json(data)
    else:
        ui.print(words, highlight=False, markup=False)


def _row(recording: Recording) -> tuple[str, ...]:
    moments = (recording.begun_at, recording.ended_at, recording.keep_until, recording.deleted_at)
    begun, ended, until, deleted = (f"{at:%Y-%m-%d %H:%M}" if at else "" for at in moments)
    seconds = "" if recording.seconds is None else f"{recording.seconds:.0f}"
    return (
        recording.id,
        recording.kind.value,
        recording.call_id,
        recording.rule or "",
        begun,
        ended,
        seconds,
        until,
        deleted,
    )
