"""Where each word piece of the packaged tokenizer stands in MiniLM's own vocabulary.

The tokenizer that ships leaves out word pieces of other scripts (`standfast.training.vocabulary`);
the sentence vectors of `standfast.claims.meaning` come from the whole model, which counts them.

    python scripts/make_places.py        # needs the extra `train`
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np

from standfast.training.base_model import unpack
from standfast.training.vocabulary import needed

INTO = Path(__file__).parents[1] / "src/standfast/claims/data/places.npz"

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        whole = unpack(Path(folder)) / "tokenizer.json"
        places = needed(json.loads(whole.read_text(encoding="utf-8")))
    np.savez_compressed(INTO, steps=np.diff(places, prepend=0).astype(np.uint16))
    print(f"{len(places)} word pieces, {INTO.stat().st_size} bytes")
