"""What training needs: torch and the base's weights; a test skips, with the reason, where one is absent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledgerqa.backends import files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def weights() -> Path:
    pytest.importorskip("torch", reason="torch is not installed (extra: training)")
    if files.packaged_path(files.MINILM) is None:
        pytest.skip(f"{files.MINILM.distribution} is not installed (extra: training)")
    return files.packaged(files.MINILM).path
