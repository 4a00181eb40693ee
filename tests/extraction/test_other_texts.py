"""Press, manifestos, parliamentary speech: a promise keeps its speaker, a quote its source."""

from __future__ import annotations

import pytest

from standfast.extraction import Extractor
from standfast.extraction.quotes import quotations
from tests.conftest import Find, make

ARTICLE = (
    "VILNIUS — Leaders met on Tuesday in the old town.\n\n"
    "“We will send Ukraine two more air defence batteries,” German Chancellor Olaf Scholz said. "
    "“We will also train their crews.”\n\n"
    "According to Poland, “we will not close our border with Ukraine.”\n\n"
    "Norway has pledged to buy forty thousand shells for Ukraine.\n"
)


def test_a_quotation_is_its_sources(find: Find) -> None:
    found = find(ARTICLE, kind="statement", date="2023-07-11")
    promised = [(set(one.obligors), set(one.speaker)) for one in found if one.act == "commitment"]
    assert ({"DEU"}, {"DEU"}) in promised
    assert promised.count(({"DEU"}, {"DEU"})) == 2
    assert ({"POL"}, {"POL"}) in promised
    assert ({"NOR"}, {"NOR"}) in promised


def test_an_article_by_nobody_makes_no_promise_of_its_own(find: Find) -> None:
    for act in find(ARTICLE, kind="statement", date="2023-07-11"):
        assert act.obligors, act.quote


def test_a_manifesto_promises_in_its_own_name(find: Find) -> None:
    text = (
        "Our plan for defence\n\n"
        "In government we will raise defence spending to 2.5 per cent of GDP by 2030. "
        "We will keep arming Ukraine.\n"
    )
    found = find(text, "GBR", kind="statement", date="2024-06-10")
    assert [one.act for one in found] == ["commitment", "commitment"]
    assert all(one.obligors == ("GBR",) for one in found)


def test_a_debate_gives_each_turn_its_voice(find: Find) -> None:
    text = (
        "PRESIDENT BIDEN: We will send Ukraine more shells.\n\n"
        "PRESIDENT ZELENSKYY: We will never give up our land. We will reform our courts.\n"
    )
    found = find(text, "USA", "UKR", kind="speech", date="2023-02-20")
    assert {one.speaker for one in found} == {("USA",), ("UKR",)}


@pytest.mark.parametrize(
    "text",
    [
        "Vote for change! For schools, for roads, for you.",
        "Mr Speaker, will the Minister tell the House when the report is due?",
        "“Unclosed, it goes on and on",
        "He said “no”. She said “maybe”.",
        "Ça va? Die Lage ist ernst. 我们将继续支持。",
        "¶ § “” »« \"\" ''",
    ],
)
def test_other_text_breaks_nothing(extractor: Extractor, text: str) -> None:
    for act in extractor.extract(make(text, kind="statement")):
        assert text[act.start : act.end] == act.quote


def test_short_quotations_are_terms() -> None:
    assert quotations("The “peace plan” of Russia was rejected.", []) == []


def test_a_quotation_may_go_on_over_sentences() -> None:
    (first,) = quotations("“We will help, he said.", [], going_on=("DEU",))
    assert first.open
    (second,) = quotations("We will stay to the end.” He left.", [], going_on=("DEU",), inside=True)
    assert (second.start, second.source) == (0, ("DEU",))
