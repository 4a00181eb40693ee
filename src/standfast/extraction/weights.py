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
ENCODER, SECOND, TAGGER = FOLDER / "encoder", FOLDER / "second", FOLDER / "tagger"
SCREEN, ACTS, ROLES, THEMES = "screen.npz", "acts.npz", "roles.npz", "themes.npz"


@dataclass(frozen=True, slots=True)
class Weights:
    """The screen, the act labels of a predicate, the roles of a referent.

    ``encoder`` and ``second`` are the folders of the encoder and of the second reader; there is
    none where an encoder was trained without a teacher.
    """

    screen: Screen
    acts: LinearModel
    roles: LinearModel
    encoder: Path = ENCODER
    second: Path | None = None

    def save(self, folder: Path) -> None:
        """Write the three files."""
        self.screen.save(folder / SCREEN)
        self.acts.save(folder / ACTS)
        self.roles.save(folder / ROLES)

    @classmethod
    def load(cls, folder: Path) -> Weights:
        """Read the three files; packaged networks stand in where the folder has no encoder.

        A folder with an encoder of its own has its own second reader or none: the packaged one may
        have learned what that encoder is to be measured by.
        """
        networks = folder if (folder / ENCODER.name).is_dir() else FOLDER
        second = networks / SECOND.name
        return cls(
            Screen.load(folder / SCREEN),
            LinearModel.load(folder / ACTS),
            LinearModel.load(folder / ROLES),
            networks / ENCODER.name,
            second if second.is_dir() else None,
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
                total.update(path.name.encode() + b"\0")
                total.update(path.read_bytes())
    return total.hexdigest()[:8]
