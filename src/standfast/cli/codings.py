"""``standfast codings``: what people decided about acts, as a list or as coded sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from standfast.cli import options as o
from standfast.cli.output import Format, emit, err, write
from standfast.cli.tables import plain_table

if TYPE_CHECKING:
    from standfast.coding.export import Coded


class CodingFormat(StrEnum):
    """Formats of codings: the list of decisions, or coded sentences."""

    table = "table"
    json = "json"
    markdown = "markdown"
    jsonl = "jsonl"
    csv = "csv"
    folder = "folder"
    cas = "cas"


_LISTS = {"table", "json", "markdown"}
_FOLDERS = {"folder", "cas"}


def codings(
    style: Annotated[
        CodingFormat,
        typer.Option(
            "--format",
            "-f",
            help="table, json and markdown list every decision; jsonl, csv and folder are coded "
            "sentences for `evaluate` and `train`; cas is UIMA CAS JSON for INCEpTION.",
        ),
    ] = CodingFormat.table,
    raw: Annotated[
        bool, typer.Option("--raw", help="Each coder's sentences, not what was adjudicated.")
    ] = False,
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="FOLDER", help="Where to write; needed for folder and cas."),
    ] = None,
    complete: Annotated[
        bool,
        typer.Option(
            "--complete",
            help="Only sentences that were read for what the machine missed as well.",
        ),
    ] = False,
    document: Annotated[
        str | None, typer.Option("--document", metavar="NAME", help="Of one document.")
    ] = None,
    coder: Annotated[
        str | None, typer.Option("--coder", metavar="NAME", help="Of one coder, as with --raw.")
    ] = None,
    ledger: o.LedgerOption = None,
) -> None:
    """List what people decided about acts and sentences, or give it out as coded sentences.

    For example:

      standfast codings

      standfast codings --format folder --into coded && standfast evaluate coded

      standfast codings --format cas --raw --into inception

    """
    from standfast.workflow.coded_sets import coded as coded_of

    if style in _FOLDERS and into is None:
        raise typer.BadParameter("say where to write with --into FOLDER", param_hint="--into")
    with o.ledger(ledger) as opened:
        if style in _LISTS:
            some = opened.codings(doc=document, who=coder)
            rows = [_row(one.record()) for one in some if not complete or one.verdict == "complete"]
            emit(rows, Format(style.value), _table)
            return
        found = coded_of(opened, "raw" if raw or coder else "adjudicated", document)
    coded = found.where(
        lambda one: (one.complete or not complete) and one.coder == (coder or one.coder)
    )
    _give(coded, style, into)
    if coded.left_out:
        said = "sentence was" if coded.left_out == 1 else "sentences were"
        err().print(f"{coded.left_out} {said} left out: not every act in them is decided.")


def _give(coded: Coded, style: CodingFormat, into: Path | None) -> None:
    from standfast.coding import cas, export

    if style is CodingFormat.cas:
        files: Mapping[str, str] = cas.as_files(coded)
    elif style is CodingFormat.folder:
        files = export.as_folder(coded)
    else:
        text = export.as_lines(coded) if style is CodingFormat.jsonl else export.as_csv(coded)
        if into is None:
            write(text)
            return
        files = {f"labels.{style.value}": text}
    for name, text in files.items():
        path = Path(into or ".") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    number, noun = len(coded.sentences), "sentence" if len(coded.sentences) == 1 else "sentences"
    err().print(f"{number} coded {noun} of {len(coded.documents)} documents in {into}")


def _row(record: dict[str, Any]) -> dict[str, Any]:
    """A decision as a row: what stands in the act's place by its quotes."""
    return {
        name: record[name]
        for name in ("id", "made", "who", "doc", "act", "step", "verdict", "undoes", "why", "value")
    }


def _table(rows: Sequence[dict[str, Any]]) -> Table:
    table = plain_table("", "made", "who", "step", "what", "act", "in its place", "why")
    for row in rows:
        what = row["verdict"] if row["undoes"] is None else f"takes back {row['undoes']}"
        quotes = " / ".join(one["quote"] for one in row["value"])
        made = row["made"][:16].replace("T", " ")
        table.add_row(
            str(row["id"]), made, row["who"], row["step"], what, row["act"], Text(quotes[:80]),
            Text(row["why"]),
        )  # fmt: skip
    return table
