"""The two profiles: same input, same output, whatever is read beside it."""

from __future__ import annotations

from itertools import permutations

import pytest

from standfast.extraction import Extractor
from standfast.extraction.pipeline import PROFILES
from standfast.model import Document
from tests.conftest import make

TEXTS = (
    "We will send Ukraine two hundred generators. We condemn the strikes by Russia.",
    "Canada has trained engineers of Ukraine. We urge all countries to help, and we thank Poland.",
    "The ministers met in the morning, spoke of many things, and agreed to meet in the spring "
    "to look at what Moldova needs for its courts, its borders and the trade along the river.",
)


@pytest.fixture(scope="module", params=PROFILES)
def either(request: pytest.FixtureRequest) -> Extractor:
    return Extractor(profile=request.param)


def documents() -> list[Document]:
    return [make(text, "G7", id=f"text-{number}") for number, text in enumerate(TEXTS)]


def test_acts_do_not_depend_on_what_is_read_beside(either: Extractor) -> None:
    alone = {one.id: either.extract(one) for one in documents()}
    assert sum(map(len, alone.values())) >= 3
    for order in permutations(documents()):
        assert {one.id: acts for one, acts in either.pipe(order)} == alone


def test_the_version_names_the_profile(either: Extractor) -> None:
    assert either.version.endswith("/" + either.profile)
    assert {act.extractor for act in either.extract(documents()[0])} == {either.version}


@pytest.mark.parametrize("profile", PROFILES)
def test_plain_sentences_are_read_by_both(profile: str) -> None:
    extractor = Extractor(profile="fast" if profile == "fast" else "accurate")
    text = "We will provide Ukraine with five hundred generators by the end of 2024."
    (act,) = extractor.extract(make(text, "G7", date="2024-02-01"))
    assert (act.act, act.obligors, act.targets) == ("commitment", ("G7",), ("UKR",))
    assert (act.strength, act.deadline) == ("firm", "2024")
    assert text[act.start : act.end] == act.quote
    assert act.reasons
    assert 0 < act.confidence <= 1
