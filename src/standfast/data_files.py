"""Knowledge that an analyst may want to change: YAML files in the packages' ``data`` folders."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any


@cache
def data_file(package: str, name: str) -> dict[str, Any]:
    """``data/<name>.yaml`` of a package, read once; the mapping is to be treated as read-only."""
    path = resources.files(package).joinpath("data", f"{name}.yaml")
    return load_yaml(path.read_text(encoding="utf-8"))


def load_yaml(text: str) -> dict[str, Any]:
    """A YAML mapping, by the fast parser where PyYAML has it: a tenth of the time."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 - both are safe loaders
    return found
