"""The command ``check``: a report, or a folder of them, against the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from standfast.cli import options as o
from standfast.cli.check_view import annotated, outlets_table
from standfast.cli.output import Format, as_csv, emit, err, json, out, write
from standfast.model import JUDGEMENTS, Checked
from standfast.report.check_rows import COLUMNS, flat, records

Row = dict[str, Any]


class CheckFormat(StrEnum):
    """Formats of a check."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"
    markdown = "markdown"
    claimreview = "claimreview"
    annotation = "annotation"


def check(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="FILE|URL|-…", help="A report; several or a folder to compare."),
    ],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DAY", help="Judge as of this day as well."),
    ] = None,
    style: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="How to print the check.")
    ] = CheckFormat.text,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it here instead.")
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on", metavar="JUDGEMENT", help="End with 1 where a claim is judged so."
        ),
    ] = None,
    date: o.DateOption = None,
    issuer: o.IssuerOption = None,
    publisher: o.PublisherOption = None,
    title: o.TitleOption = None,
    ledger: o.LedgerOption = None,
) -> None:
    """Hold a report against what the documents of the ledger say, claim by claim.

    A report is judged as of its own day: give it with --date where the file does not tell it.
    Nothing is called false for not being found.

    For example:

      standfast check article.txt --date 2021-06-14

      standfast check https://example.org/story --format html --output story.html

      standfast check articles/ --format csv > claims.csv

    """
    from standfast.documents import Failure
    from standfast.workflow.checking import check_all

    watched = o.among(fail_on, JUDGEMENTS, "--fail-on")
    other = o.day(as_of, "--as-of")
    given = o.metadata(issuer, date, "article", publisher, title)
    found: list[Checked] = []
    failed = 0
    with o.ledger(ledger) as opened:
        for one in check_all(paths, opened, as_of=other, given=given):
            if isinstance(one, Failure):
                failed += 1
                err().print(f"{one.path}: {one.reason}; {one.remedy}", style="red", markup=False)
            else:
                found.append(one)
                _tell(one, style)
    if found:
        _show(found, style, output)
    raise typer.Exit(_code(found, failed, watched))


def _tell(one: Checked, style: CheckFormat) -> None:
    """What a person should know goes beside the data, where the data has no room for it."""
    if style in {CheckFormat.text, CheckFormat.html, CheckFormat.markdown}:
        return
    for note in one.notes:
        err().print(note, markup=False)


def _code(found: Sequence[Checked], failed: int, watched: Sequence[str]) -> int:
    if failed:
        return o.SOME_FAILED if found else o.NOTHING_DONE
    hit = any(one.judgement in watched for each in found for one in each.claims)
    return o.SOME_FAILED if hit else o.DONE


def _show(found: Sequence[Checked], style: CheckFormat, output: Path | None) -> None:
    if style is CheckFormat.text and output is None:
        _on_terminal(found)
        return
    if style is CheckFormat.csv and output is None:
        emit(
            [row for one in found for row in flat(one)], Format.csv, outlets_table, columns=COLUMNS
        )
        return
    text = _MAKERS[style](found)
    if output is None:
        write(text)
    else:
        output.write_text(text, encoding="utf-8")
        err().print(f"Written to {output}", markup=False)


def _on_terminal(found: Sequence[Checked]) -> None:
    console = out()
    if len(found) == 1:
        annotated(found[0], console)
        return
    rows = [row for one in found for row in flat(one)]
    console.print(outlets_table(rows))


def _json(found: Sequence[Checked]) -> str:
    return json([row for one in found for row in records(one)], pretty=True) + "\n"


def _jsonl(found: Sequence[Checked]) -> str:
    return "".join(json(row) + "\n" for one in found for row in records(one))


def _html(found: Sequence[Checked]) -> str:
    from standfast.report.check_page import check_page

    return check_page(_only(found))


def _markdown(found: Sequence[Checked]) -> str:
    from standfast.report.check_markdown import check_markdown

    return "\n".join(map(check_markdown, found))


def _claimreview(found: Sequence[Checked]) -> str:
    from standfast.report.claim_review import claim_reviews

    return json([row for one in found for row in claim_reviews(one)], pretty=True) + "\n"


def _annotation(found: Sequence[Checked]) -> str:
    from standfast.report.annotations import web_annotations

    made = [web_annotations(one) for one in found]
    return json(made[0] if len(made) == 1 else made, pretty=True) + "\n"


def _text(found: Sequence[Checked]) -> str:
    import io

    from rich.console import Console

    held = io.StringIO()
    for one in found:
        annotated(one, Console(file=held, width=100))
    return held.getvalue()


def _only(found: Sequence[Checked]) -> Checked:
    if len(found) > 1:
        raise typer.BadParameter("a page holds one report: give one", param_hint="--format")
    return found[0]


_MAKERS: dict[CheckFormat, Callable[[Sequence[Checked]], str]] = {
    CheckFormat.text: _text,
    CheckFormat.json: _json,
    CheckFormat.jsonl: _jsonl,
    CheckFormat.csv: lambda found: as_csv([row for one in found for row in flat(one)], COLUMNS),
    CheckFormat.html: _html,
    CheckFormat.markdown: _markdown,
    CheckFormat.claimreview: _claimreview,
    CheckFormat.annotation: _annotation,
}
