"""The encoder by llama.cpp: no torch, 0.2 s from import to the first vector, a few milliseconds a query."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from ledgerqa.backends.gguf_convert import MAX_TOKENS, default_encoder_file
from ledgerqa.backends.llama_runtime import Batch, Context, Model, api
from ledgerqa.backends.wordpiece import WordPiece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ledgerqa.backends.files import ModelFile
    from ledgerqa.backends.protocols import Device, Progress, Vectors

# An encoder's attention in llama.cpp is computed over the whole batch and then masked by sequence, so its cost
# grows with the square of the batch; measured best on 2 cores among 128 to 4096.
BATCH_TOKENS = 512
BATCH_SEQUENCES = 64


class GgufEncoder:
    """A BERT-like encoder from a GGUF file.  Calls from several threads wait for one another."""

    def __init__(self, file: ModelFile, device: Device = "auto", max_tokens: int | None = None) -> None:
        """Load the weights, which must have been verified.  `max_tokens` cuts texts; None: the model's own limit."""
        self._model = Model(file.path, device)
        self._file = file
        self._max_tokens = min(max_tokens or BATCH_TOKENS, self._model.trained_context, BATCH_TOKENS)
        self._wordpiece = self._load_wordpiece()
        self._lock = threading.Lock()
        self._pooled: Context | None = None

    @property
    def name(self) -> str:
        """The model's name."""
        return self._file.name

    @property
    def sha256(self) -> str:
        """Hash of the published weights."""
        return self._file.sha256

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._model.dimension

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed `texts`: float32 of shape (len(texts), dimension), rows of unit length, in the order of `texts`."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        tokens = [self.tokens(text) for text in texts]
        done = 0
        with self._lock:
            for chosen in _packed([len(t) for t in tokens]):
                vectors[chosen] = self._pool([tokens[i] for i in chosen])
                done += len(chosen)
                if progress is not None:
                    progress("embed", done, len(texts))
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.maximum(norms, np.finfo(np.float32).tiny)
        return vectors

    def tokens(self, text: str) -> list[int]:
        """Tokens with the model's begin and end marks, cut to `max_tokens` as sentence-transformers cuts."""
        if self._wordpiece is None:
            tokens = self._model.tokenize(text, special=True)
        else:
            tokens = [self._begin, *self._wordpiece.tokens(text), self._end]
        if len(tokens) > self._max_tokens:
            tokens = [*tokens[: self._max_tokens - 1], tokens[-1]]
        return tokens

    def context(self, pooling: int, **settings: int) -> Context:
        """A context of its own for batches of BATCH_TOKENS, that pools the states of a sequence so."""
        sizes = {"n_ctx": BATCH_TOKENS, "n_batch": BATCH_TOKENS, "n_ubatch": BATCH_TOKENS, "n_seq_max": BATCH_SEQUENCES}
        return Context(self._model, embeddings=True, pooling_type=pooling, kv_unified=True, **sizes, **settings)

    def _load_wordpiece(self) -> WordPiece | None:
        """Our own tokeniser, for models that have such a vocabulary; llama.cpp's for all others."""
        llama, vocab = api(), self._model.vocab
        if llama.llama_vocab_type(vocab) != llama.LLAMA_VOCAB_TYPE_WPM:
            return None
        raw = (llama.llama_vocab_get_text(vocab, token) for token in range(self._model.vocabulary_size))
        pieces = [text.decode("utf-8", "replace") for text in raw]
        self._begin, self._end = pieces.index("[CLS]"), pieces.index("[SEP]")
        lowercase = self._model.metadata("tokenizer.ggml.normalizer.lowercase") != "false"
        return WordPiece(pieces, pieces.index("[UNK]"), lowercase=lowercase)

    def _pool(self, chosen: Sequence[Sequence[int]]) -> Vectors:
        """Mean over the tokens of each sequence, run as one batch; not normalised."""
        llama = api()
        if self._pooled is None:
            self._pooled = self.context(llama.LLAMA_POOLING_TYPE_MEAN)
        context = self._pooled
        flat = [token for tokens in chosen for token in tokens]
        positions = [position for tokens in chosen for position in range(len(tokens))]
        sequences = [sequence for sequence, tokens in enumerate(chosen) for _ in tokens]
        context.encode(Batch(flat, positions, sequences, [True] * len(flat)))
        pooled = [llama.llama_get_embeddings_seq(context.pointer, sequence) for sequence in range(len(chosen))]
        return np.stack([np.ctypeslib.as_array(p, (self.dimension,)).copy() for p in pooled])


def _packed(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of texts in batches of at most BATCH_TOKENS tokens and BATCH_SEQUENCES texts, longest first."""
    batch: list[int] = []
    room = BATCH_TOKENS
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and (lengths[index] > room or len(batch) == BATCH_SEQUENCES):
            yield batch
            batch, room = [], BATCH_TOKENS
        batch.append(index)
        room -= lengths[index]
    if batch:
        yield batch


def default_encoder(data_dir: Path, device: Device = "auto") -> GgufEncoder:
    """all-MiniLM-L6-v2 from the packaged weights, converted at its first use; ModelMissingError without them."""
    return GgufEncoder(default_encoder_file(data_dir), device, MAX_TOKENS)
