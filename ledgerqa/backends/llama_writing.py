"""What a GGUF model writes when it is held to a grammar: greedy decoding with llama.cpp's own grammar sampler.

The likeliest token is tried alone first; only where the grammar refuses it are all tokens looked through, which takes
llama.cpp milliseconds for a grammar of a hundred names (and 0.4 s for one of thousands: keep them small).
"""

from __future__ import annotations

import ctypes
import weakref
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ledgerqa.backends.grammars import gbnf
from ledgerqa.backends.llama_runtime import api
from ledgerqa.errors import ModelUnusableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from ledgerqa.backends.llama_reader import LlamaReader
    from ledgerqa.backends.llama_runtime import Model
    from ledgerqa.backends.protocols import Logits, Message


TOKEN_DATA: Final = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])  # llama_token_data


class Grammar:
    """One text's way through a grammar; freed when nothing refers to it."""

    def __init__(self, model: Model, text: str) -> None:
        """`text` is GBNF; its rule `root` is what may be written.  ModelUnusableError where llama.cpp refuses it."""
        self._sampler = api().llama_sampler_init_grammar(model.vocab, text.encode(), b"root")
        if not self._sampler:
            raise ModelUnusableError(model.path, "llama.cpp cannot read the grammar of plans")
        weakref.finalize(self, api().llama_sampler_free, self._sampler)

    def choose(self, logits: Logits) -> int:
        """The likeliest token that may come next, taken."""
        token = int(logits.argmax())
        if self._filtered(np.array([token]), logits)[0] == -np.inf:
            token = int(self._filtered(np.arange(len(logits)), logits).argmax())
        api().llama_sampler_accept(self._sampler, token)
        return token

    def _filtered(self, tokens: npt.NDArray[np.int64], logits: Logits) -> Logits:
        """The logits of these tokens, of those that the grammar refuses minus infinity."""
        llama = api()
        data = np.zeros(len(tokens), dtype=TOKEN_DATA)
        data["id"], data["logit"] = tokens, logits[tokens]
        pointer = ctypes.cast(data.ctypes.data, dict(llama.llama_token_data_array._fields_)["data"])
        among = llama.llama_token_data_array(data=pointer, size=len(tokens), selected=-1, sorted=False)
        llama.llama_sampler_apply(self._sampler, ctypes.byref(among))
        filtered: Logits = data["logit"]
        return filtered


def written(
    reader: LlamaReader, model: Model, messages: Sequence[Message], schema: Mapping[str, Any], max_tokens: int
) -> str:
    """What the model answers to `messages` (the first is the system's), held to `schema`; cut at `max_tokens`."""
    before, after = reader.frame(messages[0].content)
    reader.start(reader.tokenize(before, control=True, start=True))
    reader.reset()
    asked = "\n\n".join(message.content for message in messages[1:])
    grammar = Grammar(model, gbnf(schema))
    logits = reader.read([*reader.tokenize(asked), *reader.tokenize(after, control=True)])
    data = b""
    for _ in range(max_tokens):
        token = grammar.choose(logits)
        if reader.is_end(token):
            break
        data += reader.piece(token)
        logits = reader.step(token)
    return data.decode("utf-8", "replace")
