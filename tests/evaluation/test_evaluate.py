"""``evaluate`` from Python and from the command line, and its reports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from standfast import evaluate
from standfast.cli.app import app
from standfast.evaluation import CodedSet, Evaluation, html_report, markdown_report, read_coded
from standfast.model import ACT_KINDS, Act, Document
from tests.evaluation.makers import as_act

SAMPLE = Path(__file__).parent / "data" / "coded.csv"


class Faultless:
    """Finds what was coded, but for the acts that it overlooks."""

    version = "test"

    def __init__(self, coded: CodedSet, overlooked: str = "") -> None:
        self.acts = [
            as_act(record, one)
            for one in coded.sentences
            for record in one.records
            if record.act != overlooked
        ]

    def pipe(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Act]]]:
        for one in documents:
            yield one, [act for act in self.acts if act.doc == one.id]


def measured(overlooked: str = "") -> Evaluation:
    coded = read_coded(SAMPLE)
    stand_in: Any = Faultless(coded, overlooked)
    return evaluate(coded, extractor=stand_in)


def test_what_is_found_as_coded_scores_1() -> None:
    found = measured()
    assert found.mistakes == ()
    for one in found.figures:
        assert one.value.value == (0 if one.measure.name == "reversed" else 1)
        assert one.alpha is None or one.alpha.value == 1


def test_overlooked_acts_are_missed_and_nothing_else() -> None:
    found = measured("warning")
    assert [one.kind for one in found.mistakes] == ["missed", "missed"]
    assert found.figure("warning").value.value == 0
    assert found.figure("commitment").value.value == 1
    assert found.confusion()["warning", "none"] == 2
    assert sum(found.confusion().values()) == found.coded.records


def test_the_real_extractor_on_the_sample() -> None:
    told: list[str] = []
    found = evaluate(SAMPLE, profile="fast", told=lambda one, status: told.append(status))
    assert told == ["read"] * 4
    value = found.figure("acts").value.value
    assert value is not None
    assert value > 0.6
    assert "fast" in found.extractor


class Reader(HTMLParser):
    """Text of a page, its tags, and where it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.said = ""
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"src", "href"}]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += data


def test_the_page_is_whole_and_stands_alone() -> None:
    found = measured("commitment")
    reader = Reader()
    reader.feed(html_report(found))
    assert reader.open == []
    assert reader.links == []
    assert "script" not in reader.tags
    assert reader.tags.count("svg") == 1
    assert reader.tags.count("article") == len(found.mistakes) == 12
    for one in found.mistakes:
        assert one.sentence.text in reader.said
    assert "drawn from 4 documents only" in reader.said


def test_words_of_the_texts_cannot_become_markup(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        'sentence,act,quote\n"We will <b>help</b> & <script>alert(1)</script> | *you*.",commitment,'
        '"<b>help</b> & <script>"\n'
    )
    coded = read_coded(path)
    stand_in: Any = Faultless(coded, "commitment")
    found = evaluate(coded, extractor=stand_in)
    page = html_report(found)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    lines = markdown_report(found)
    assert r"\<script\>" in lines
    assert r"\| \*you\*" in lines


def test_markdown_has_figures_and_every_mistake_unless_told_otherwise() -> None:
    found = measured("commitment")
    whole, short = markdown_report(found), markdown_report(found, examples=2)
    assert "| commitment | 0.00 |" in whole
    assert whole.count("  - found nothing") == 12
    assert short.count("  - found nothing") == 2
    assert "… and 10 more." in short


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    stand_in = Faultless(read_coded(SAMPLE), "delivery")
    monkeypatch.setattr("standfast.cli.options.extractor", lambda *_, **__: stand_in)
    # Rich takes its width from here.
    return lambda *words: CliRunner(env={"COLUMNS": "90"}).invoke(
        app, ["evaluate", *map(str, words)], catch_exceptions=False
    )


def test_the_table_shows_figures_and_where_they_differ(run: Any) -> None:
    done = run(SAMPLE)
    assert done.exit_code == 0
    assert "On 30 coded sentences of 4 documents (28 records)" in done.stdout
    for kind in ACT_KINDS:
        assert kind in done.stdout
    assert "missed" in done.stdout
    assert "drawn from 4 documents only" in done.stderr
    assert "…" not in done.stdout


def test_json_is_data_alone(run: Any) -> None:
    found = json.loads(run(SAMPLE, "--format", "json").stdout)
    assert found["figures"]["delivery"]["value"] == 0
    assert found["figures"]["acts"]["low"] <= found["figures"]["acts"]["value"] < 1
    assert len(found["mistakes"]) == 3
    assert found["calibration"]["count"] == 25
    assert (found["documents"], found["sentences"], found["records"]) == (4, 30, 28)


@pytest.mark.parametrize(("name", "opens"), [("a.html", "<!doctype html>"), ("a.md", "# How well")])
def test_reports_are_written(run: Any, tmp_path: Path, name: str, opens: str) -> None:
    done = run(SAMPLE, "--format", "markdown", "--report", tmp_path / name)
    assert done.stdout.startswith("# How well")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(opens)


@pytest.mark.parametrize("name", ["absent/a.html", "a.pdf", "."])
def test_a_report_that_cannot_be_is_refused_at_once(run: Any, tmp_path: Path, name: str) -> None:
    done = run(SAMPLE, "--report", tmp_path / name)
    assert done.exit_code == 2
    assert "--report" in done.stderr


def test_labels_that_cannot_be_used_are_said_in_a_line(run: Any, tmp_path: Path) -> None:
    done = run(tmp_path / "absent.csv")
    assert done.exit_code == 3
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "no such file or folder" in done.stderr


def test_an_empty_set_is_told_with_dashes() -> None:
    empty = CodedSet("empty", (), ())
    stand_in: Any = Faultless(empty)
    found = evaluate(empty, extractor=stand_in)
    assert found.figure("acts").value.value is None
    assert "Nothing was found" in html_report(found)
    assert "| acts, all kinds | – |" in markdown_report(found)
