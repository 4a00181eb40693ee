"""The verbs, as the command line, notebooks and later the web call them."""

from standfast.evaluation import Evaluation
from standfast.workflow.checking import check, check_all
from standfast.workflow.drifting import drift_of
from standfast.workflow.enduring import Endurance, endurance
from standfast.workflow.evaluating import evaluate
from standfast.workflow.frames import frame
from standfast.workflow.gathering import Summit, occasions, summit
from standfast.workflow.linking import commitment, commitments, link
from standfast.workflow.reading import ReadReport, explain, extract, extracted, read
from standfast.workflow.training import TrainReport, train

__all__ = [
    "Endurance",
    "Evaluation",
    "ReadReport",
    "Summit",
    "TrainReport",
    "check",
    "check_all",
    "commitment",
    "commitments",
    "drift_of",
    "endurance",
    "evaluate",
    "explain",
    "extract",
    "extracted",
    "frame",
    "link",
    "occasions",
    "read",
    "summit",
    "train",
]
