"""Options that several commands share, and how their words are read."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standfast.cli.output import Format
from standfast.model import ACT_KINDS, CHECKABLES, STRENGTHS, UnknownPartyError

if TYPE_CHECKING:
    from standfast.documents import Metadata
    from standfast.extraction import Extractor
    from standfast.ledger import Ledger

DONE, SOME_FAILED, WRONG_USE, NOTHING_DONE, INTERRUPTED = 0, 1, 2, 3, 130
EXIT_CODES = {
    DONE: "done",
    SOME_FAILED: "some files could not be read, or `verify` or `doctor` found something wrong",
    WRONG_USE: "wrong use: an option, a party, a date or a name that cannot be",
    NOTHING_DONE: "nothing could be done: no ledger, or none of the files could be read",
    INTERRUPTED: "interrupted; documents finished before are kept",
}

LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="FILE|URL",
        help="The ledger. Otherwise $STANDFAST_LEDGER, else standfast.db in this folder.",
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print the list.")]
LimitOption = Annotated[int | None, typer.Option("--limit", min=1, help="At most so many rows.")]
ThemeOption = Annotated[list[str] | None, typer.Option("--theme", help="See `standfast themes`.")]
IssuerOption = Annotated[
    list[str] | None,
    typer.Option("--issuer", help="Whose text it is: code or name; several with commas."),
]


class Profile(StrEnum):
    """How texts are read."""

    accurate = "accurate"
    fast = "fast"


ProfileOption = Annotated[
    Profile,
    typer.Option("--profile", help="accurate, or fast for archives: several times the speed."),
]
WeightsOption = Annotated[
    str | None,
    typer.Option(
        "--weights",
        metavar="FOLDER",
        envvar="STANDFAST_WEIGHTS",
        show_envvar=False,
        help="Weights of your own, from `standfast train`. Otherwise $STANDFAST_WEIGHTS.",
    ),
]


def extractor(profile: Profile, weights: str | None) -> Extractor:
    """The extractor of a profile, with the user's own weights where there are any."""
    from zipfile import BadZipFile

    from standfast.extraction import Extractor
    from standfast.extraction.weights import Weights

    if not weights:
        return Extractor(profile="fast" if profile is Profile.fast else "accurate")
    if profile is Profile.fast:
        raise typer.BadParameter(
            "the fast profile has no weights of one's own: leave --weights out, or read with "
            "--profile accurate",
            param_hint="--weights",
        )
    try:
        return Extractor(weights=Weights.load(Path(weights)))
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        raise typer.BadParameter(
            f"{weights} holds no weights: make them with `standfast train`",
            param_hint="--weights",
        ) from error


DateOption = Annotated[str | None, typer.Option("--date", help="Day of the document.")]
KindOption = Annotated[
    str | None, typer.Option("--kind", help="Kind: communique, joint-statement, readout, …")
]
PublisherOption = Annotated[str | None, typer.Option("--publisher", help="Who published it.")]
TitleOption = Annotated[str | None, typer.Option("--title", help="Its title.")]


def day(text: str | None, option: str) -> dt.date | None:
    """A day that a person typed; refuses what the calendar does not have."""
    if text is None:
        return None
    from standfast.documents import parse_date

    found = parse_date(text)
    if found is None:
        raise typer.BadParameter(f"“{text}” is not a date; write YYYY-MM-DD", param_hint=option)
    return found


def parties(texts: list[str] | None, option: str) -> tuple[str, ...]:
    """Codes of what a person typed: codes or names, separated by commas or repeated."""
    from standfast.parties import Registry

    found: list[str] = []
    for text in texts or ():
        for name in filter(None, (part.strip() for part in text.split(","))):
            try:
                found += Registry.load().resolve(name)
            except UnknownPartyError as error:
                raise typer.BadParameter(str(error), param_hint=option) from error
    return tuple(dict.fromkeys(found))


def among(texts: list[str] | None, allowed: tuple[str, ...], option: str) -> tuple[str, ...]:
    """Words of a fixed list; refuses others and suggests."""
    from rapidfuzz import process

    found: list[str] = []
    for text in texts or ():
        for name in filter(None, (part.strip().lower() for part in text.split(","))):
            if name not in allowed:
                near = [match for match, _, _ in process.extract(name, allowed, limit=3)]
                said = f"no such one as “{name}”; did you mean {', '.join(near)}?"
                raise typer.BadParameter(said, param_hint=option)
            found.append(name)
    return tuple(found)


def acts(texts: list[str] | None) -> tuple[str, ...]:
    """Acts of the codebook."""
    return among(texts, ACT_KINDS, "--act")


def strengths(texts: list[str] | None) -> tuple[str, ...]:
    """Levels of strength."""
    return among(texts, STRENGTHS, "--strength")


def checkabilities(texts: list[str] | None) -> tuple[str, ...]:
    """Levels of checkability."""
    return among(texts, CHECKABLES, "--checkability")


def themes(texts: list[str] | None) -> tuple[str, ...]:
    """Themes of the codebook."""
    from standfast.extraction.themes import theme_titles

    return among(texts, tuple(theme_titles()), "--theme")


def metadata(
    issuer: list[str] | None,
    date: str | None,
    kind: str | None,
    publisher: str | None,
    title: str | None,
) -> Metadata:
    """What the command line says of the documents."""
    from standfast.documents import Metadata

    return Metadata(
        title=title,
        date=day(date, "--date"),
        kind=kind,
        publisher=publisher,
        issuers=parties(issuer, "--issuer"),
    )


def ledger(target: str | None, *, create: bool = False) -> Ledger:
    """The ledger that the options name."""
    from standfast.ledger import Ledger

    return Ledger(target, create=create)
