"""What reports tell, in the words of journalists: who acts, who is meant, and what denies it."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from standfast.claims.finding import find_claims
from standfast.documents import Metadata, read_text
from standfast.extraction import Extractor
from standfast.model import Act
from standfast.parties import Registry

# Sentences of our own about invented occasions: (words, act, who acts, for or against whom).
TOLD = [
    ("Slovakia will get a Patriot battery from the United States.", "commitment", "USA", "SVK"),
    ("Norway has ruled out sending soldiers to Ukraine.", "commitment", "NOR", "UKR"),
    ("Poland is weighing whether to send its old jets to Ukraine.", "commitment", "POL", "UKR"),
    ("Japan denounced the vow of Russia to leave the treaty.", "condemnation", "JPN", "RUS"),
    ("The visit of Canada's minister met with applause from Ukraine.", "affirmation", "UKR", "CAN"),
    ("Malta denounced the raid on an Italian village by Libya.", "condemnation", "MLT", "LBY"),
    ("Russia drew sharp criticism from Germany on Friday.", "condemnation", "DEU", "RUS"),
    ("Any new Russian push will draw an answer from Washington.", "warning", "USA", "RUS"),
    ("Sweden urged Hungary to lift its veto.", "request", "HUN", ""),
    ("Kyiv is handing jets over to Denmark, with Japan's backing.", "commitment", "UKR", "DNK"),
    ("Spain gave its word that it will train Ukrainian pilots.", "commitment", "ESP", "UKR"),
]  # fmt: skip
DENIED = [
    ("The United States will send no troops to Ukraine.", "no"),
    ("America no longer backs Ukraine's accession to NATO, Biden said.", "no longer"),
    ("Any new Russian push will draw no answer from Washington.", "no"),
    ("Norway has ruled out sending soldiers to Ukraine.", "ruled"),
    ("Denmark did not promise any more tanks to Ukraine.", "not"),
]


CONSTRUCTIONS = [
    (text, act, actors, others)
    for act, rows in yaml.safe_load(
        (Path(__file__).parent / "press_constructions.yaml").read_text(encoding="utf-8")
    ).items()
    for actors, others, text in rows
]


@lru_cache(maxsize=1)
def _extractor() -> Extractor:
    return Extractor(profile="press")


def _acts(text: str) -> tuple[Act, ...]:
    day = dt.date(2024, 3, 1)
    return tuple(_extractor().extract(read_text(text, Metadata(date=day, kind="article"))))


@pytest.mark.parametrize(("text", "act", "actor", "other"), TOLD)
def test_who_does_what_to_whom(text: str, act: str, actor: str, other: str) -> None:
    found = [one for one in _acts(text) if one.act == act]
    assert found, [(one.act, one.quote) for one in _acts(text)]
    assert actor in found[0].obligors
    assert not other or other in found[0].targets
    assert actor not in found[0].targets


@pytest.mark.parametrize(("text", "act", "actors", "others"), CONSTRUCTIONS)
def test_constructions_of_journalists(text: str, act: str, actors: str, others: str) -> None:
    day = dt.date(2024, 5, 5)
    given = Metadata(date=day, kind="article")
    read = read_text(text, given, registry=Registry.for_reports())
    found = [one for one in find_claims(read, _extractor().read_sentences(read)) if one.act]
    assert [one.told.act for one in found] == [act]
    assert ",".join(found[0].told.obligors) == actors
    assert ",".join(found[0].told.targets) == others


@pytest.mark.parametrize(("text", "word"), DENIED)
def test_the_word_that_denies_is_kept(text: str, word: str) -> None:
    denied = [r.detail for a in _acts(text) for r in a.reasons if r.rule == "denied"]
    assert word in denied


def test_a_participle_before_the_main_clause_denies_nothing() -> None:
    text = "Rejecting talk of a freeze, Britain pointed to the tanks that it had sent to Ukraine."
    assert not [r for act in _acts(text) for r in act.reasons if r.rule == "denied"]


def test_somebodys_word_is_a_promise_and_their_words_are_not() -> None:
    text = "Harsh words for Moscow came from Italy, which condemned the raid."
    assert [one.act for one in _acts(text)] == ["condemnation"]


def test_a_hope_is_no_firm_promise() -> None:
    (act,) = _acts("Estonia voiced the hope that its army could train Ukraine's pilots.")
    assert (act.act, act.strength) == ("commitment", "soft")


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("The minister's stated hope is to send Chisinau more buses.", "soft"),
        ("Norway's plan is to send Chisinau more buses.", "intent"),
        ("Norway is to send Chisinau more buses.", "firm"),
        (
            "By the pact signed in Rome, Oslo means to help Chisinau mend roads, tunnels included.",
            "intent",
        ),
    ],
)
def test_what_somebody_hopes_is_to_be(text: str, strength: str) -> None:
    assert [(one.act, one.strength) for one in _acts(text)] == [("commitment", strength)]
