"""The learned weights that come with the package, loaded once a process."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from standfast.extraction.linear import LinearModel
from standfast.extraction.screening import Screen

FOLDER = Path(str(resources.files("standfast.extraction"))) / "data"
ENCODER = FOLDER / "encoder"
SCREEN, ACTS, ROLES = "screen.npz", "acts.npz", "roles.npz"


@dataclass(frozen=True, slots=True)
class Weights:
    """The screen, the act labels of a predicate, and the roles of a referent."""

    screen: Screen
    acts: LinearModel
    roles: LinearModel

    def save(self, folder: Path) -> None:
        """Write the three files."""
        self.screen.save(folder / SCREEN)
        self.acts.save(folder / ACTS)
        self.roles.save(folder / ROLES)

    @classmethod
    def load(cls, folder: Path) -> Weights:
        """Read the three files."""
        return cls(
            Screen.load(folder / SCREEN),
            LinearModel.load(folder / ACTS),
            LinearModel.load(folder / ROLES),
        )


@cache
def packaged() -> Weights:
    """The weights that come with the package."""
    return Weights.load(FOLDER)


@cache
def digest() -> str:
    """Eight hexadecimal digits that change whenever a data file or a weight changes."""
    parties = Path(str(resources.files("standfast.parties"))) / "data"
    total = hashlib.sha256()
    for folder in (FOLDER, parties):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:8]
