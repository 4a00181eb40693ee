"""How well acts are found: coded texts beside what the extractor finds in them."""

from standfast.evaluation.calibration import Bin, Reliability, reliability
from standfast.evaluation.chart import reliability_chart
from standfast.evaluation.coded import FIELDS, CodedRecord, CodedSentence, CodedSet
from standfast.evaluation.errors import MISTAKES, Mistake, mistakes
from standfast.evaluation.markdown import markdown_report
from standfast.evaluation.reading import read_coded
from standfast.evaluation.report import html_report
from standfast.evaluation.result import Evaluation, Figure, assess
from standfast.evaluation.scoring import Scores, score

__all__ = [
    "FIELDS",
    "MISTAKES",
    "Bin",
    "CodedRecord",
    "CodedSentence",
    "CodedSet",
    "Evaluation",
    "Figure",
    "Mistake",
    "Reliability",
    "Scores",
    "assess",
    "html_report",
    "markdown_report",
    "mistakes",
    "read_coded",
    "reliability",
    "reliability_chart",
    "score",
]
