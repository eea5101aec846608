"""What torch trains and what NumPy runs at question time are the same model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ledgerqa.backends.safetensors import read_safetensors
from ledgerqa.errors import PlannerDamagedError

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.training.planner import Planner

TEXTS = (
    "how much did we spend on the cats last year?",
    "Saalmiete 2023, ohne Heizung",
    "what's left on the visa as of 31 december",
    "電気代 先月",
    "x",
)


@pytest.fixture(scope="module")
def trained(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Planner, Path]:
    """A planner whose adapters say something, though nothing useful; written as files."""
    import torch

    from ledgerqa.training.artefact import write
    from ledgerqa.training.planner import Planner, Recipe

    torch.manual_seed(5)
    planner = Planner(weights, Recipe()).eval()
    for name, each in planner.named_parameters():
        if name.endswith(".up"):
            each.data.normal_(0, 0.02)
        each.data = each.data.half().float()
    folder = tmp_path_factory.mktemp("trained")
    write(planner, Recipe(), "0", folder, {})
    return planner, folder


def test_an_untrained_adapter_changes_nothing(weights: Path) -> None:
    import torch

    from ledgerqa.training.encoder import Encoder

    tokens = torch.tensor([[101, 2129, 2172, 102]])
    mask = torch.ones_like(tokens, dtype=torch.bool)
    with torch.no_grad():
        plain, adapted = Encoder(weights, 0, 2.0).eval(), Encoder(weights, 8, 2.0).eval()
        one = plain(tokens, mask)
        two = adapted(tokens, mask)
    assert torch.allclose(one, two, atol=1e-5)


def test_states_and_heads_are_those_of_torch(trained: tuple[Planner, Path], tmp_path: Path, weights: Path) -> None:
    import torch

    from ledgerqa.backends.trained_planner import TrainedPlanner
    from ledgerqa.training.fills import Example
    from ledgerqa.training.planner import Tokeniser
    from ledgerqa.training.predicting import likeliest, predict

    planner, folder = trained
    served = TrainedPlanner(tmp_path, folder)
    tokeniser = Tokeniser.beside(weights)
    for text in TEXTS:
        item = tokeniser.item(Example(text, (), {}, ""))
        tokens = torch.tensor([item.tokens])
        mask = torch.ones_like(tokens, dtype=torch.bool)
        with torch.no_grad():
            states = planner.encoder(tokens, mask)[0]
        ours = torch.from_numpy(served.states(text))
        assert ours.shape == states.shape
        assert (ours - states).abs().max() < 1e-3
        (expected,) = predict(planner, tokeniser, [Example(text, (), {}, "")])
        understood = served.understand(text)
        for name, shares in expected.fields.items():
            for each, share in shares.items():
                assert understood.fields[name][each] == pytest.approx(share, abs=1e-3)
        assert likeliest(understood) == likeliest(expected)


def test_the_talk_head_is_that_of_torch(trained: tuple[Planner, Path], tmp_path: Path, weights: Path) -> None:
    import shutil

    import torch

    from ledgerqa.backends.convolutions import TALK
    from ledgerqa.backends.talk import TalkHead
    from ledgerqa.backends.trained_planner import CARD, TENSORS, read_card
    from ledgerqa.training.artefact import add_talk, read_planner
    from ledgerqa.training.planner import Tokeniser
    from ledgerqa.training.talk import Spoken
    from ledgerqa.training.talk_head import TalkHead as Trained
    from ledgerqa.training.talk_head import words_of

    for name in (CARD, TENSORS):
        shutil.copy(trained[1] / name, tmp_path)
    planner, tokeniser = read_planner(tmp_path, weights), Tokeniser.beside(weights)
    torch.manual_seed(6)
    head = Trained(planner.encoder.width * len(TALK.layers), 96, 0.1).eval()
    for each in head.parameters():
        each.data = each.data.half().float()
    sha256 = add_talk(head, {"recipe": {}}, tmp_path)
    assert read_card(tmp_path)["sha256"] == sha256
    for again in (tmp_path, trained[1]):  # beside a head or not, the planner is read as it was
        for name, each in read_planner(again, weights).named_parameters():
            assert torch.equal(each, dict(trained[0].named_parameters())[name])
    served = TalkHead(read_safetensors(tmp_path / TENSORS))
    for text in TEXTS:
        words = words_of(planner, tokeniser, [Spoken(text, ())])
        with torch.no_grad():
            expected = head(words.states, words.mask).sigmoid()[0].tolist()
        layers = [words.states[0, :, at * 384 : (at + 1) * 384].numpy() for at in range(len(TALK.layers))]
        padded = [
            layers[TALK.layers.index(at)] if at in TALK.layers else layers[0] for at in range(max(TALK.layers) + 1)
        ]
        assert served.shares(padded, range(len(expected))) == pytest.approx(expected, abs=1e-3)


def test_a_damaged_file_is_not_loaded(trained: tuple[Planner, Path], tmp_path: Path) -> None:
    from ledgerqa.backends.trained_planner import CARD, TENSORS, TrainedPlanner

    _, folder = trained
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / CARD).write_bytes((folder / CARD).read_bytes())
    data = bytearray((folder / TENSORS).read_bytes())
    data[-100] ^= 1
    (copy / TENSORS).write_bytes(data)
    with pytest.raises(PlannerDamagedError, match="sha256"):
        TrainedPlanner(tmp_path, copy)


def test_a_planner_of_another_base_is_not_loaded(trained: tuple[Planner, Path], tmp_path: Path) -> None:
    from ledgerqa.backends.trained_planner import CARD, read_card

    card = json.loads((trained[1] / CARD).read_text(encoding="utf-8"))
    (tmp_path / CARD).write_text(json.dumps(card | {"base": "f" * 64}), encoding="utf-8")
    with pytest.raises(PlannerDamagedError, match="for an encoder"):
        read_card(tmp_path)


def test_one_seed_trains_one_planner(weights: Path) -> None:
    import torch

    from ledgerqa.training.phrasings import Phrasing, Slot
    from ledgerqa.training.planner import Recipe, train

    names = ("category", "payee", "tag", "account", "person", "thing", "currency", "link", "text", "key", "value")
    vocabulary = {name: [f"{name} one", f"{name} two"] for name in names}
    phrasings = [
        Phrasing(("how much on ", Slot("category")), {"measure": ("sum",)}),
        Phrasing(("list all of ", Slot("payee"), " ", Slot("when")), {"measure": ("list",)}),
    ]
    recipe = Recipe(fills=4, epochs=2, batch=4)
    one, two = (train(phrasings, [vocabulary], weights, recipe, lambda _: None) for _ in range(2))
    for first, second in zip(one.parameters(), two.parameters(), strict=True):
        assert torch.equal(first, second)
