"""Whether someone could say later that an act was kept: levels, signs, reasons, neutrality."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfast.extraction import Extractor
from standfast.extraction.amounts import amounts
from standfast.extraction.checkability import Checkability, checkability
from standfast.extraction.deadlines import deadline
from standfast.extraction.deeds import deeds
from standfast.extraction.inflection import forms
from standfast.extraction.measurable import covered
from standfast.model import ACT_KINDS, CHECKABLES
from standfast.parties import Registry
from tests.conftest import make


@pytest.fixture(scope="module")
def fast() -> Extractor:
    """The profile that loads quickest; the component is the same in both."""
    return Extractor(profile="fast")


_ON = dt.date(2024, 3, 1)


def rate(quote: str, act: str = "commitment", **more: Any) -> Checkability:
    """The rule on words alone, with what the fields' own rules find in them."""
    found = checkability(
        quote, act=act, amounts=amounts(quote), deadline=deadline(quote, _ON), **more
    )
    assert found is not None
    return found


SPECIFIC = [
    "Germany will deliver three IRIS-T batteries to Ukraine by December 2024",
    "Norway will lend Moldova 75 million euros",
    "The Netherlands commits to sending Ukraine F-16s",
    "We will ratify the Council's Istanbul Convention",
    "Canada will host the Ukraine Recovery Conference next year",
    "We have agreed to publish a joint report every year",
    "Japan intends to train 40 Filipino coastguards",
    "Britain will ban the import of Russian diamonds by the end of the year",
    "We will raise defence spending to 3% of GDP",
    "The ministers will sign the protocol before the next summit",
    "We will impose sanctions on Belarus",
    "India will reopen its embassy in Kabul by June 2024",
    "Our emissions will be halved by 2030",
    "1,200 generators for the hospitals of Kharkiv",
    "We will support Lebanon by paying 30 million dollars to its army",
    "We will strengthen the eastern flank with 4,000 troops by 2025",
    "If the audit is passed, the European Union will disburse 2 billion euros to Moldova",
]
PARTLY = [
    "We will continue to impose sanctions on Iran",
    "We intend to provide Georgia with armoured vehicles",
    "We will implement the Minamata Convention",
    "Poland will host the next round in September 2024",
    "We will reduce our dependence on imported gas by 2027",
    "We will withdraw from the region by the autumn",
    "We will, where appropriate, impose sanctions on Belarus",
    "Sweden may send Ukraine aircraft and the Gripen jets",
]
VAGUE = [
    "We will stand with Ukraine for as long as it takes",
    "We will strengthen our partnership with Vietnam",
    "We will continue to work together on shared challenges",
    "We are committed to deepening cooperation between our peoples",
    "We will hold those responsible accountable",
    "We will take further steps to promote stability in the Sahel",
    "Australia will provide Tonga with the support it needs",
    "We will consider a joint fund",
    "We will impose severe costs on North Korea",
    "We will work with partners to ratify the Istanbul Convention",
    "We will support the reform of the World Bank",
    "We will build a more resilient world",
    "Recalling the Paris Agreement, we will enhance our dialogue",
    "We will uphold the UN Charter",
]
REQUESTS = [
    ("We call on Russia to release the Azov prisoners by May 2024", "specific"),
    ("We urge Iran to return the two detained crews", "specific"),
    ("They asked Türkiye to ratify the Accession Protocol of Sweden", "specific"),
    ("We demand that Belarus withdraw", "partly"),
    ("We urge North Korea to cease its provocations", "partly"),
    ("We urge Mali to respect human rights", "vague"),
    ("We call on all countries to play their part", "vague"),
    ("We encourage China to engage constructively", "vague"),
]


@pytest.mark.parametrize("quote", SPECIFIC)
def test_specific(quote: str) -> None:
    assert rate(quote).level == "specific", rate(quote).reason


@pytest.mark.parametrize("quote", PARTLY)
def test_partly(quote: str) -> None:
    assert rate(quote).level == "partly", rate(quote).reason


@pytest.mark.parametrize("quote", VAGUE)
def test_vague(quote: str) -> None:
    assert rate(quote).level == "vague", rate(quote).reason


@pytest.mark.parametrize(("quote", "level"), REQUESTS)
def test_requests_have_an_addressee_where_one_is_asked(quote: str, level: str) -> None:
    asked = ("all-states",) if "all countries" in quote else ("RUS",)
    found = rate(quote, "request", asked=asked)
    assert found.level == level, found.reason
    assert ("addressee" in found.has) == (asked == ("RUS",))
    said = "says who is asked" if asked == ("RUS",) else "asks no one named"
    assert said in found.reason


@pytest.mark.parametrize("act", sorted(set(ACT_KINDS) - {"commitment", "request"}))
def test_other_acts_have_none(act: str) -> None:
    assert checkability("We will send two ships", act=act) is None


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        (
            "We will strengthen the fund with 3 billion euros by 2027",
            "names a sum (3,000,000,000 EUR) and a date (2027); the action is open (strengthen); "
            "not said for whom",
        ),
        (
            "Norway will lend Moldova 75 million euros",
            "names an action (lend) and a sum (75,000,000 EUR); no date; says for whom",
        ),
        (
            "We will deepen our friendship",
            "the action is open (deepen); no sum, quantity or definite thing; no date; "
            "not said for whom",
        ),
        (
            "We will, where appropriate, impose sanctions on Belarus",
            "names an action (impose) and a kind of thing without number or name (sanctions); "
            "no date; says for whom; leaves a way out (where appropriate)",
        ),
        (
            "We will improve our schools",
            "names a kind of thing without number or name (schools); the action comes by degrees "
            "(improve); no date; not said for whom",
        ),
        (
            "We will seek to join the Energy Charter",
            "names a definite thing (Energy Charter); the action is only tried, helped or "
            "possible (join); no date; not said for whom",
        ),
    ],
)
def test_the_reason_is_a_sentence_for_newcomers(quote: str, reason: str) -> None:
    assert rate(quote).reason == reason


