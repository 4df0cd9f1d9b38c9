"""Transcripts, played again with the content as it is now."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.app.content import content_folders
from ivr.cli.sample_call import session_for
from ivr.cli.transcript_flow import meant_by
from ivr.content_file import validate_content
from ivr.errors import UsageError
from ivr.flows.player.customer import customer_of
from ivr.flows.player.moves import read_moves
from ivr.flows.player.player import Player
from ivr.flows.player.talk import step_as_data
from ivr.flows.player.transcript import Transcript, talk_lines, with_talk
from ivr.settings import Settings
from ivr.sources.findings import read_content
from ivr.sources.flow_folder import FlowFolder


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of a call."""

    file: Path
    text: str | None
    """The file as it would be written now; None where a person has to, see `with_talk`."""
    difference: str
    """Step by step what goes another way, as a unified difference; empty where nothing does."""


def transcripts_in(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the transcripts that are named, and those of folders; raises UsageError where there is none."""
    for path in paths:
        files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        if not files:
            raise UsageError(
                f"{path} has no .yaml file; write one with `ivr flows play NAME --transcript FILE`."
            )
        yield from files


def replayed(settings: Settings, files: Iterable[Path]) -> Iterator[Replayed]:
    """Yield what becomes of each call; raises ContentError and UsageError for one that can't be played."""
    flows = FlowFolder(content_folders(settings))
    for file in files:
        content = read_content(file)
        transcript = validate_content(content, Transcript)
        customer = customer_of(content, ("customer",))
        flow = flows.in_use(meant_by(file, transcript.flow))
        session = session_for(settings, flow, customer, transcript.language)
        player = Player(session, transcript.results)
        player.play(read_moves(transcript.keys))
        before, now = transcript.talk, [step_as_data(step) for step in player.talk]
        lines = difflib.unified_diff(talk_lines(before), talk_lines(now), str(file), "now", n=2)
        text, difference = file.read_text("utf-8"), "".join(lines)
        yield Replayed(file, with_talk(text, now) if difference else text, difference)


def write_anew(calls: Sequence[Replayed]) -> None:
    """Write calls into their files as they go now; raises UsageError, and writes none, where one can't be."""
    texts = {call.file: call.text for call in calls if call.text is not None}
    if len(texts) < len(calls):
        files = ", ".join(str(call.file) for call in calls if call.text is None)
        raise UsageError(
            f"Nothing is written: the talk can't be replaced in {files}. Write it there as `talk:` at the "
            "start of a line and each step below as `- …`, or let `ivr flows play --transcript` write it."
        )
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8")
