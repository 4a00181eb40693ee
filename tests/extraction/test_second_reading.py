"""What is said in turns is read by a second network, where the first does not rule an act out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from standfast.extraction import Extractor
from standfast.extraction.acts import NOTHING, view, with_whole
from standfast.extraction.labelling import Acts
from standfast.extraction.linear import Floats
from standfast.extraction.reading import Parsed
from standfast.extraction.weights import FOLDER, Weights, packaged
from standfast.model import Document
from tests.conftest import make

SPOKEN = """PRESIDENT LIND: Good evening. We will provide Ukraine with five hundred generators.

Q: And what else?

PRESIDENT LIND: My grandmother taught me to bake that bread when I was six. A dozen went to Lviv."""
WRITTEN = "We will provide Ukraine with five hundred generators."


def spoken() -> Document:
    return make(SPOKEN, "SWE", kind="transcript")


def parsed(extractor: Extractor, document: Document) -> list[Parsed]:
    (reading, _), = extractor.read([document])  # fmt: skip
    return [reading.parsed[index] for index in sorted(reading.parsed)]


def test_a_promise_in_a_turn_is_read_twice_and_one_in_a_text_once(extractor: Extractor) -> None:
    promise = next(one for one in parsed(extractor, spoken()) if "generators" in one.text)
    assert promise.second is not None
    assert promise.second.hidden.shape[1] > promise.encoded.hidden.shape[1]  # type: ignore[union-attr]
    (same,) = parsed(extractor, make(WRITTEN, "SWE"))
    assert same.encoded is not None
    assert same.second is None


def test_it_is_not_asked_of_what_the_encoder_rules_out(extractor: Extractor) -> None:
    bread = next(one for one in parsed(extractor, spoken()) if "bread" in one.text)
    assert bread.encoded is not None
    assert bread.second is None


def test_it_sees_a_promise_for_what_it_is(extractor: Extractor) -> None:
    classes = packaged().acts.classes
    (one,) = [one for one in parsed(extractor, spoken()) if "generators" in one.text]
    assert one.second
    assert view(one.second, classes, one)[0, classes.index(NOTHING)] < 0.5


def test_both_opinions_count(extractor: Extractor) -> None:
    acts = extractor.nlp.get_pipe("acts")
    assert isinstance(acts, Acts)
    before = acts.second_trust
    chances: list[Floats] = []
    try:
        for trust in (0.0, 1.0):
            acts.second_trust = trust
            (one,) = [one for one in parsed(extractor, spoken()) if "generators" in one.text]
            assert one.chances is not None
            chances.append(one.chances)
    finally:
        acts.second_trust = before
    assert not np.allclose(chances[0], chances[1])


def test_weights_without_a_second_reader_leave_all_to_the_encoder() -> None:
    alone = Extractor(weights=replace(packaged(), second=None))
    assert all(one.second is None for one in parsed(alone, spoken()))
    assert [act.act for act in alone.extract(spoken())] == ["commitment"]


def test_what_is_said_of_the_whole_sentence_goes_to_its_likeliest_verb() -> None:
    classes = ("commitment", NOTHING, "request")
    found = np.array([[0.5, 0.4, 0.1], [0.1, 0.8, 0.1]], dtype=np.float32)
    mixed = with_whole(found, {"commitment": 1.0}, classes, 0.5)
    assert mixed.sum(axis=1) == pytest.approx(1)
    assert mixed[0, 0] == pytest.approx(0.75)
    assert mixed[1] == pytest.approx(found[1])
    assert with_whole(found, {"commitment": 1.0}, classes, 0.0) == pytest.approx(found)


def test_a_folder_with_an_encoder_of_its_own_never_takes_the_packaged_second_reader(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("weights")
    packaged().save(folder)
    assert Weights.load(folder).second == FOLDER / "second"
    (folder / "encoder").symlink_to(FOLDER / "encoder")
    assert Weights.load(folder).second is None


def test_words_weigh_as_the_last_reader_weighs_them(extractor: Extractor) -> None:
    alone = Extractor(weights=replace(packaged(), second=None))
    told = []
    for reader in (extractor, alone):
        found = reader.read_sentences(spoken(), why=True)
        (one,) = next(one for one in found if "generators" in one.text).weighings
        assert one.reading == "commitment"
        assert one.words
        told.append(one.words)
    assert told[0] != told[1]
