"""The linear themes: what was coded is learned, what was not comes from the lexicon."""

from __future__ import annotations

from standfast.extraction.theme_model import Reading, ThemeModel, features
from standfast.training.themes import coded_themes, fit_themes

from standfast.documents import read_text  # isort: skip

TEXT = "First. We will gild every weathercock in town. Last."
SENTENCE = "We will gild every weathercock in town."


def chances(model: ThemeModel, words: str) -> dict[str, float]:
    found = model.probabilities(model.values(features(Reading(words))))
    return dict(zip(model.themes, found.tolist(), strict=True))


def test_an_act_is_read_with_the_words_around_it() -> None:
    document = read_text(TEXT)
    record = {"quote": "gild every weathercock", "act": "commitment", "themes": ["energy"]}
    coded = {
        "doc": document.id,
        "start": document.text.index(SENTENCE),
        "end": document.text.index(SENTENCE) + len(SENTENCE),
        "text": SENTENCE,
        "records": [record],
    }
    ((reading, themes),) = coded_themes([document], [coded])
    assert themes == ("energy",)
    assert reading.sentence == SENTENCE
    assert (reading.before.strip(), reading.after.strip()) == ("First.", "Last.")


def test_a_word_without_a_cue_is_learned_from_coded_acts() -> None:
    some = [
        (Reading(f"gild the {n} weathercock", act="commitment"), ("energy",)) for n in "abcdefgh"
    ]
    learned, bare = fit_themes(some), fit_themes([])
    words = "gild that weathercock"
    assert chances(learned, words)["energy"] > 0.5 > chances(bare, words)["energy"]
    by_lexicon = chances(bare, "plant wheat and share the harvest")
    assert max(by_lexicon, key=lambda name: by_lexicon[name]) == "food-security"
