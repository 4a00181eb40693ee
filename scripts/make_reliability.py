"""Write the reliability curve of the accurate profile on coded sentences as a picture.

    python scripts/make_reliability.py LABELS.jsonl docs/reliability.svg

Reads the documents beside the labels with the packaged models.
"""

from __future__ import annotations

import sys
from pathlib import Path

from standfast.evaluation import reliability_chart
from standfast.workflow import evaluate

if __name__ == "__main__":
    labels, picture = sys.argv[1:]
    found = evaluate(labels)
    Path(picture).write_text(reliability_chart(found.reliability), encoding="utf-8")
    print(found.summary())
