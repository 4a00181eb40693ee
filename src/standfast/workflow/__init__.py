"""The verbs, as the command line, notebooks and later the web call them."""

from standfast.evaluation import Evaluation
from standfast.workflow.evaluating import evaluate
from standfast.workflow.frames import frame
from standfast.workflow.reading import ReadReport, explain, extract, extracted, read
from standfast.workflow.training import TrainReport, train

__all__ = [
    "Evaluation",
    "ReadReport",
    "TrainReport",
    "evaluate",
    "explain",
    "extract",
    "extracted",
    "frame",
    "read",
    "train",
]
