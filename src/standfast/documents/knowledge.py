"""The package's data files on kinds of document, publishers and turns."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any


@cache
def knowledge(name: str) -> dict[str, Any]:
    """Read ``data/<name>.yaml`` (once); the mapping is to be treated as read-only."""
    import yaml

    path = resources.files("standfast.documents").joinpath("data", f"{name}.yaml")
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found
