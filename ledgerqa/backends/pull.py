"""Fetch one model file from the Hugging Face hub, when the user asks for it and never otherwise.

The hub answers with a redirect that bears the file's size and, for large files, its sha256 as `X-Linked-ETag`.
The part that has come lies beside the target under the file's own hash, so that a pull goes on after a break and
never joins two versions; the file takes its name only when it is whole and its hash is right.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from ledgerqa.backends.files import ModelFile, manifest_path, models_dir, write_json
from ledgerqa.errors import ModelDamagedError, ModelNameError, PullError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledgerqa.backends.protocols import Progress

HUB = "https://huggingface.co"
SECONDS = 30.0
BLOCK = 1 << 20
MAX_REDIRECTS = 5
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
SHA256 = re.compile(r"[0-9a-f]{64}")
REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Pulled:
    """What came.  `published` says that the hub gave the hash and it was right; otherwise it is only recorded."""

    file: ModelFile
    size: int
    published: bool
    resumed_at: int


@dataclass(frozen=True)
class _Remote:
    """What the hub says of a file: where it lies, its size (-1 unknown), an identity, its sha256 ("" unknown)."""

    url: str
    size: int
    identity: str
    sha256: str
    commit: str


def pull(
    name: str,
    data_dir: Path,
    progress: Progress | None = None,
    *,
    base_url: str = HUB,
    revision: str = "main",
    token: str = "",
) -> Pulled:
    """Fetch OWNER/REPOSITORY/FILE into the data folder, or go on with a fetch that broke off.

    `token` is sent to `base_url`'s host only.  Raises ModelNameError, PullError, or ModelDamagedError where all
    came and the hash is wrong (the part is then thrown away).
    """
    owner, repository, file = _split_name(name)
    address = f"{base_url.rstrip('/')}/{owner}/{repository}/resolve/{quote(revision, safe='')}/{quote(file)}"
    target = models_dir(data_dir) / owner / repository / file
    target.parent.mkdir(parents=True, exist_ok=True)
    remote = _look_up(address, token)
    part = target.with_name(f"{target.name}.{hashlib.sha256(remote.identity.encode()).hexdigest()[:16]}.part")
    resumed_at = part.stat().st_size if part.exists() and remote.identity else 0
    digest, size = _fetch(remote, part, resumed_at, token, urlsplit(base_url).netloc, progress)
    if remote.sha256 and digest != remote.sha256:
        part.unlink()
        raise ModelDamagedError(part, remote.sha256, digest)
    part.replace(target)
    manifest = {"sha256": digest, "source": address, "commit": remote.commit, "published": str(bool(remote.sha256))}
    write_json(manifest_path(target), manifest)
    return Pulled(ModelFile(name, None, target, digest, "pulled"), size, bool(remote.sha256), resumed_at)


def _split_name(name: str) -> tuple[str, str, str]:
    """Owner, repository and file; nothing that could leave the models' folder."""
    parts = name.split("/")
    if len(parts) < 3 or not all(NAME.fullmatch(part) for part in parts):
        raise ModelNameError(name)
    return parts[0], parts[1], "/".join(parts[2:])


def _look_up(address: str, token: str) -> _Remote:
    """Ask for the file's head; of a redirect, the hub's own headers count, not those of where it points."""
    with _open("HEAD", address, {}, token) as response:
        headers = response.headers
        if response.status not in REDIRECTS and response.status != http.client.OK:
            raise PullError(address, _refusal(response.status))
        etag = (headers.get("X-Linked-ETag") or headers.get("ETag") or "").removeprefix("W/").strip('"')
        size = headers.get("X-Linked-Size")
        if size is None and response.status == http.client.OK:
            size = headers.get("Content-Length")
        return _Remote(
            url=address,
            size=int(size) if size and size.isdigit() else -1,
            identity=etag,
            sha256=etag if SHA256.fullmatch(etag) else "",
            commit=headers.get("X-Repo-Commit", ""),
        )


def _fetch(
    remote: _Remote, part: Path, have: int, token: str, trusted: str, progress: Progress | None
) -> tuple[str, int]:
    """Bring `part` to its full length; its sha256 and its size."""
    if have > remote.size:  # also where the size is not known
        have = 0
    digest = hashlib.sha256()
    with part.open("r+b" if have else "wb") as out:
        for block in iter(lambda: out.read(min(BLOCK, have - out.tell())), b"") if have else ():
            digest.update(block)
        if have != remote.size:
            with _follow(remote.url, have, token, trusted) as response:
                if response.status == http.client.OK and have:  # no ranges there: from the start
                    have, digest = 0, hashlib.sha256()
                out.seek(have)
                out.truncate()
                for block in _blocks(response, remote.url):
                    out.write(block)
                    digest.update(block)
                    have += len(block)
                    if progress is not None:
                        progress("pull", have, max(remote.size, have))
        out.flush()
        os.fsync(out.fileno())
    if 0 <= remote.size != have:
        raise PullError(remote.url, f"{have:,} of {remote.size:,} bytes came")
    return digest.hexdigest(), have


def _blocks(response: http.client.HTTPResponse, url: str) -> Iterator[bytes]:
    while True:
        try:
            block = response.read(BLOCK)
        except (OSError, http.client.HTTPException) as error:
            raise PullError(url, f"it broke off: {str(error) or type(error).__name__}") from error
        if not block:
            return
        yield block


@contextlib.contextmanager
def _follow(address: str, have: int, token: str, trusted: str) -> Iterator[http.client.HTTPResponse]:
    """GET from byte `have` on, through redirects, none of which may fall back from https to http."""
    url = address
    for _ in range(MAX_REDIRECTS):
        headers = {"Range": f"bytes={have}-"} if have else {}
        known = urlsplit(url).netloc == trusted
        with _open("GET", url, headers, token if known else "") as response:
            if response.status in REDIRECTS:
                target = urljoin(url, response.headers.get("Location", ""))
                if urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https":
                    raise PullError(address, "it redirects to an unencrypted address")
                url = target
                continue
            if response.status == http.client.PARTIAL_CONTENT:
                if not (response.headers.get("Content-Range") or "").startswith(f"bytes {have}-"):
                    raise PullError(address, "it sent another part than was asked for")
            elif response.status != http.client.OK:
                raise PullError(address, _refusal(response.status))
            yield response
            return
    raise PullError(address, "it redirects in circles")


@contextlib.contextmanager
def _open(method: str, url: str, headers: dict[str, str], token: str) -> Iterator[http.client.HTTPResponse]:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise PullError(url, "this is no address of a hub")
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=SECONDS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = {"User-Agent": "ledgerqa", "Accept-Encoding": "identity", **headers}
    if token:
        sent["Authorization"] = f"Bearer {token}"
    try:
        try:
            connection.request(method, path, headers=sent)
            response = connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            raise PullError(url, str(error) or type(error).__name__) from error
        yield response
    finally:
        connection.close()


def _refusal(status: int) -> str:
    hints = {401: "it asks for a token: set HF_TOKEN", 403: "access was not granted", 404: "there is no such file"}
    return f"HTTP {status}: {hints.get(status, http.client.responses.get(status, 'unknown'))}"
