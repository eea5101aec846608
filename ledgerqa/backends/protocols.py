"""What a stage may ask of a model, whichever runtime is behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]
    Logits = npt.NDArray[np.float32]
    Progress = Callable[[str, int, int], None]  # stage name, done, total

Device = Literal["auto", "cpu", "gpu"]
ROLES = ("system", "user", "assistant")


class Encoder(Protocol):
    """Text to vectors of unit length, so that a dot product is the cosine."""

    @property
    def name(self) -> str:
        """Name to show and to store beside vectors."""

    @property
    def sha256(self) -> str:
        """Hash of the published weights: vectors of two encoders with different hashes cannot be compared."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed `texts`, in their order: float32, shape (len(texts), dimension), rows of unit length."""


@dataclass(frozen=True)
class Labelled:
    """Characters `start` to `end` of a question, what they are (NAME, PERIOD, ...), and how surely (0 to 1)."""

    label: str
    start: int
    end: int
    probability: float


@dataclass(frozen=True)
class Understanding:
    """What a model makes of a question's words, without knowing the ledger.

    `fields` gives for each field of an intent its classes with their probabilities, "" for "not said"; those of
    "group" are independent of one another.  `spans` are in order and do not overlap; `plain` are all words, with how
    likely each belongs to no span; `talk` are the runs of words that are said around the question, with how likely.
    """

    fields: Mapping[str, Mapping[str, float]]
    spans: tuple[Labelled, ...]
    plain: tuple[Labelled, ...] = ()
    talk: tuple[Labelled, ...] = ()


class Understander(Protocol):
    """A model of how people ask: intent detection and slot filling."""

    @property
    def name(self) -> str:
        """Name to show."""

    @property
    def sha256(self) -> str:
        """Hash of what was trained."""

    def understand(self, text: str) -> Understanding:
        """What `text` asks for."""


@dataclass(frozen=True)
class Slot:
    """A passage that lies in the reader's memory: the sequence that holds it, and its number of tokens."""

    sequence: int
    length: int


@dataclass(frozen=True)
class PassageState:
    """A passage's keys and values, taken out of the reader; good only for a reader of the same `fingerprint`.

    `data` is llama.cpp's own format (23 KB a token for the 135M model).  Whoever stores it on a disk must check
    it on reading, because llama.cpp does not.
    """

    data: bytes
    length: int
    fingerprint: str


class Reader(Protocol):
    """A language model in this process, with the operations of Fusion-in-Decoder over one shared prefix.

    Life of an answer: `start(prefix)` (free when the prefix has not changed), `encode_passages` and `restore`,
    then `fuse(slots, question)`, then `step(token)` until `is_end`.  `read` takes passages and question in one
    piece instead.  Logits are float32 of shape (vocabulary_size,), the caller's own copy.  Not for two threads at once.
    """

    @property
    def name(self) -> str:
        """Name to show."""

    @property
    def sha256(self) -> str:
        """Hash of the weights."""

    @property
    def vocabulary_size(self) -> int:
        """Length of the logits."""

    @property
    def fusable(self) -> bool:
        """Whether passages can be fused: False for recurrent and sliding-window models, which must concatenate."""

    @property
    def capacity(self) -> int:
        """Tokens that fit at once: prefix, passages, question and answer together."""

    @property
    def fingerprint(self) -> str:
        """What a `PassageState` depends on besides its own tokens: weights, prefix, runtime and its settings."""

    def tokenize(self, text: str, *, control: bool = False, start: bool = False) -> list[int]:
        """Tokens of `text`; `control` lets markup such as `<|im_end|>` act, so never set it for a ledger's text."""

    def piece(self, token: int) -> bytes:
        """Bytes of one token, which may be only part of a character; empty for control tokens."""

    def is_end(self, token: int) -> bool:
        """Whether the model ends its answer with this token."""

    def frame(self, system: str) -> tuple[str, str]:
        """Markup of the model's chat template before and after a user's text, to be tokenised with `control`."""

    def start(self, prefix: Sequence[int]) -> None:
        """Read the prefix that all passages share; drops all slots when it differs from the one that is there."""

    def encode_passages(self, passages: Sequence[Sequence[int]]) -> list[Slot]:
        """Read passages, each by itself behind the prefix, all in one batch."""

    def save(self, slot: Slot) -> PassageState:
        """Copy a passage's state out."""

    def restore(self, state: PassageState) -> Slot | None:
        """Put a state back, or None where it is another reader's or prefix's, or unreadable: encode it afresh."""

    def fuse(self, slots: Sequence[Slot], question: Sequence[int]) -> Logits:
        """Begin an answer that attends to prefix, passages and question; logits of its first token."""

    def read(self, tokens: Sequence[int]) -> Logits:
        """Begin an answer over the prefix and all of `tokens`, which every model can; logits of its first token."""

    def step(self, token: int) -> Logits:
        """Append one token of the answer; logits of the next."""

    def extend(self, tokens: Sequence[int]) -> Logits:
        """Append tokens of the answer that are known already, in one batch; logits of the next."""

    def reset(self) -> None:
        """Drop answer and passages, keep the prefix."""

    def close(self) -> None:
        """Free the model."""


@dataclass(frozen=True)
class Message:
    """One turn of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


class ChatReader(Protocol):
    """A language model elsewhere: text in, text out, no logits to mask; what it says must pass the same gate."""

    @property
    def name(self) -> str:
        """Name to show."""

    def complete(self, messages: Sequence[Message], max_tokens: int) -> Iterator[str]:
        """Stream the answer's text, greedily decoded."""


class Writer(Protocol):
    """A language model that can answer in JSON, here or elsewhere."""

    @property
    def name(self) -> str:
        """Name to show."""

    def write(self, messages: Sequence[Message], schema: Mapping[str, Any], max_tokens: int) -> str:
        """The answer to `messages` (the system's first), greedily decoded.

        It is held to `schema` (see `grammars`) where that can be done: always for a model of this process, cut at
        `max_tokens` though; a server may be unable to, so what comes must be checked.
        """
