"""The command that learns: ``train``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standfast.cli import options as o
from standfast.cli.output import err, out
from standfast.cli.tables import plain_table
from standfast.model import UnknownPartyError, UnreadableError

if TYPE_CHECKING:
    from standfast.workflow.training import TrainReport

_SHOWN = ("commitment", "acts", "records", "obligors", "targets", "themes", "strength")


def train(
    labels: Annotated[
        str,
        typer.Argument(
            metavar="LABELS",
            help="Coded sentences, as `standfast evaluate` takes them.",
        ),
    ],
    into: Annotated[
        Path,
        typer.Option("--into", metavar="FOLDER", help="Where the weights go."),
    ] = Path("standfast-weights"),
    documents: Annotated[
        str | None,
        typer.Option("--documents", metavar="FOLDER", help="Where the whole documents are."),
    ] = None,
    folds: Annotated[
        int, typer.Option("--folds", min=2, max=20, help="Parts of documents to measure by.")
    ] = 5,
) -> None:
    """Teach the accurate profile from texts that you coded.

    Starts from the packaged models and moves them only as far as your sentences pull them. What it
    brings is measured by folds of documents: each is read by models that have not seen it. Then use
    the weights with `--weights FOLDER` of `read`, `extract`, `explain` and `evaluate`, or with
    $STANDFAST_WEIGHTS.

    For example:

      standfast train coded.csv --into my-weights

      standfast extract report.txt --weights my-weights

    """
    from standfast.workflow import train as run

    console = err()
    try:
        with console.status("") as status:
            report = run(
                labels,
                into,
                documents=documents,
                folds=folds,
                told=lambda what: status.update(what + " …"),
            )
    except (UnreadableError, UnknownPartyError) as error:
        console.print(str(error), style="red", markup=False)
        raise typer.Exit(o.NOTHING_DONE) from error
    _show(report)
    console.print(f"Weights: {report.folder}", markup=False)


def _show(report: TrainReport) -> None:
    from standfast.evaluation.result import said

    console = out()
    number = len({one.doc for one in report.coded.sentences})
    console.print(
        f"{len(report.coded.sentences)} coded sentences of {number} "
        f"{'document' if number == 1 else 'documents'}, {report.coded.records} records."
    )
    if report.before is None or report.after is None:
        console.print(
            "One document only: what was learned cannot be measured, since nothing is held out. "
            "Say which document each sentence is from in a column “doc”."
        )
        return
    table = plain_table("", "before", "after, on documents not learned from")
    for name in _SHOWN:
        one, other = report.before.figure(name), report.after.figure(name)
        table.add_row(one.measure.name, said(one.value), said(other.value))
    console.print(table)
    gained = _value(report.after) - _value(report.before)
    if gained < 0:
        console.print("The packaged models read these texts better: more coded text is needed.")


def _value(evaluation: object) -> float:
    from standfast.evaluation import Evaluation

    if not isinstance(evaluation, Evaluation):
        return 0.0
    return evaluation.figure("acts").value.value or 0.0
