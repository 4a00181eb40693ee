"""Commands that ask the ledger: acts, show, documents, themes, batches, take-back, verify."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from standfast.cli import options as o
from standfast.cli.output import Format, emit, err, json, out, write
from standfast.cli.tables import ACT_COLUMNS, acts_table, codes, plain_table
from standfast.report.saying import shorten

if TYPE_CHECKING:
    from standfast.ledger import Ledger

Row = dict[str, Any]
Words = Annotated[list[str] | None, typer.Option(metavar="…")]


def acts(
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="PARTY", help="Who acts or holds the position."),
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="PARTY", help="Whom it is for or against."),
    ] = None,
    speaker: Annotated[
        list[str] | None, typer.Option("--speaker", metavar="PARTY", help="Whose words they are.")
    ] = None,
    act: Annotated[
        list[str] | None,
        typer.Option("--act", help="commitment, request, delivery, affirmation, …"),
    ] = None,
    theme: o.ThemeOption = None,
    strength: Annotated[
        list[str] | None, typer.Option("--strength", help="firm, intent or soft.")
    ] = None,
    checkability: Annotated[
        list[str] | None,
        typer.Option(
            "--checkability", help="specific, partly or vague: could it be checked later?"
        ),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help="First day of documents.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day of documents.")] = None,
    text: Annotated[
        str | None, typer.Option("--text", help='Words or "phrases" of quotes and titles.')
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", help="One document, by its name.")
    ] = None,
    limit: o.LimitOption = None,
    style: o.FormatOption = Format.table,
    ledger: o.LedgerOption = None,
) -> None:
    """List acts: who promised, asked, delivered, affirmed, condemned or warned, in whose direction.

    Values with commas, or an option given twice, are alternatives; different options narrow.

    For example:

      standfast acts --by NATO --for UKR --act commitment

      standfast acts --act request --for UKR,MDA --since 2022-02-24 --format csv

      standfast acts --text '"air defense"' --strength firm --limit 20

      standfast acts --act commitment --checkability specific,partly

    """
    from standfast.ledger import ActQuery
    from standfast.workflow.linking import with_lines

    query = ActQuery(
        by=o.parties(by, "--by"),
        to=o.parties(target, "--for"),
        speaker=o.parties(speaker, "--speaker"),
        act=o.acts(act),
        theme=o.themes(theme),
        strength=o.strengths(strength),
        checkability=o.checkabilities(checkability),
        since=o.day(since, "--since"),
        until=o.day(until, "--until"),
        text=text,
        document=document,
        limit=limit,
    )
    with o.ledger(ledger) as opened:
        if document:
            opened.document(document)
        rows = with_lines(opened, [stored.record() for stored in opened.acts(query)])
    width = out().width
    emit(rows, style, lambda shown: acts_table(shown, width), columns=ACT_COLUMNS)


def documents(
    text: Annotated[str | None, typer.Option("--text", help="Words of titles.")] = None,
    kind: o.KindOption = None,
    publisher: o.PublisherOption = None,
    issuer: Annotated[str | None, typer.Option("--issuer", help="Whose text it is.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="First day.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day.")] = None,
    limit: o.LimitOption = None,
    style: o.FormatOption = Format.table,
    ledger: o.LedgerOption = None,
) -> None:
    """List the documents of the ledger in their current versions.

    For example:

      standfast documents --issuer G7 --since 2022-01-01

      standfast documents --format jsonl

    """
    code = o.parties([issuer], "--issuer")[0] if issuer else None
    with o.ledger(ledger) as opened:
        found = opened.documents(
            text=text,
            kind=kind,
            publisher=publisher,
            issuer=code,
            since=o.day(since, "--since"),
            until=o.day(until, "--until"),
            limit=limit,
        )
    emit([info.record() for info in found], style, _documents_table)


def _documents_table(rows: Sequence[Row]) -> Table:
    table = plain_table("date", "kind", "issuers", "title", "acts", "name")
    for name in (0, 1, 2):
        table.columns[name].no_wrap = True
    table.columns[3].ratio = 2
    table.columns[4].justify = "right"
    table.columns[5].ratio = 1
    table.columns[5].no_wrap = True
    table.columns[5].overflow = "ellipsis"
    for row in rows:
        issuers = codes(row["issuers"])
        number = f"{row['acts']}" + (f" (v{row['versions']})" if row["versions"] > 1 else "")
        table.add_row(
            row["date"] or "", row["kind"], issuers, Text(row["title"]), number, Text(row["doc"])
        )
    return table


def themes(
    limit: o.LimitOption = None,
    style: o.FormatOption = Format.table,
    ledger: o.LedgerOption = None,
) -> None:
    """List themes with how many acts and commitments the ledger holds on each.

    Example:
      standfast themes --format csv

    """
    from standfast.extraction.themes import theme_titles

    titles = theme_titles()
    with o.ledger(ledger) as opened:
        found = opened.themes()
    counted = {theme: (acts, promised) for theme, acts, promised in found}
    order = [*counted, *(theme for theme in titles if theme not in counted)]
    rows: list[Row] = [
        {
            "theme": theme,
            "title": titles.get(theme, theme),
            "acts": counted.get(theme, (0, 0))[0],
            "commitments": counted.get(theme, (0, 0))[1],
        }
        for theme in order
    ]
    emit(rows[:limit], style, _counts_table, total=len(rows[:limit]))


def _counts_table(rows: Sequence[Row]) -> Table:
    table = plain_table("theme", "title", "acts", "commitments")
    table.columns[2].justify = table.columns[3].justify = "right"
    for row in rows:
        table.add_row(row["theme"], row["title"], str(row["acts"]), str(row["commitments"]))
    return table


def show(
    name: Annotated[str, typer.Argument(help="A document's name, an act's id or a commitment's.")],
    version: Annotated[
        int | None, typer.Option("--version", min=1, help="An older version of a document.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Day from which to see a commitment.")
    ] = None,
    style: o.FormatOption = Format.table,
    ledger: o.LedgerOption = None,
) -> None:
    """Show a document with its acts, an act with the words around it, or a commitment in time.

    For example:

      standfast show g7-statement-2023

      standfast show 3f2a91

      standfast show lasting-support.g7.ukr --as-of 2023-07-12

    """
    from standfast.ledger import ActQuery
    from standfast.model import LedgerError

    with o.ledger(ledger) as opened:
        known = {info.doc for info in opened.documents()}
        if name not in known and version is None and opened.has_line(name):
            _show_line(opened, name, o.day(as_of, "--as-of"), style)
            return
        if name not in known and version is None:
            try:
                stored = opened.act(name)
            except LedgerError:
                opened.document(name)  # says which documents are near
                raise
            text = opened.document(stored.act.doc).text
            _show_act(stored.record(), text, style)
            return
        document = opened.document(name, version)
        versions = opened.versions(name)
        query = ActQuery(document=name)
        rows = [] if version else [one.record() for one in opened.acts(query)]
        sources = next(info.sources for info in opened.documents() if info.doc == name)
    record = {**document.metadata(), "sources": list(sources), "versions": versions, "acts": rows}
    if style is not Format.table:
        emit([{**record, "text": document.text}], style, lambda _: Table())
        return
    _show_document(record, document.text, rows)


def _show_line(opened: Ledger, name: str, as_of: dt.date | None, style: Format) -> None:
    from standfast.cli.line_view import print_line
    from standfast.workflow import commitment

    one, where = commitment(name, opened, as_of=as_of)
    record = {**one.record(), "standing": where.record()}
    if style is Format.table:
        print_line(record)
    else:
        emit([record], style, lambda _: Table())


def _show_act(record: Row, text: str, style: Format) -> None:
    if style is not Format.table:
        emit([record], style, lambda _: Table(), columns=ACT_COLUMNS)
        return
    from standfast.cli.reading import act_tree

    console = out()
    before = text[max(0, record["start"] - 200) : record["start"]]
    after = text[record["end"] : record["end"] + 200]
    console.print(Text(f"{record['title']} ({record['date'] or 'undated'})", style="bold"))
    console.print(Text(f"{record['doc']}, characters {record['start']}–{record['end']}\n"))
    console.print(
        Text.assemble(
            ("…" + before.lstrip(), "dim"), (record["quote"], "bold"), (after.rstrip() + "…", "dim")
        )
    )
    console.print()
    console.print(act_tree(record))


def _show_document(record: Row, text: str, rows: Sequence[Row]) -> None:
    console = out()
    console.print(Text(record["title"] or record["doc"], style="bold"))
    for name in ("date", "kind", "issuers", "publisher", "source", "language"):
        value = codes(record[name], 9) if isinstance(record[name], list) else record[name]
        if value:
            origin = record["origins"].get(name)
            console.print(Text(f"{name:>10}  {value}" + (f"  ({origin})" if origin else "")))
    for place in record["sources"]:
        console.print(Text(f"{'read from':>10}  {place}"))
    for one in record["versions"]:
        mark = "current" if one["current"] else "older"
        console.print(Text(f"{'version':>10}  {one['number']} ({mark}), batch {one['batch']}"))
    console.print(Text(f"{'opening':>10}  {shorten(text[:400], 160)}"))
    if rows:
        console.print(acts_table(rows[:50], console.width, placed=False))
        if len(rows) > 50:
            err().print(f"50 of {len(rows)} acts; all of them: standfast acts --document …")


def batches(
    limit: o.LimitOption = None,
    style: o.FormatOption = Format.table,
    ledger: o.LedgerOption = None,
) -> None:
    """List the runs of `read`, the latest first.

    Example:
      standfast batches --limit 5

    """
    with o.ledger(ledger) as opened:
        rows = [info.record() for info in opened.batches(limit)]
    emit(rows, style, _batches_table)


def _batches_table(rows: Sequence[Row]) -> Table:
    table = plain_table("batch", "started", "documents", "acts", "state", "note")
    for row in rows:
        state = "taken back" if row["taken_back"] else "done" if row["finished"] else "cut short"
        started = row["started"][:19].replace("T", " ")
        numbers = (str(row["documents"]), str(row["acts"]))
        table.add_row(str(row["id"]), started, *numbers, state, Text(shorten(row["note"], 60)))
    return table


def take_back(
    batch: Annotated[int, typer.Argument(min=1, help="Number of the batch.")],
    ledger: o.LedgerOption = None,
) -> None:
    """Take a batch back: what it brought goes, what it replaced stands again.

    Example:
      standfast take-back 3

    """
    with o.ledger(ledger) as opened:
        opened.take_back(batch)
        left = len(opened.documents())
    err().print(f"Batch {batch} taken back; {left} documents are left.")


def verify(style: o.FormatOption = Format.table, ledger: o.LedgerOption = None) -> None:
    """Hash every text again and compare every quote with it.

    Example:
      standfast verify

    """
    with o.ledger(ledger) as opened:
        found = [difference.record() for difference in opened.verify()]
        documents, acts = len(opened.documents()), opened.count_acts()
    if style is Format.table:
        for row in found:
            out().print(Text(f"{row['doc']}: {row['what']}"))
    elif style is Format.jsonl:
        write("".join(json(row) + "\n" for row in found))
    else:
        emit(found, style, lambda _: Table(), columns=("doc", "what"))
    err().print(f"{len(found)} differences in {documents} documents with {acts} acts")
    raise typer.Exit(o.SOME_FAILED if found else o.DONE)
