"""The reader: Fusion-in-Decoder on a decoder-only model, by llama.cpp's sequences.

Fusion-in-Decoder (Izacard and Grave, arXiv:2007.01282) encodes passages apart and lets the decoder attend to all.
Here the same happens in one unified key-value cache: the shared prefix is read in one sequence; each passage is
read in a sequence of its own that begins with the prefix's cells, so that all passages stand at the same
positions; the answer's sequence is given the cells of the prefix and of every passage, and goes on after the end
of the longest.  Order cannot matter, since no passage's position or content depends on another's.

What a passage costs can be kept: `save` takes its cells out, `restore` puts them back.
"""

from __future__ import annotations

import ctypes
import hashlib
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ledgerqa.backends.llama_runtime import MAX_SEQUENCES, Batch, Context, Model, api
from ledgerqa.backends.protocols import PassageState, Slot
from ledgerqa.errors import ContextFullError, ModelUnusableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledgerqa.backends.files import ModelFile
    from ledgerqa.backends.protocols import Device, Logits, Message

PREFIX, ANSWER, FIRST_PASSAGE = 0, 1, 2  # sequences
CAPACITY = 4096
BATCH_TOKENS = 2048
CACHE_TYPES = {"f32": 0, "f16": 1}  # GGML_TYPE_*
MARK = "\u241e"  # stands for the user's text when the chat template is taken apart; no template contains it