def test_what_is_there_and_what_is_missing_make_up_the_four_signs() -> None:
    for quote in (*SPECIFIC, *PARTLY, *VAGUE):
        found = rate(quote)
        assert set(found.has) | set(found.missing) == {"action", "object", "date", "addressee"}
        assert not set(found.has) & set(found.missing)


_PARTIES = ("Germany", "Russia", "Ukraine", "China", "Iran", "Brazil", "Moldova", "NATO", "Kenya")


@given(
    st.sampled_from([*SPECIFIC, *PARTLY, *VAGUE, *(quote for quote, _ in REQUESTS)]),
    st.sampled_from(_PARTIES),
    st.sampled_from(_PARTIES),
)
def test_swapped_names_of_parties_change_nothing(quote: str, first: str, second: str) -> None:
    one = f"{first} said to {second}: {quote}"
    other = f"{second} said to {first}: {quote}"
    assert rate(one) == rate(other)


@given(
    st.sampled_from([*SPECIFIC, *PARTLY, *VAGUE, *(quote for quote, _ in REQUESTS)]),
    st.sampled_from([name for name in _PARTIES if name != "NATO"]),
)
def test_another_state_in_the_same_words_changes_nothing(quote: str, name: str) -> None:
    mentioned = [m for m in Registry.load().mentions(quote) if m.form == "name"]
    other = quote
    for one in reversed(mentioned):
        other = other[: one.start] + name + other[one.end :]
    first, second = rate(quote), rate(other)
    assert (first.level, first.has, first.missing) == (second.level, second.has, second.missing)


@pytest.mark.parametrize("party", _PARTIES)
@pytest.mark.parametrize(
    ("pattern", "level"),
    [
        ("We will send {} two frigates by 2025", "specific"),
        ("{} will continue to impose tariffs on steel", "partly"),
        ("We will stand by {} in the years ahead", "vague"),
    ],
)
def test_every_party_is_rated_alike(pattern: str, level: str, party: str) -> None:
    assert rate(pattern.format(party)).level == level


@given(st.text(max_size=120))
def test_any_words_have_a_level(quote: str) -> None:
    found = checkability(quote, act="commitment")
    assert found is not None
    assert found.level in CHECKABLES
    assert found.reason


def test_targets_given_count_as_addressee_but_unnamed_groups_do_not() -> None:
    assert "addressee" in rate("We will send two ships", targets=("PHL",)).has
    assert "addressee" not in rate("We will send two ships", targets=("partners",)).has


def test_a_condition_that_decides_nothing_takes_a_level() -> None:
    quote = "We will lift sanctions on Syria"
    assert rate(quote).level == "specific"
    assert rate(quote, condition="as conditions allow").level == "partly"
    assert rate(quote, condition="if elections are held").level == "specific"


def test_the_head_stands_in_where_the_words_have_no_verb() -> None:
    assert rate("Patriot batteries for the coast").level == "vague"
    assert rate("Patriot batteries for the coast", head="send").level == "specific"


@pytest.mark.parametrize(
    ("words", "verbs"),
    [
        ("We will train pilots and send tanks to deter war", ["train", "send"]),
        ("We will support the people by building shelters", ["support", "build"]),
        ("In order to help them, we will open two schools", ["open"]),
        ("We will, together with our friends, repair the grid", ["repair"]),
        ("Tariffs will be lifted", ["lift"]),
        ("They agreed that they will meet in May", ["meet"]),
        ("We support countries that will ban the trade", ["support"]),
        ("The immediate release of the crew", ["release"]),
    ],
)
def test_the_acts_own_verbs(words: str, verbs: list[str]) -> None:
    assert [one.verb for one in deeds(words)] == verbs


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("end", ["end", "ends", "ending", "ended"]),
        ("ratify", ["ratify", "ratifies", "ratifying", "ratified"]),
        ("impose", ["impose", "imposes", "imposing", "imposed"]),
        ("launch", ["launch", "launches", "launching", "launched"]),
        ("deploy", ["deploy", "deploys", "deploying", "deployed"]),
        ("agree", ["agree", "agrees", "agreeing", "agreed"]),
    ],
)
def test_forms_of_verbs(verb: str, expected: list[str]) -> None:
    assert forms(verb) == expected
    assert forms("ban", doubling=True)[2:] == ["banning", "banned"]
    assert forms("send", irregular=["sent"])[-1] == "sent"


def test_names_are_covered_letter_for_letter() -> None:
    words = "Ukraine and the European Union thank their partners"
    assert len(covered(words)) == len(words)
    assert "Ukraine" not in covered(words)
    assert covered(words).endswith("thank their partners")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("We will deliver 20 Leopard tanks to Ukraine by the end of the year.", "specific"),
        ("We will continue to strengthen our cooperation with Ukraine.", "vague"),
    ],
)
def test_the_pipeline_fills_it_with_its_reason(fast: Extractor, text: str, level: str) -> None:
    (one,) = fast.extract(make(text, "DEU"))
    assert one.checkability == level
    assert one.checkability_reason
    assert ("checkability", level) in {(r.component, r.rule) for r in one.reasons}
    assert one.record()["checkability"] == level


def test_the_pipeline_leaves_other_acts_alone(fast: Extractor) -> None:
    (one,) = fast.extract(make("We condemn the shelling of Kharkiv by Russia.", "G7"))
    assert (one.checkability, one.checkability_reason) == (None, "")
