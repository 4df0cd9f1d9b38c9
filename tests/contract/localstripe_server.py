"""localstripe on a free port of loopback, which it prints: its own command listens to everybody.

It keeps its books in memory here, and not in a file that all its processes share.
"""

from __future__ import annotations

import socket

from aiohttp import web
from localstripe.resources import Store
from localstripe.server import app

Store.dump_to_disk = lambda _store: None

if __name__ == "__main__":
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)  # noqa: T201 (it is what the test reads)
    web.run_app(app, sock=listening, print=None)
