"""A BERT encoder from safetensors to GGUF f16, so that llama.cpp can run it and no question waits for torch.

Done once, in about a third of a second; kept in the data folder with a manifest of hashes.  Needs `gguf` and
NumPy.  Matrices become f16, all else stays f32, as in llama.cpp's own converter; the vectors stay within 1e-5
of cosine 1 of those of sentence-transformers (tests/backends/test_encoder_parity.py).
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

import numpy as np

from ledgerqa.backends.files import (
    MINILM,
    ModelFile,
    manifest_path,
    models_dir,
    packaged,
    read_manifest,
    sha256_of,
    verify,
    write_json,
)
from ledgerqa.backends.safetensors import read_safetensors
from ledgerqa.backends.wordpiece import SPECIAL, marked
from ledgerqa.errors import BackendMissingError, ModelDamagedError, ModelUnusableError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

MINILM_VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
MAX_TOKENS = 256  # sentence_bert_config.json of all-MiniLM-L6-v2
ALWAYS_F32 = ("position_embd", "token_types")
CONVERTER = "1"  # raise it when the file that comes out changes


def default_encoder_file(data_dir: Path) -> ModelFile:
    """all-MiniLM-L6-v2 as GGUF, converted from the packaged weights where it has not been yet.

    `sha256` of the result is that of the published weights, not of the GGUF, whose bytes depend on the converter.
    A GGUF that is damaged is made afresh; damaged packaged weights raise ModelDamagedError.
    """
    target = models_dir(data_dir) / "converted" / f"{MINILM.name}.f16.gguf"
    if not _intact(target, data_dir):
        source = verify(packaged(MINILM), data_dir, afresh=True)
        minilm_vocabulary(source.path)
        convert_bert(source.path, target, MINILM.name)
        manifest = {"sha256": sha256_of(target, data_dir, afresh=True), "source": source.sha256, "converter": CONVERTER}
        write_json(manifest_path(target), manifest)
    return ModelFile(MINILM.name, "encoder", target, MINILM.sha256, "package")


def minilm_vocabulary(weights: Path) -> str:
    """The words beside the published weights, one a line, the last without an end; ModelDamagedError for others."""
    path = weights.with_name("vocab.txt")
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != MINILM_VOCABULARY_SHA256:
        raise ModelDamagedError(path, MINILM_VOCABULARY_SHA256, found)
    return data.decode("utf-8").removesuffix("\n")


def _intact(target: Path, data_dir: Path) -> bool:
    manifest = read_manifest(target)
    if manifest.get("source") != MINILM.sha256 or manifest.get("converter") != CONVERTER or not target.is_file():
        return False
    return sha256_of(target, data_dir) == manifest.get("sha256")


def convert_bert(weights: Path, target: Path, name: str) -> None:
    """Write `weights` (model.safetensors, with config.json and vocab.txt beside it) as GGUF f16 to `target`."""
    try:
        import gguf
    except ImportError as error:
        raise BackendMissingError("gguf", "offline") from error
    config = json.loads(weights.with_name("config.json").read_text(encoding="utf-8"))
    if config.get("model_type") != "bert":
        raise ModelUnusableError(weights, f"its type is {config.get('model_type')}, and only BERT can be converted")
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        writer = gguf.GGUFWriter(aside, "bert")
        _add_settings(writer, gguf, config, name)
        _add_vocabulary(writer, weights.with_name("vocab.txt"))
        _add_tensors(writer, gguf, read_safetensors(weights), int(config["num_hidden_layers"]))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _add_settings(writer: Any, gguf: Any, config: dict[str, Any], name: str) -> None:
    writer.add_name(name)
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_causal_attention(value=False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_file_type(1)  # mostly f16


def _add_vocabulary(writer: Any, vocabulary: Path) -> None:
    """The WordPiece vocabulary, its special words as control tokens."""
    words = vocabulary.read_text(encoding="utf-8").split("\n")
    words = words[:-1] if words[-1] == "" else words
    normal, control = 1, 3  # gguf.TokenType
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(marked(words))
    writer.add_token_types([control if w in SPECIAL else normal for w in words])
    writer.add_token_type_count(2)
    for role, word in (("unk", "[UNK]"), ("sep", "[SEP]"), ("pad", "[PAD]"), ("mask", "[MASK]"), ("bos", "[CLS]")):
        getattr(writer, f"add_{role}_token_id")(words.index(word))


def _add_tensors(writer: Any, gguf: Any, tensors: dict[str, npt.NDArray[Any]], layers: int) -> None:
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.BERT, layers)
    for name, tensor in tensors.items():
        if name.endswith("position_ids") or name.startswith("pooler."):
            continue  # not weights, and the head of another task
        new = names.get_name(name, try_suffixes=(".weight", ".bias"))
        if new is None:
            raise ModelUnusableError(name, "no tensor of a BERT encoder has this name")
        small = tensor.ndim < 2 or new.startswith(ALWAYS_F32)
        writer.add_tensor(new, tensor.astype(np.float32 if small else np.float16))
