"""Word pieces: the same as the tokenizer's, whatever the text."""

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from standfast.extraction.encoder import tokenizer_of
from standfast.extraction.pieces import Pieces
from standfast.extraction.weights import FOLDER

MARKS = "’‘“”–—…•€£éÄ\n\t[]#|~^`_'\"$%&@\\{}  ...,;:-"


@cache
def cut() -> Pieces:
    return Pieces(tokenizer_of(FOLDER / "tokenizer.json"))


def same(text: str) -> None:
    found = cut()._tokenizer.encode(text, add_special_tokens=False)
    assert cut()(text) == (found.ids, [start for start, _ in found.offsets])


@given(st.text(st.sampled_from("abcXYZ0189" + MARKS), max_size=80))
@example("The Allies’ air-defence package (€50 million) — “by 2025” — isn’t [SEP] final…")
@example("U.S. aid\tof $1,250.75m; state_of_play re-re-exported\n\n• Türkiye #NATO ##ing")
@example("x" * 120 + " Ordnungswidrigkeiten")
@example("")
def test_every_text_is_cut_as_the_tokenizer_cuts_it(text: str) -> None:
    same(text)


@given(st.text(max_size=60))
def test_any_script_is(text: str) -> None:
    same(text)


def test_a_plain_text_of_known_words_is_not_cut_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    once = Pieces(tokenizer_of(FOLDER / "tokenizer.json"))
    first = once("Deliveries of howitzers will be sped up")
    monkeypatch.setattr(once, "_tokenizer", None)
    assert once("Deliveries of howitzers will be sped up") == first
    with pytest.raises(AttributeError):
        once("Łódź")
