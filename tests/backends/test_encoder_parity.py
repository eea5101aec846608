"""The GGUF encoder against sentence-transformers, which the weights were published for: 200 texts, five scripts."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ledgerqa.backends import files

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.backends.gguf_encoder import GgufEncoder

SCRIPTS = {
    "latin": (
        ["Zahnarztpraxis Müller", "CAFÉ DE L'ÉTOILE", "AMZN MKTP DE*2F4XX", "Łódź Komunikacja", "Pão de Açúcar"],
        ["weekly groceries", "Überweisung Nr. 4711-B", "petit déjeuner", "REF 00812/33 SEPA", "rent & heating, 50%",
         "cuota del gimnasio", "two tickets (return)", "refund #88 for order_12"],
    ),
    "cyrillic": (
        ["Горэнерго", "ООО «Берёза»", "Йога-студия", "Їжа та кава", "Аптека №7"],
        ["оплата света", "перевод зарплаты", "абонемент на март", "обед с коллегами", "лекарства", "квартплата",
         "билеты на поезд", "возврат"],
    ),
    "han and kana": (
        ["関西電力", "スターバックス", "华润万家", "ローソン 渋谷店", "中国移动"],
        ["電気料金 三月分", "コーヒーとパン", "房租", "お弁当", "手机话费", "電車の切符", "ガソリン代", "退款"],
    ),
    "hangul": (
        ["한국전력공사", "별다방 강남점", "김밥나라", "서울교통공사", "우리치과의원"],
        ["전기요금 납부", "아메리카노 두 잔", "월세", "점심 식사", "교통카드 충전", "스케일링", "보험료", "환불"],
    ),
    "devanagari": (
        ["बिजली विभाग", "शर्मा किराना स्टोर", "चाय की दुकान", "रेलवे टिकट", "दाँतों का डॉक्टर"],
        ["मार्च का बिल", "दूध और सब्ज़ी", "किराया", "यात्रा", "दवाइयाँ", "बीमा किस्त", "वेतन", "वापसी"],
    ),
}  # fmt: skip
TEXTS = [f"{payee}: {text}" for payees, texts in SCRIPTS.values() for payee, text in product(payees, texts)]
LONG = ["groceries and rent " * 200, "전기요금 " * 300]


@pytest.mark.slow
def test_vectors_equal_those_of_sentence_transformers(encoder: GgufEncoder, models_data: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    from ledgerqa.backends.sentence_encoder import SentenceEncoder

    assert len(TEXTS) == 200
    folder = files.packaged(files.MINILM).path.parent
    oracle = SentenceEncoder(str(folder), models_data, "cpu")
    assert (oracle.sha256, oracle.dimension) == (encoder.sha256, encoder.dimension)
    cosines = (encoder.encode(TEXTS + LONG) * oracle.encode(TEXTS + LONG)).sum(axis=1)
    assert np.all(cosines >= 0.9999), [(t, c) for t, c in zip(TEXTS + LONG, cosines, strict=True) if c < 0.9999]


@pytest.mark.slow
def test_a_model_that_is_not_here_is_not_downloaded(models_data: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    from ledgerqa.backends.sentence_encoder import SentenceEncoder
    from ledgerqa.errors import ModelMissingError

    for name in ("nobody/no-such-encoder", "no-such-encoder", "no such/name/at all"):
        with pytest.raises(ModelMissingError, match="not on this machine"):
            SentenceEncoder(name, models_data)
