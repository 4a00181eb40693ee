"""The table of word pieces that ships: English keeps all of its pieces."""

from __future__ import annotations

import json
from pathlib import Path

from standfast.extraction.encoder import tokenizer_of
from standfast.extraction.weights import FOLDER
from standfast.training.vocabulary import shortened

TEXT = "The Netherlands’ €1.5bn will go to Kharkiv’s schools – and to Çorum, Łódź and Đakovo."
PIECES = ["[PAD]", *(f"[unused{n}]" for n in range(99)), "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def small(path: Path) -> None:
    shipped = json.loads((FOLDER / "tokenizer.json").read_text("utf-8"))
    own = [*PIECES, "[unused200]", "we", "київ", "##will", "##東", "€"]
    shipped["model"]["vocab"] = {piece: at for at, piece in enumerate(own)}
    path.write_text(json.dumps(shipped), "utf-8")


def test_other_scripts_go_and_the_rest_keeps_its_order(tmp_path: Path) -> None:
    small(tmp_path / "whole.json")
    places = shortened(tmp_path / "whole.json", tmp_path / "short.json")
    assert places == [*range(104), 105, 107, 109]
    short = tokenizer_of(tmp_path / "short.json")
    assert short.encode("wewill €", add_special_tokens=False).tokens == ["we", "##will", "€"]
    assert short.encode("we", add_special_tokens=False).ids == [104]


def test_a_word_in_another_script_is_the_unknown_one(tmp_path: Path) -> None:
    small(tmp_path / "whole.json")
    shortened(tmp_path / "whole.json", tmp_path / "short.json")
    short = tokenizer_of(tmp_path / "short.json")
    assert short.encode("київ we", add_special_tokens=False).ids == [100, 104]


def test_the_shipped_table_reads_latin_script_whole() -> None:
    assert "[UNK]" not in tokenizer_of(FOLDER / "tokenizer.json").encode(TEXT).tokens
