"""The reader behind a server: against llama-cpp-python's real one, and against one that misbehaves."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from ledgerqa.backends.openai_reader import OpenAIReader, is_loopback
from ledgerqa.backends.protocols import Message
from ledgerqa.errors import (
    ReaderRefusedError,
    ReaderStreamError,
    ReaderTimeoutError,
    ReaderUnreachableError,
    ReaderUrlError,
    RemoteReaderError,
)
from tests.backends.stand_in import Handler, stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledgerqa.backends.files import ModelFile

QUESTION = [Message("system", "You are a helpful assistant."), Message("user", "What is the capital of France?")]


# --------------------------------------------------------------------------------------------- the real server


@pytest.fixture(scope="module")
def server(smollm2: ModelFile, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    for package in ("uvicorn", "fastapi", "sse_starlette", "starlette_context", "pydantic_settings"):
        pytest.importorskip(
            package, reason="the server of llama-cpp-python is not installed (llama-cpp-python[server])"
        )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = ["--host", "127.0.0.1", "--port", str(port)]
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(smollm2.path), *place, "--n_ctx", "512"]
    log = tmp_path_factory.mktemp("server") / "log"
    environment = {**os.environ, "GOMP_SPINCOUNT": "1000"}
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, env=environment) as process:
        url = f"http://127.0.0.1:{port}/v1"
        try:
            _wait(url, process, log)
            yield url
        finally:
            process.terminate()
            process.wait(30)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        try:
            OpenAIReader(url).models()
        except ReaderUnreachableError:
            assert process.poll() is None, log.read_text(errors="replace")
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not come up: {log.read_text(errors='replace')}")


@pytest.mark.slow
def test_a_real_server_streams_an_answer(server: str) -> None:
    pieces = list(OpenAIReader(server).complete(QUESTION, 16))
    assert "Paris" in "".join(pieces)
    assert len(pieces) > 1


@pytest.mark.slow
def test_a_real_server_can_be_left_early_and_asked_again(server: str) -> None:
    reader = OpenAIReader(server)
    stream = reader.complete(QUESTION, 64)
    assert next(stream)
    stream.close()  # type: ignore[attr-defined]  # an Iterator by contract, a generator in fact
    assert "Paris" in "".join(reader.complete(QUESTION, 16))


@pytest.mark.slow
def test_a_text_too_long_for_a_real_server_is_no_answer(server: str) -> None:
    question = [Message("user", "word " * 2000)]  # more than its 512 tokens
    with pytest.raises((ReaderRefusedError, ReaderStreamError), match="context"):
        list(OpenAIReader(server).complete(question, 16))


# --------------------------------------------------------------------------------------- one that misbehaves


def event(content: str) -> bytes:
    return b"data: " + json.dumps({"choices": [{"delta": {"content": content}}]}).encode() + b"\n\n"


def ask(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> str:
    with stand_in(lambda handler: handler.send(status, headers or {}, body)) as server:
        return "".join(OpenAIReader(server.url + "/v1").complete(QUESTION, 8))


def test_comments_and_events_without_text_are_passed_over() -> None:
    role = b'data: {"choices": [{"delta": {"role": "assistant", "content": null}}]}\r\n\r\n'
    usage = b'data: {"choices": [], "usage": {}}\n\n'
    assert (
        ask(b": ping\n\n" + role + event("Grüße ") + b"event: x\n" + event("東京") + usage + b"data: [DONE]\n\n")
        == "Grüße 東京"
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (event("half a"), "broke off"),
        (b"", "broke off"),
        (b"<html>not a model</html>", "broke off"),
        (b"data: {nonsense\n\n", "no JSON"),
        (b"data: [1]\n\n", "no object"),
        (b'data: {"choices": [{"text": "old"}]}\n\n', "no chat completion"),
        (b'data: {"error": {"message": "out of memory"}}\n\n', "out of memory"),
    ],
)
def test_a_broken_stream_is_no_answer(body: bytes, reason: str) -> None:
    with pytest.raises(ReaderStreamError, match=reason):
        ask(body)


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (401, b'{"error": {"message": "bad key"}}', "bad key.*Check the API key"),
        (404, b'{"detail": "Not Found"}', "Not Found.*model's name"),
        (500, b"plain words", "plain words.*log"),
        (503, b"", "Service Unavailable"),
    ],
)
def test_a_refusal_says_what_to_do(status: int, body: bytes, told: str) -> None:
    with pytest.raises(ReaderRefusedError, match=told):
        ask(body, status)


def test_a_redirect_is_not_followed() -> None:
    with stand_in(lambda handler: handler.send(200, {}, event("stolen") + b"data: [DONE]\n\n")) as elsewhere:
        with pytest.raises(ReaderRefusedError, match="307"):
            ask(b"", 307, {"Location": elsewhere.url})
        assert elsewhere.asked == []


def test_silence_ends_in_time() -> None:
    def silent(handler: Handler) -> None:
        handler.send(200, {"Content-Length": "9999"}, event("one"))
        handler.wfile.flush()
        time.sleep(1.0)

    with stand_in(silent) as server:
        stream = OpenAIReader(server.url, silent_seconds=0.2).complete(QUESTION, 8)
        assert next(stream) == "one"
        with pytest.raises(ReaderTimeoutError, match=r"silent for 0\.2 s"):
            next(stream)


def test_no_server_is_said_at_once() -> None:
    with stand_in(lambda handler: handler.send(200, {})) as server:
        url = server.url
    with pytest.raises(ReaderUnreachableError, match="Start it"):
        list(OpenAIReader(url).complete(QUESTION, 8))


def test_the_key_is_sent_and_never_told() -> None:
    with stand_in(lambda handler: handler.send(401, {}, b"{}")) as server:
        reader = OpenAIReader(server.url, api_key="sk-secret")
        with pytest.raises(ReaderRefusedError) as caught:
            list(reader.complete(QUESTION, 8))
        assert server.asked[0][2]["Authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in str(caught.value) + reader.name


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with stand_in(lambda handler: handler.send(200, {}, event("through a proxy"))) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        assert ask(event("straight") + b"data: [DONE]\n\n") == "straight"
        assert proxy.asked == []


@pytest.mark.parametrize(
    "url", ["http://192.0.2.7:8080/v1", "https://models.invalid/v1", "http://localhost.evil.invalid"]
)
def test_another_machine_must_be_configured(url: str) -> None:
    with pytest.raises(RemoteReaderError, match="nothing was sent"):
        OpenAIReader(url)
    assert OpenAIReader(url, "m", configured=True).name.startswith("m at ")


@pytest.mark.parametrize("url", ["", "localhost:8080", "file:///etc/passwd", "http://", "http://127.0.0.1:port/"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ReaderUrlError):
        OpenAIReader(url)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("LOCALHOST", True),
        ("10.0.0.1", False),
        ("0.0.0.0", False),
    ],
)
def test_loopback(host: str, here: bool) -> None:  # noqa: FBT001
    assert is_loopback(host) is here


# ------------------------------------------------------------------------------------------- held to a schema

SCHEMA = {
    "type": "object",
    "properties": {"city": {"type": "string", "enum": ["Paris", "Rome"]}},
    "required": ["city"],
    "additionalProperties": False,
}
CITY = event('{"city":') + event('"Paris"}') + b"data: [DONE]\n\n"


def test_a_schema_is_sent_along() -> None:
    bodies: list[dict[str, object]] = []

    def answer(handler: Handler) -> None:
        bodies.append(json.loads(handler.body))
        handler.send(200, {}, CITY)

    with stand_in(answer) as server:
        assert OpenAIReader(server.url + "/v1").write(QUESTION, SCHEMA, 8) == '{"city":"Paris"}'
    assert bodies[0]["response_format"] == {"type": "json_schema", "json_schema": {"name": "plan", "schema": SCHEMA}}
    assert (bodies[0]["temperature"], bodies[0]["max_tokens"]) == (0, 8)


def test_a_server_that_knows_no_schemas_is_asked_without() -> None:
    def answer(handler: Handler) -> None:
        if b"response_format" in handler.body:
            handler.send(422, {}, b'{"detail": "no such response_format"}')
        else:
            handler.send(200, {}, CITY)

    with stand_in(answer) as server:
        reader = OpenAIReader(server.url + "/v1")
        assert reader.write(QUESTION, SCHEMA, 8) == '{"city":"Paris"}'
        assert reader.write(QUESTION, SCHEMA, 8) == '{"city":"Paris"}'
        assert len(server.asked) == 3  # with the schema once, and never again


def test_another_refusal_is_no_matter_of_the_schema() -> None:
    for status, times in ((401, 1), (400, 2)):
        with (
            stand_in(lambda handler, status=status: handler.send(status, {}, b"no")) as server,  # type: ignore[misc]
            pytest.raises(ReaderRefusedError, match=str(status)),
        ):
            OpenAIReader(server.url + "/v1").write(QUESTION, SCHEMA, 8)
        assert len(server.asked) == times


@pytest.mark.slow
def test_a_real_server_writes_json(server: str) -> None:
    text = OpenAIReader(server).write(QUESTION, SCHEMA, 16)
    assert text  # llama-cpp-python's server knows no json_schema, so it may be anything
