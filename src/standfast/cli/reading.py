"""Commands that read: ``read``, ``extract``, ``explain``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from standfast.cli import options as o
from standfast.cli.output import Format, emit, err, json, out, write
from standfast.cli.progress import Progress
from standfast.cli.tables import ACT_COLUMNS, acts_table, codes, sign

_WORDS = 5
"""Words shown that speak for a reading, and as many that speak against it."""

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH…", help="Files, folders, addresses (http, https) or - for input."),
]


def read(
    paths: Paths,
    ledger: o.LedgerOption = None,
    issuer: o.IssuerOption = None,
    date: o.DateOption = None,
    kind: o.KindOption = None,
    publisher: o.PublisherOption = None,
    title: o.TitleOption = None,
    profile: o.ProfileOption = o.Profile.accurate,
    weights: o.WeightsOption = None,
    again: Annotated[
        bool, typer.Option("--again", help="Extract anew what an older extractor read.")
    ] = False,
) -> None:
    """Read documents into the ledger, each with its acts.

    What the ledger holds already is passed over. --issuer, --date, --kind, --publisher and --title
    say what a file does not, and win over what it says.

    For example:

      standfast read communiques/

      standfast read statement.pdf --issuer G7 --date 2023-05-20

      standfast read archive.jsonl.gz --ledger archive.db

    """
    from standfast.workflow import read as run

    given = o.metadata(issuer, date, kind, publisher, title)
    with o.ledger(ledger, create=True) as opened, Progress(paths) as progress:
        report = run(
            paths,
            opened,
            given=given,
            again=again,
            extractor=o.extractor(profile, weights),
            told=progress.told,
        )
    console = err()
    counts = report.documents
    said = ", ".join(
        f"{counts[status]} {status}"
        for status in ("new", "new version", "new source", "re-read", "unchanged", "failed")
        if counts[status]
    )
    console.print(f"{report.total} documents: {said or 'none'} ({report.seconds:.1f} s)")
    if report.acts:
        kinds = ", ".join(f"{number} {kind}" for kind, number in report.acts.most_common())
        console.print(f"{report.acts.total()} acts: {kinds}")
        console.print(f"Ledger {opened.target}, batch {report.batch}", markup=False)
    raise typer.Exit(_code(len(report.failures), report.total))


def _code(failed: int, total: int) -> int:
    if not failed:
        return o.DONE
    return o.NOTHING_DONE if failed == total else o.SOME_FAILED


def extract(
    paths: Paths,
    style: o.FormatOption = Format.table,
    limit: o.LimitOption = None,
    issuer: o.IssuerOption = None,
    date: o.DateOption = None,
    kind: o.KindOption = None,
    publisher: o.PublisherOption = None,
    title: o.TitleOption = None,
    profile: o.ProfileOption = o.Profile.accurate,
    weights: o.WeightsOption = None,
) -> None:
    """Find acts in documents and print them; no ledger is touched.

    `doc` is the file's stem or the record's id; `start` and `end` are offsets in its text, which
    for Markdown with front matter is what follows the front matter.

    For example:

      standfast extract report.txt --issuer USA

      standfast extract documents/ --format jsonl > acts.jsonl

    """
    from standfast.documents import Failure
    from standfast.workflow import extracted

    given = o.metadata(issuer, date, kind, publisher, title)
    rows: list[dict[str, Any]] = []
    failed = total = 0
    with Progress(paths) as progress:
        for document, acts in extracted(
            paths, given=given, extractor=o.extractor(profile, weights)
        ):
            total += 1
            if isinstance(acts, Failure):
                failed += 1
                progress.told(acts, "failed")
                continue
            progress.told(document, "read")
            found = [act.record() for act in acts]
            if style is Format.jsonl and limit is None:
                # One document's acts at a time, so that an archive needs no memory.
                write("".join(json(row) + "\n" for row in found))
            else:
                rows += found
    if not (style is Format.jsonl and limit is None):
        some = rows[:limit] if limit else rows
        width = out().width
        emit(some, style, lambda shown: acts_table(shown, width), columns=_columns())
    raise typer.Exit(_code(failed, total))


def _columns() -> list[str]:
    return [name for name in ACT_COLUMNS if name not in {"id", "title", "date", "source"}]


def explain(
    sentence: Annotated[str, typer.Argument(help="A sentence or more; - for standard input.")],
    issuer: o.IssuerOption = None,
    date: o.DateOption = None,
    kind: o.KindOption = None,
    weights: o.WeightsOption = None,
    style: o.FormatOption = Format.table,
) -> None:
    """Say what is found in a sentence, and which rule made which decision.

    For example:

      standfast explain "We will provide Ukraine with air defence systems." --issuer G7

      standfast explain "They urged Russia to withdraw its troops." --issuer USA --format json

    """
    import sys

    from standfast.workflow import explain as run

    text = sys.stdin.read() if sentence == "-" else sentence
    if not text.strip():
        raise typer.BadParameter("there is no sentence", param_hint="SENTENCE")
    readings = run(
        text,
        given=o.metadata(issuer, date, kind, None, None),
        extractor=o.extractor(o.Profile.accurate, weights),
    )
    rows: list[dict[str, Any]] = [
        {
            "start": one.start,
            "end": one.end,
            "text": one.text,
            "screened_in": one.screened,
            "score": round(one.score, 3),
            "notes": [note.record() for note in one.notes],
            "acts": [act.record() for act in one.acts],
            "weighings": [asdict(weighing) for weighing in one.weighings],
        }
        for one in readings
    ]
    if style is not Format.table:
        emit(rows, style, lambda _: Table())
        return
    console = out()
    for row in rows:
        console.print(Text(f"“{row['text']}”", style="bold"))
        for note in row["notes"]:
            console.print(Text(f"  {note['component']}: {note['rule']} ({note['detail']})"))
        for weighing in row["weighings"]:
            console.print(weighing_line(weighing))
        for act in row["acts"]:
            console.print(act_tree(act))
        console.print()


def act_tree(act: dict[str, Any]) -> Any:
    """One act as a tree: its words, its parties, its fields, and why."""
    from rich.tree import Tree

    head = Text.assemble(sign(act["act"]), f"  {act['confidence']:.2f}  “{act['quote']}”")
    tree = Tree(head, guide_style="dim")
    tree.add(f"{codes(act['obligors'], 9) or 'nobody'} → {codes(act['targets'], 9) or 'nobody'}")
    fields: Sequence[str] = ("themes", "strength", "deadline", "amounts", "condition", "speaker")
    from standfast.cli.output import plain

    said = [f"{name} {plain(act[name])}" for name in fields if act[name]]
    tree.add(Text("; ".join(said)))
    if act["checkability"]:
        tree.add(Text(f"checkability {act['checkability']}: {act['checkability_reason']}"))
    why = tree.add("why")
    for reason in act["reasons"]:
        line = f"{reason['component']}: {reason['rule']}"
        why.add(Text(f"{line} — {reason['detail']}" if reason["detail"] else line))
    return tree


def weighing_line(weighing: dict[str, Any]) -> Text:
    """How a verb is read: probability, runner-up, the words that weighed for and against."""
    said = {"none": "no act", "cont": "goes on with the act before"}
    line = Text("  ")
    line.append(f"“{weighing['verb']}” ", style="italic")
    line.append(said.get(weighing["reading"], weighing["reading"]), style="bold")
    line.append(f" {weighing['probability']:.2f}, else ")
    line.append(said.get(weighing["runner_up"], weighing["runner_up"]))
    line.append(f" {weighing['runner_up_probability']:.2f}")
    helping = [one for one in weighing["words"] if one["weight"] > 0][:_WORDS]
    against = [one for one in reversed(weighing["words"]) if one["weight"] < 0][:_WORDS]
    for label, words, colour in (("for", helping, "green"), ("against", against, "red")):
        if words:
            line.append(f"\n    {label}: ", style="dim")
            line.append(
                ", ".join(f"{one['word']} {one['weight']:+.1f}" for one in words), style=colour
            )
    return line
