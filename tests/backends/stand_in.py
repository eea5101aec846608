"""A server on loopback that says what a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Answer = Callable[["Handler"], None]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answer: Answer
    asked: list[tuple[str, str, dict[str, str]]]
    body: bytes = b""  # of the request that is being answered

    def _answer(self) -> None:
        self.asked.append((self.command, self.path, dict(self.headers.items())))
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.close_connection = True
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            type(self).answer(self)

    do_GET = do_POST = do_HEAD = _answer  # noqa: N815 - http.server's names

    def send(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Nothing on stderr."""


class StandIn:
    def __init__(self, answer: Answer) -> None:
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        handler = type("ThisHandler", (Handler,), {"answer": staticmethod(answer), "asked": self.asked})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@contextlib.contextmanager
def stand_in(answer: Answer) -> Iterator[StandIn]:
    here = StandIn(answer)
    thread = threading.Thread(target=here.server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield here
    finally:
        here.server.shutdown()
        thread.join()
        here.server.server_close()