class LlamaReader:
    """A GGUF model with Fusion-in-Decoder; see `protocols.Reader` for what each operation promises."""

    def __init__(
        self,
        file: ModelFile,
        device: Device = "auto",
        capacity: int = CAPACITY,
        cache: Literal["f16", "f32"] = "f16",
    ) -> None:
        """Load the weights, which must have been verified; `capacity` is cut to what the model was trained for.

        On a CPU flash attention is left off: it gained no speed there, and with it what a passage was batched with
        moved its logits by tenths, so that a kept state and a fresh one did not read alike.  A GPU gets it.
        """
        self._model = Model(file.path, device)
        self._file = file
        self._capacity = min(capacity, self._model.trained_context or capacity)
        self._batch = min(self._capacity, BATCH_TOKENS)
        flash = "AUTO" if self._model.gpu else "DISABLED"
        self._context = Context(
            self._model,
            n_ctx=self._capacity,
            n_batch=self._batch,
            n_seq_max=MAX_SEQUENCES,
            kv_unified=True,
            swa_full=True,
            type_k=CACHE_TYPES[cache],
            type_v=CACHE_TYPES[cache],
            flash_attn_type=getattr(api(), f"LLAMA_FLASH_ATTN_TYPE_{flash}"),
        )
        self._cache = cache
        self._prefix: list[int] = []
        self._slots: set[int] = set()
        self._position = 0  # of the answer's next token
        self._used = 0  # cells taken by prefix, passages and answer
        self._passage_cells = 0

    # ---------------------------------------------------------------------------------------- what it is

    @property
    def name(self) -> str:
        """Name to show."""
        return self._file.name

    @property
    def sha256(self) -> str:
        """Hash of the weights."""
        return self._file.sha256

    @property
    def vocabulary_size(self) -> int:
        """Length of the logits."""
        return self._model.vocabulary_size

    @property
    def capacity(self) -> int:
        """Tokens that fit at once."""
        return self._capacity

    @property
    def gpu(self) -> bool:
        """Whether all layers were offloaded."""
        return self._model.gpu

    @property
    def fusable(self) -> bool:
        """False for models whose memory is no plain cache: recurrent, hybrid or with a sliding window."""
        llama, pointer = api(), self._model.pointer
        stateful = llama.llama_model_is_recurrent(pointer) or llama.llama_model_is_hybrid(pointer)
        return not stateful and llama.llama_model_n_swa(pointer) == 0

    @property
    def fingerprint(self) -> str:
        """Hash of all that a passage's cells depend on besides its tokens."""
        llama = api()
        build = [llama.__version__, llama.llama_print_system_info().decode("utf-8", "replace"), self.gpu, self._cache]
        weights = self._file.sha256 or str(self._file.path)
        return hashlib.sha256(repr([weights, build, self._capacity, self._prefix]).encode()).hexdigest()

    def close(self) -> None:
        """Free the context and the weights."""
        self._context.close()
        self._model.close()

    # ---------------------------------------------------------------------------------------------- text

    def tokenize(self, text: str, *, control: bool = False, start: bool = False) -> list[int]:
        """Tokens of `text`; markup in it acts only with `control`."""
        return self._model.tokenize(text, control=control, special=start)

    def piece(self, token: int) -> bytes:
        """Bytes of one token."""
        llama = api()
        buffer = ctypes.create_string_buffer(256)
        size = llama.llama_token_to_piece(self._model.vocab, token, buffer, len(buffer), 0, False)
        if size < 0:
            buffer = ctypes.create_string_buffer(-size)
            size = llama.llama_token_to_piece(self._model.vocab, token, buffer, len(buffer), 0, False)
        return buffer.raw[:size]

    def is_end(self, token: int) -> bool:
        """Whether the model ends its answer with this token."""
        return bool(api().llama_vocab_is_eog(self._model.vocab, token))

    def frame(self, system: str) -> tuple[str, str]:
        """Markup before and after a user's text in the model's own chat template; plain lines where it has none."""
        llama = api()
        template = llama.llama_model_chat_template(self._model.pointer, None)
        turns = [(b"system", system.encode()), (b"user", MARK.encode())]
        chat = (llama.llama_chat_message * 2)(*(llama.llama_chat_message(role=r, content=c) for r, c in turns))
        buffer = ctypes.create_string_buffer(4 * len(system.encode()) + 4096)
        size = -1
        if template is not None:
            size = llama.llama_chat_apply_template(template, chat, 2, True, buffer, len(buffer))
        if not 0 <= size <= len(buffer) or MARK not in buffer.raw[:size].decode("utf-8", "replace"):
            return f"{system}\n\n", "\n\n"
        before, _, after = buffer.raw[:size].decode("utf-8", "replace").partition(MARK)
        return before, after

    # -------------------------------------------------------------------------------------------- fusion

    def start(self, prefix: Sequence[int]) -> None:
        """Read the prefix, unless it is the one that is there."""
        if list(prefix) == self._prefix:
            return
        api().llama_memory_clear(self._context.memory, False)
        self._slots.clear()
        self._prefix, self._used, self._passage_cells = [], 0, 0
        self._reserve(len(prefix))
        self._append(prefix, PREFIX, 0)
        self._prefix = list(prefix)

    def encode_passages(self, passages: Sequence[Sequence[int]]) -> list[Slot]:
        """Read passages apart, in as few batches as they fit; an empty passage is a slot that holds nothing."""
        self._reserve(sum(map(len, passages)))
        slots = [self._new_slot(len(passage)) for passage in passages]
        tokens = [token for passage in passages for token in passage]
        begin = len(self._prefix)
        positions = [begin + i for passage in passages for i in range(len(passage))]
        sequences = [slot.sequence for slot in slots for _ in range(slot.length)]
        for slot in slots:
            self._copy(PREFIX, slot.sequence, 0, begin)
        for cut in range(0, len(tokens), self._batch):
            part = slice(cut, cut + self._batch)
            self._context.decode(Batch(tokens[part], positions[part], sequences[part], [False] * len(tokens[part])))
        for slot in slots:  # a slot holds its passage alone, as a restored one does
            api().llama_memory_seq_rm(self._context.memory, slot.sequence, 0, begin)
        return slots

    def save(self, slot: Slot) -> PassageState:
        """Copy a passage's cells out, in llama.cpp's format."""
        llama, context = api(), self._context.pointer
        size = llama.llama_state_seq_get_size(context, slot.sequence)
        buffer = (ctypes.c_uint8 * size)()
        written = llama.llama_state_seq_get_data(context, buffer, size, slot.sequence)
        return PassageState(bytes(buffer)[:written], slot.length, self.fingerprint)

    def restore(self, state: PassageState) -> Slot | None:
        """Put cells back; None where they are not of this reader and prefix, or llama.cpp cannot read them."""
        if state.fingerprint != self.fingerprint:
            return None
        self._reserve(state.length)
        slot = self._new_slot(state.length)
        buffer = (ctypes.c_uint8 * len(state.data)).from_buffer_copy(state.data)
        if api().llama_state_seq_set_data(self._context.pointer, buffer, len(state.data), slot.sequence):
            return slot
        self._drop(slot)
        return None

    def fuse(self, slots: Sequence[Slot], question: Sequence[int]) -> Logits:
        """Begin an answer over prefix, passages and question; logits of its first token."""
        if not self.fusable:
            raise ModelUnusableError(self._file.path, "its memory cannot be fused; read passages one after another")
        self._forget_answer()
        self._reserve(len(question))
        begin = len(self._prefix)
        self._copy(PREFIX, ANSWER, 0, begin)
        for slot in slots:
            self._copy(slot.sequence, ANSWER, begin, -1)
        self._position = begin + max((slot.length for slot in slots), default=0)
        return self._advance(question)

    def read(self, tokens: Sequence[int]) -> Logits:
        """Begin an answer over the prefix and `tokens` one after another: concatenation, for comparison."""
        self._forget_answer()
        self._reserve(len(tokens))
        self._copy(PREFIX, ANSWER, 0, len(self._prefix))
        self._position = len(self._prefix)
        return self._advance(tokens)

    def step(self, token: int) -> Logits:
        """Append one token of the answer; logits of the next."""
        return self.extend([token])

    def extend(self, tokens: Sequence[int]) -> Logits:
        """Append tokens of the answer in one batch; logits of the next."""
        self._reserve(len(tokens))
        return self._advance(tokens)

    def write(self, messages: Sequence[Message], schema: Mapping[str, Any], max_tokens: int) -> str:
        """Answer `messages` in JSON, held to `schema` by a grammar; see `protocols.Writer`."""
        from ledgerqa.backends.llama_writing import written

        return written(self, self._model, messages, schema, max_tokens)

    def reset(self) -> None:
        """Drop answer and passages, keep the prefix."""
        self._forget_answer()
        for sequence in sorted(self._slots):
            api().llama_memory_seq_rm(self._context.memory, sequence, -1, -1)
        self._slots.clear()
        self._used, self._passage_cells = len(self._prefix), 0

    # ------------------------------------------------------------------------------------------- the cache

    def _reserve(self, tokens: int) -> None:
        """Refuse what does not fit before llama.cpp fails half-way."""
        if self._used + tokens > self._capacity:
            raise ContextFullError(self._used + tokens, self._capacity)
        self._used += tokens

    def _new_slot(self, length: int) -> Slot:
        free = (s for s in range(FIRST_PASSAGE, MAX_SEQUENCES) if s not in self._slots)
        sequence = next(free, None)
        if sequence is None:
            raise ContextFullError(len(self._slots) + 1, MAX_SEQUENCES - FIRST_PASSAGE)
        self._slots.add(sequence)
        self._passage_cells += length
        return Slot(sequence, length)

    def _drop(self, slot: Slot) -> None:
        api().llama_memory_seq_rm(self._context.memory, slot.sequence, -1, -1)
        self._slots.discard(slot.sequence)
        self._passage_cells -= slot.length
        self._used -= slot.length

    def _copy(self, source: int, target: int, begin: int, end: int) -> None:
        """Let `target` see the cells of `source` from `begin` to `end` (-1: to its end); copies no data."""
        api().llama_memory_seq_cp(self._context.memory, source, target, begin, end)

    def _forget_answer(self) -> None:
        """Take the answer's mark off all cells; those of question and answer alone are free again."""
        api().llama_memory_seq_rm(self._context.memory, ANSWER, -1, -1)
        self._used = len(self._prefix) + self._passage_cells

    def _append(self, tokens: Sequence[int], sequence: int, begin: int, *, last: bool = False) -> None:
        """Run tokens at the end of a sequence; with `last`, the logits of the last one are wanted."""
        for cut in range(0, len(tokens), self._batch):
            part = tokens[cut : cut + self._batch]
            outputs = [False] * len(part)
            outputs[-1] = last and cut + len(part) == len(tokens)
            positions = range(begin + cut, begin + cut + len(part))
            self._context.decode(Batch(part, positions, [sequence] * len(part), outputs))

    def _advance(self, tokens: Sequence[int]) -> Logits:
        """Append to the answer's sequence; logits after the last token, as a copy."""
        if not tokens:
            raise ValueError("logits follow a token: give at least one")
        self._append(tokens, ANSWER, self._position, last=True)
        self._position += len(tokens)
        pointer = api().llama_get_logits_ith(self._context.pointer, -1)
        return np.ctypeslib.as_array(pointer, (self.vocabulary_size,)).copy()
