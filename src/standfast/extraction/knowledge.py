"""Reads the package's data files: knowledge that an analyst may want to change."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any


@cache
def knowledge(name: str) -> dict[str, Any]:
    """Read ``data/<name>.yaml`` (once); the mapping is to be treated as read-only."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    path = resources.files("standfast.extraction").joinpath("data", f"{name}.yaml")
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    return found
