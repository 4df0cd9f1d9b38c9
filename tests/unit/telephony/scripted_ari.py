"""An ARI client that carries nothing: it notes what is sent and answers as a test says."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from ivr.ari.client import AriClient
from ivr.ari.dispatcher import Dispatcher, IncomingQueue
from ivr.ari.request import Request

Answer = TypeVar("Answer")


class ScriptedAri(AriClient):
    """Answers requests by operation; one without an answer is carried out and says nothing."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:1", "nobody", "", "engine")
        self.sent: list[Request[object]] = []
        self.answers: dict[str, deque[object]] = {}
        self.on_send: Callable[[Request[object]], None] = lambda _: None
        self.events = Dispatcher()

    @property
    def connected(self) -> bool:
        return True

    @property
    def operations(self) -> list[str]:
        return [request.operation for request in self.sent]

    def answer(self, operation: str, *answers: object) -> None:
        """Answer the next requests of this kind; an exception is raised."""
        self.answers[operation] = deque(answers)

    def events_for(self, *channel_ids: str) -> AbstractContextManager[IncomingQueue]:
        return self.events.events_for(*channel_ids)

    async def send(self, request: Request[Answer]) -> Answer:
        self.sent.append(request)
        self.on_send(request)
        kept = self.answers.get(request.operation)
        answer = kept.popleft() if kept else None
        if isinstance(answer, Exception):
            raise answer
        return answer  # type: ignore[return-value]  # the test gives what the request reads


def playback_of(ari: ScriptedAri, index: int = -1) -> str:
    plays = [request for request in ari.sent if request.operation == "play"]
    return str(plays[index].params["playbackId"])
