"""A reader behind any OpenAI-compatible server: llama-server, vLLM, Ollama, LM Studio, or llama-cpp-python's own.

By the standard library alone.  It keeps to the one address it is given: redirects are errors and proxies of the
environment are not used, so that a ledger's text goes nowhere that the user has not named.  Without a user's
word (`configured`) only this machine itself is spoken to.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from ledgerqa.errors import (
    ReaderRefusedError,
    ReaderStreamError,
    ReaderTimeoutError,
    ReaderUnreachableError,
    ReaderUrlError,
    RemoteReaderError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledgerqa.backends.protocols import Message

CONNECT_SECONDS = 5.0
SILENT_SECONDS = 120.0  # a large model may read that long before its first token
MAX_LINE = 1 << 20
MAX_REASON = 200
OK = 200
SCHEMA_REFUSED = (400, 415, 422, 500, 501)  # what servers say to a `response_format` that they do not know


class OpenAIReader:
    """One model on one server; each call opens a connection of its own, so that threads do not meet."""

    def __init__(
        self,
        url: str,
        model: str = "",
        api_key: str = "",
        *,
        configured: bool = False,
        silent_seconds: float = SILENT_SECONDS,
    ) -> None:
        """`url` as in http://127.0.0.1:8080/v1; `configured` is true where the user's own settings named it.

        Raises ReaderUrlError, or RemoteReaderError where it is another machine and not `configured`.
        """
        self._url = url.rstrip("/")
        self._parts = _split(self._url)
        if not configured and not is_loopback(self._parts.hostname or ""):
            raise RemoteReaderError(url)
        self._model = model
        self._api_key = api_key
        self._silent_seconds = silent_seconds
        self._takes_schemas = True

    @property
    def name(self) -> str:
        """Model and server, for the answer's `reader`."""
        return f"{self._model or 'default'} at {self._parts.netloc.rpartition('@')[2]}"

    def models(self) -> list[str]:
        """The names of the models that the server offers; for `doctor`, and to choose one."""
        with self._request("GET", "/models", None) as response:
            try:
                content = json.loads(response.read(MAX_LINE))
                return [str(item["id"]) for item in content["data"]]
            except (ValueError, KeyError, TypeError) as error:
                raise ReaderStreamError(self._url, "its list of models cannot be read") from error

    def write(self, messages: Sequence[Message], schema: Mapping[str, Any], max_tokens: int) -> str:
        """Answer `messages` in JSON, held to `schema` by a server that knows `json_schema`; see `protocols.Writer`.

        One that refuses the schema is asked without, from then on.
        """
        if self._takes_schemas:
            wanted = {"type": "json_schema", "json_schema": {"name": "plan", "schema": schema}}
            try:
                return "".join(self._stream(messages, max_tokens, {"response_format": wanted}))
            except ReaderRefusedError as error:
                if error.status not in SCHEMA_REFUSED:
                    raise
        text = "".join(self._stream(messages, max_tokens, {}))
        self._takes_schemas = False  # without it the server answers, so it was the schema that it refused
        return text

    def complete(self, messages: Sequence[Message], max_tokens: int) -> Iterator[str]:
        """Stream the answer to `messages`, decoded greedily; closing the iterator early closes the connection.

        Errors come with the first piece asked for, since nothing is sent before.
        """
        yield from self._stream(messages, max_tokens, {})

    def _stream(self, messages: Sequence[Message], max_tokens: int, more: Mapping[str, Any]) -> Iterator[str]:
        body = {
            "model": self._model or "default",
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            "max_tokens": max_tokens,
            "temperature": 0,
            "stream": True,
            **more,
        }
        with self._request("POST", "/chat/completions", body) as response:
            for event in self._events(response):
                text = self._delta(event)
                if text:
                    yield text

    # ------------------------------------------------------------------------------------------------ http

    @contextlib.contextmanager
    def _request(self, method: str, path: str, body: object) -> Iterator[http.client.HTTPResponse]:
        connection = self._connect()
        headers = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
        if self._api_key:
            headers["Authorization"] = f"Bearer {self._api_key}"
        try:
            with self._faults():
                data = None if body is None else json.dumps(body).encode()
                connection.request(method, self._parts.path + path, data, headers)
                response = connection.getresponse()
                if response.status != OK:
                    raise ReaderRefusedError(self._url, response.status, _reason(response))
                yield response
        finally:
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(self._parts.hostname or "", self._parts.port, timeout=CONNECT_SECONDS)
        try:
            connection.connect()
        except (OSError, http.client.HTTPException) as error:
            raise ReaderUnreachableError(self._url, _short(error)) from error
        if connection.sock is not None:
            connection.sock.settimeout(self._silent_seconds)
        return connection

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        """What can go wrong on an open connection, as our own errors."""
        try:
            yield
        except TimeoutError as error:
            raise ReaderTimeoutError(self._url, self._silent_seconds) from error
        except OSError as error:
            raise ReaderUnreachableError(self._url, _short(error)) from error
        except http.client.HTTPException as error:
            raise ReaderStreamError(self._url, _short(error)) from error

    # ---------------------------------------------------------------------------------------------- stream

    def _events(self, response: http.client.HTTPResponse) -> Iterator[dict[str, Any]]:
        """Server-sent events up to [DONE] (WHATWG HTML, "Server-sent events"); each `data` here is one line."""
        while True:
            line = response.readline(MAX_LINE)
            if not line:
                raise ReaderStreamError(self._url, "it broke off; the text may be longer than its context")
            field, _, value = line.strip().partition(b":")
            if field != b"data":
                continue  # a comment, an event's name, or the empty line between two
            value = value.strip()
            if value == b"[DONE]":
                return
            try:
                event = json.loads(value)
            except ValueError as error:
                raise ReaderStreamError(self._url, "an event is no JSON") from error
            if not isinstance(event, dict):
                raise ReaderStreamError(self._url, "an event is no object")
            yield event

    def _delta(self, event: dict[str, Any]) -> str:
        if "error" in event:
            raise ReaderStreamError(self._url, _message(event) or "the server reported an error")
        choices = event.get("choices")
        if not choices:  # usage and keep-alive events have none
            return ""
        try:
            return str(choices[0]["delta"].get("content") or "")
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise ReaderStreamError(self._url, "an event is no chat completion") from error


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine, by its name `localhost` or a loopback address; asks no name server."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        valid = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:  # a port that is no number
        valid = None
    if not valid:
        raise ReaderUrlError(url)
    return parts


def _reason(response: http.client.HTTPResponse) -> str:
    """The server's own words about its refusal, cut short."""
    text = response.read(MAX_LINE).decode("utf-8", "replace")
    with contextlib.suppress(ValueError):
        content = json.loads(text)
        text = (_message(content) if isinstance(content, dict) else "") or text
    return " ".join((text or response.reason).split())[:MAX_REASON]


def _message(content: dict[str, Any]) -> str:
    """The sentence in an error as OpenAI, vLLM, FastAPI or Ollama write it."""
    error = content.get("error", content.get("detail", content.get("message", "")))
    return str(error.get("message", "")) if isinstance(error, dict) else str(error)


def _short(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
