"""Pulling against a stand-in of the hub: the redirect, the range, the hash, and every way that it breaks."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from ledgerqa.backends import files
from ledgerqa.backends.pull import pull
from ledgerqa.errors import ModelDamagedError, ModelNameError, PullError
from tests.backends.stand_in import Handler, stand_in

if TYPE_CHECKING:
    from pathlib import Path

WEIGHTS = bytes(range(256)) * 12_000  # 3 MB
SHA256 = hashlib.sha256(WEIGHTS).hexdigest()
NAME = "org/model-GGUF/model-q4.gguf"
RESOLVE = "/org/model-GGUF/resolve/main/model-q4.gguf"


class Hub:
    """As the real one: the name redirects to a store, with size and hash in the redirect."""

    def __init__(self, *, sha256: str = SHA256, ranges: bool = True, cut_after: int | None = None) -> None:
        self.sha256, self.ranges, self.cut_after = sha256, ranges, cut_after

    def __call__(self, handler: Handler) -> None:
        if handler.path == RESOLVE:
            linked = {
                "X-Linked-ETag": f'"{self.sha256}"',
                "X-Linked-Size": str(len(WEIGHTS)),
                "X-Repo-Commit": "c0ffee",
            }
            handler.send(302, {"Location": "/store/blob?signed=1", **linked})
        elif handler.path == "/store/blob?signed=1":
            self._send_blob(handler)
        else:
            handler.send(404, {})

    def _send_blob(self, handler: Handler) -> None:
        wanted = handler.headers.get("Range") if self.ranges else None
        begin = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        headers = {"Content-Length": str(len(WEIGHTS) - begin)}
        if wanted:
            headers["Content-Range"] = f"bytes {begin}-{len(WEIGHTS) - 1}/{len(WEIGHTS)}"
        handler.send(206 if wanted else 200, headers, WEIGHTS[begin : self.cut_after])


def test_a_file_comes_whole_and_is_found_again(data_dir: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    with stand_in(Hub()) as hub:
        pulled = pull(NAME, data_dir, lambda *event: seen.append(event), base_url=hub.url)
    assert pulled.file.path.read_bytes() == WEIGHTS
    assert (pulled.file.sha256, pulled.size, pulled.published, pulled.resumed_at) == (SHA256, len(WEIGHTS), True, 0)
    assert seen[-1] == ("pull", len(WEIGHTS), len(WEIGHTS))
    assert files.verify(files.find(NAME, data_dir), data_dir).sha256 == SHA256
    assert sorted(p.name for p in pulled.file.path.parent.iterdir()) == ["model-q4.gguf", "model-q4.gguf.manifest.json"]


def test_a_broken_pull_goes_on_where_it_broke(data_dir: Path) -> None:
    with stand_in(Hub(cut_after=1_000_000)) as hub, pytest.raises(PullError, match="again to go on"):
        pull(NAME, data_dir, base_url=hub.url)
    with pytest.raises(Exception, match="not on this machine"):
        files.find(NAME, data_dir)  # a part is no model
    with stand_in(Hub()) as hub:
        pulled = pull(NAME, data_dir, base_url=hub.url)
        assert hub.asked[-1][2]["Range"] == "bytes=1000000-"
    assert (pulled.resumed_at, pulled.file.sha256) == (1_000_000, SHA256)


def test_a_store_without_ranges_starts_over(data_dir: Path) -> None:
    with stand_in(Hub(cut_after=1_000_000)) as hub, pytest.raises(PullError):
        pull(NAME, data_dir, base_url=hub.url)
    with stand_in(Hub(ranges=False)) as hub:
        assert pull(NAME, data_dir, base_url=hub.url).file.path.read_bytes() == WEIGHTS


def test_a_part_of_another_version_is_not_joined(data_dir: Path) -> None:
    with stand_in(Hub(sha256="0" * 64, cut_after=1_000_000)) as hub, pytest.raises(PullError):
        pull(NAME, data_dir, base_url=hub.url)
    with stand_in(Hub()) as hub:
        pulled = pull(NAME, data_dir, base_url=hub.url)
    assert (pulled.resumed_at, pulled.file.sha256) == (0, SHA256)


def test_a_wrong_hash_leaves_nothing(data_dir: Path) -> None:
    with stand_in(Hub(sha256="0" * 64)) as hub, pytest.raises(ModelDamagedError):
        pull(NAME, data_dir, base_url=hub.url)
    assert [p for p in files.models_dir(data_dir).rglob("*") if p.is_file()] == []


def test_a_rotten_part_is_found_out(data_dir: Path) -> None:
    with stand_in(Hub(cut_after=1_000_000)) as hub, pytest.raises(PullError):
        pull(NAME, data_dir, base_url=hub.url)
    (part,) = files.models_dir(data_dir).rglob("*.part")
    part.write_bytes(b"x" + part.read_bytes()[1:])
    with stand_in(Hub()) as hub, pytest.raises(ModelDamagedError):
        pull(NAME, data_dir, base_url=hub.url)
    with stand_in(Hub()) as hub:
        assert pull(NAME, data_dir, base_url=hub.url).file.sha256 == SHA256


def test_a_small_file_without_a_hash_is_recorded_as_unpublished(data_dir: Path) -> None:
    def plain(handler: Handler) -> None:
        handler.send(200, {"ETag": '"1a2b"'}, b"{}")

    with stand_in(plain) as hub:
        pulled = pull("org/model/config.json", data_dir, base_url=hub.url)
    assert (pulled.published, pulled.file.sha256) == (False, hashlib.sha256(b"{}").hexdigest())


def test_the_token_goes_to_the_hub_and_nowhere_else(data_dir: Path) -> None:
    with stand_in(Hub()) as store:

        def elsewhere(handler: Handler) -> None:
            linked = {"X-Linked-ETag": f'"{SHA256}"', "X-Linked-Size": str(len(WEIGHTS))}
            handler.send(302, {"Location": f"{store.url}/store/blob?signed=1", **linked})

        with stand_in(elsewhere) as hub:
            pull(NAME, data_dir, base_url=hub.url, token="hf_secret")
            assert {headers.get("Authorization") for _, _, headers in hub.asked} == {"Bearer hf_secret"}
        assert [headers.get("Authorization") for _, _, headers in store.asked] == [None]


@pytest.mark.parametrize(("status", "hint"), [(401, "HF_TOKEN"), (404, "no such file"), (500, "HTTP 500")])
def test_a_refusal_says_why(data_dir: Path, status: int, hint: str) -> None:
    with stand_in(lambda handler: handler.send(status, {})) as hub, pytest.raises(PullError, match=hint):
        pull(NAME, data_dir, base_url=hub.url)


def test_circles_end(data_dir: Path) -> None:
    with (
        stand_in(lambda handler: handler.send(302, {"Location": handler.path})) as hub,
        pytest.raises(PullError, match="circles"),
    ):
        pull(NAME, data_dir, base_url=hub.url)


def test_no_hub_is_an_error_in_words(data_dir: Path) -> None:
    with stand_in(Hub()) as hub:
        url = hub.url
    with pytest.raises(PullError, match="refused"):
        pull(NAME, data_dir, base_url=url)


@pytest.mark.parametrize(
    "name", ["model.gguf", "org/model", "org/model/", "org/../x.gguf", "/etc/passwd/x", "a/b/.hidden", "a b/c/d"]
)
def test_names_that_are_no_file_of_a_repository(data_dir: Path, name: str) -> None:
    with pytest.raises(ModelNameError, match="OWNER/REPOSITORY/FILE"):
        pull(name, data_dir, base_url="http://127.0.0.1:9")
