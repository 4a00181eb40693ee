"""Who tests the program has not installed what only training needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BLOCKED = "import sys; sys.modules.update(torch=None, transformers=None, onnx=None)"


def test_these_tests_can_be_collected_without_training_libraries() -> None:
    names = sorted(one.stem for one in HERE.glob("test_*.py") if one != Path(__file__))
    assert "test_own_codings" in names
    wanted = "; ".join(f"import tests.training.{name}" for name in names)
    done = subprocess.run(
        [sys.executable, "-c", f"{BLOCKED}; {wanted}"],
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
