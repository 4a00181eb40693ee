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
ENCODER, TAGGER = FOLDER / "encoder", FOLDER / "tagger"
SCREEN, ACTS, ROLES, THEMES = "screen.npz", "acts.npz", "roles.npz", "themes.npz"


@dataclass(frozen=True, slots=True)
class Weights:
    """The screen, the act labels of a predicate, the roles of a referent; the encoder's folder."""

    screen: Screen
    acts: LinearModel
    roles: LinearModel
    encoder: Path = ENCODER

    def save(self, folder: Path) -> None:
        """Write the three files."""
        self.screen.save(folder / SCREEN)
        self.acts.save(folder / ACTS)
        self.roles.save(folder / ROLES)

    @classmethod
    def load(cls, folder: Path) -> Weights:
        """Read the three files; the packaged encoder stands in where the folder has none."""
        own = folder / ENCODER.name
        return cls(
            Screen.load(folder / SCREEN),
            LinearModel.load(folder / ACTS),
            LinearModel.load(folder / ROLES),
            own if own.is_dir() else ENCODER,
        )

    def digest(self) -> str:
        """Eight hexadecimal digits that change with any weight of the three models."""
        total = hashlib.sha256()
        for array in (self.screen.weights, self.acts.weights, self.roles.weights):
            total.update(array.astype("float16").tobytes())
        return total.hexdigest()[:8]


@cache
def packaged() -> Weights:
    """The weights that come with the package."""
    return Weights.load(FOLDER)


@cache
def fast_screen() -> Screen:
    """The fast profile's screen, which learned from the accurate profile's reading."""
    return Screen.load(TAGGER / SCREEN)


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
