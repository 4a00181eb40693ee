"""What an act undertakes to do: its own verbs, read off the words alone.

"We will continue to support Ukraine by sending tanks" has two: *support*, and *send* after "by".
"We will send tanks to deter aggression" has one, since what follows "to" is only its purpose. No
parse is needed; which verb is of which grade is data (``data/checkability.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from standfast.extraction.inflection import forms
from standfast.extraction.knowledge import knowledge

Grade = Literal["action", "by_object", "degree", "open"]
GRADES: tuple[Grade, ...] = ("action", "by_object", "degree", "open")

COVER = "§"
"""Stands for each letter of a party's name, so that no name weighs."""

_TOKEN = re.compile(rf"{COVER}+|[^\W\d_][\w’'-]*|[\d$€£¥][\d,.]*|[,;:.—–]")
_ASIDE = re.compile(r"\b((?:will|shall|should|must|to)\b)(,[^,;.]{2,60},)")
"""Words between commas that part "will" from its verb."""
_FRONTED = re.compile(
    rf"^\W*(?:\w+ing|to|in|as|with|since|following|together|consistent|based|after|at|from|for)\b"
    rf"[^;]*?,(?=\s+\W*(?:we|i|it|they|he|she|leaders|allies|(?:the\s+)?{COVER}+)\s)",
    re.IGNORECASE,
)
"""What stands before the act's subject: a ground, a purpose, a circumstance."""
_PURPOSE = re.compile(
    r"\s+(?:that|which|who|whose|where|in order to|so as to|so that|because|while|"
    r"to (?!(?:the|an?|its|our|their|this|these|those|all|any|other|both|zero)\b)[a-z]+)\b"
)
_NO_VERB = {"have", "has", "also", "further", "to"}
_POSSIBLE = {"may", "might", "could"}
_MODALS = {
    "will", "shall", "would", "should", "must", "can", "could", "may", "might", "cannot", "won't",
    "going", "gonna",
}  # fmt: skip
_BEING = {"be", "been", "being", "is", "are", "am", "was", "were", "get", "getting"}
_PERSONS = {"we", "they", "i", "it", "he", "she", "you", "who", "leaders", "allies"}
_BEFORE_INFINITIVE = {"to", "help", "let"}
_DOERS = _PERSONS | {"has", "have", "had", "to"}
_BEFORE_BASE = _MODALS | _BEFORE_INFINITIVE | _PERSONS
_BEFORE_GERUND = {
    "to", "by", "through", "of", "in", "including", "on", "for", "with", "from", "without", "begin",
    "began", "start", "continue", "continues", "continued", "continuing", "keep", "stop", "cease",
    "announcing", "are", "is", "am", "be", "been",
}  # fmt: skip
_MEANS = {"by", "through", "including", "via"}
_SUBORDINATE = {
    "that", "which", "who", "whom", "whose", "while", "because", "where", "when", "if", "unless",
    "until", "since", "after", "before", "whereby",
}  # fmt: skip
_OPENS_OBJECT = {
    "a", "an", "the", "its", "our", "their", "his", "her", "this", "these", "all", "any", "new",
    "more", "additional", "further", "up", "at", "out", COVER,
}  # fmt: skip
_ADVERBS = {
    "also", "further", "now", "again", "both", "not", "never", "always", "still", "already", "then",
    "together", "either", "actively", "even", "once", "soon", "today",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb of the act: dictionary form, grade, whether one only tries, helps or may, its place.

    Its object is looked for from ``start``, where the verb ends, to the next one; that of a passive
    before it as well, so that ``start`` is 0 there.
    """

    verb: str
    grade: Grade
    tries: bool = False
    start: int = 0


@dataclass(frozen=True, slots=True)
class _Verbs:
    graded: Mapping[str, tuple[str, Grade | None]]
    deeds: re.Pattern[str]
    carriers: frozenset[str]
    tries: frozenset[str]
    also_nouns: frozenset[str]
    phrases: re.Pattern[str]
    not_verbs: re.Pattern[str]


def deeds(covered: str, *, asks: bool = False, starts: Collection[int] = ()) -> list[Deed]:
    """The act's own verbs, in order; ``covered`` are its words with parties' names covered.

    ``asks`` says that it is a request, whose verb of asking is passed over; ``starts`` are places
    at which its undertakings begin. Without any verb, nouns of action count ("the release of …").

    >>> [one.verb for one in deeds("We will continue to train pilots and send tanks to deter war")]
    ['train', 'send']
    >>> [one.grade for one in deeds("We will support the people by building shelters")]
    ['open', 'action']
    """
    words = _words()
    covered = _FRONTED.sub(lambda m: " " * len(m[0]), covered)
    covered = _ASIDE.sub(lambda m: m[1] + " " * len(m[2]), covered)
    covered = words.not_verbs.sub(lambda m: "~" * len(m[0]), covered)
    phrases: set[int] = set()

    def first_word(match: re.Match[str]) -> str:
        phrases.add(match.start())
        return match.group().split()[0].ljust(len(match.group()))

    text = words.phrases.sub(first_word, covered)
    tokens = [(m.group(), m.start()) for m in _TOKEN.finditer(text)]
    found = list(_Walk(tokens, asks, starts, phrases).verbs())
    if not any(one.grade in {"degree", "open"} for one in found):
        begins = found[-1].start if found else 0
        named = words.deeds.search(covered, begins, begins + own_length(covered[begins:]))
        found += [Deed(named[1], "action", start=named.end(1))] if named else []
    return found


def own_length(words: str) -> int:
    """How many of the letters after a verb are of its object: up to a purpose or a relative clause.

    >>> text = " sanctions on banks to weaken the Army"
    >>> text[: own_length(text)]
    ' sanctions on banks'
    """
    end = _PURPOSE.search(words)
    return end.start() if end else len(words)


def grade_of(lemma: str) -> Grade | None:
    """The grade of a verb in its dictionary form; ``None`` where the lists do not hold it.

    >>> grade_of("strengthen")
    'open'
    """
    known = _words().graded.get(lemma.lower())
    return known[1] if known else None


class _Walk:
    """One pass over the words: which of them are the act's verbs."""

    def __init__(
        self,
        tokens: Sequence[tuple[str, int]],
        asks: bool,
        starts: Collection[int],
        phrases: Collection[int],
    ) -> None:
        self.tokens, self.asks, self.starts, self.phrases = tokens, asks, starts, phrases
        self.lower = [token.lower().replace("’", "'") for token, _ in tokens]
        self.below = False
        """Inside a purpose, a complement or a clause that hangs on a verb found before."""
        self.tries = False
        self.last = ""
        """Form of the verb found last: ``base``, ``ing`` or ``ed``."""
        self.unknown = False
        """Whether an infinitive that the lists do not hold has been passed."""

    def verbs(self) -> Iterator[Deed]:
        """Verbs of the act itself."""
        words = _words()
        before, after = "^", ""
        for place, (token, start) in enumerate(self.tokens):
            # The word before, adverbs passed over.
            before, low = after or before, self.lower[place]
            after = "" if low in _ADVERBS or (low.endswith("ly") and low != "supply") else low
            self._shift(low, before, place)
            form = _form(low, words)
            if start in self.phrases:
                form = "ing" if low.endswith("ing") else "base"
            if not self._is_verb(low, before, form, start, place):
                if before == "to" and not self.last and not form and token.islower():
                    self.unknown = True
                continue
            lemma, grade = words.graded.get(low, (low, "open"))
            if start in self.phrases:
                grade = "open"
            elif self._carries(lemma, place):
                self.tries = self.tries or lemma in words.tries
                self.below = False
                continue
            if grade and not self.below:
                self.last = form or "base"
                tries = self.tries or before in _POSSIBLE or before == "help"
                passive = form == "ed" and before in _BEING
                yield Deed(lemma, grade, tries, 0 if passive else start + len(token))

    def _shift(self, low: str, before: str, place: int) -> None:
        """Enter or leave what hangs on an earlier verb."""
        if low == ";" or (low in _MODALS and before not in _SUBORDINATE and self._own(before)):
            self.below = False
        elif low == "as" and place + 1 < len(self.tokens):
            self.below = self.below or self.lower[place + 1] in _PERSONS
        elif low in _MEANS:
            after = self.lower[place + 1] if place + 1 < len(self.tokens) else ""
            self.below = self.below and not after.endswith("ing")
        elif self.last and (low in _SUBORDINATE or (low == "to" and self._infinitive(place))):
            self.below = True

    def _own(self, before: str) -> bool:
        return before in {"and", ",", "we", "they", "it", "^", "or", "i"} or before[0] == COVER

    def _infinitive(self, place: int) -> bool:
        """Whether "to" opens an infinitive: what follows is no name, article or number."""
        for token, _ in self.tokens[place + 1 : place + 3]:
            low = token.lower()
            if low in _ADVERBS or low.endswith("ly"):
                continue
            return token.islower() and low not in _OPENS_OBJECT and not low.endswith("ing")
        return False

    def _is_verb(self, low: str, before: str, form: str, start: int, place: int) -> bool:
        """Whether a word stands where a verb of the act may stand."""
        first = start in self.starts or before in {"^", ":", ";"}
        last = self.last or ("base" if self.unknown else "")
        joined = before in {"and", "or", ","} and last == form
        if not form:  # an unknown verb right after "will" is open as far as we know
            helps = low in _BEING or low in _NO_VERB or low.endswith("ly")
            fits = before in _MODALS and low.isalpha() and not helps
        elif form == "ed":
            actor = before[0] == COVER or before in _DOERS
            fits = before in _BEING or (not self.last and actor)
        elif form == "s":
            fits = before[0] == COVER or before in {"it", "he", "she"}
        elif form == "ing" and low in _words().also_nouns:
            fits = first or before in {"to", "by", "are", "is", "continue", "be"}
        elif form == "ing":
            fits = (first or joined or before in _BEFORE_GERUND) and low != "including"
        else:
            sure = before in _BEFORE_BASE
            sure = sure or before.endswith(("'ll", "n't"))
            if low in _words().also_nouns:
                fits = sure or ((first or joined) and self._object_follows(place))
            else:
                # "Allies pledge to …", "both sides intend to …": a plural before a mere carrier.
                plural = _words().graded[low][1] is None and before[-1] == "s"
                fits = sure or first or joined or plural or before[0] == COVER
        return fits

    def _object_follows(self, place: int) -> bool:
        if place + 1 >= len(self.tokens):
            return False
        after = self.tokens[place + 1][0]
        return after.lower() in _OPENS_OBJECT or after[0] == COVER or not after[0].islower()

    def _carries(self, lemma: str, place: int) -> bool:
        """Whether a verb only carries the act's own."""
        words = _words()
        if lemma in words.tries:
            return True
        if lemma not in words.carriers:
            return False
        if words.graded[lemma][1] is None or (self.asks and not self.last):
            return True
        return self.lower[place + 1 : place + 2] == ["to"] and lemma != "encourage"


def _form(low: str, words: _Verbs) -> str:
    """``base``, ``ing``, ``ed`` or ``s`` of a known verb; empty for other words."""
    known = words.graded.get(low)
    if known is None:
        return ""
    if low == known[0]:
        return "base"
    return "ing" if low.endswith("ing") else "s" if low.endswith("s") else "ed"


@cache
def _words() -> _Verbs:
    data: dict[str, Any] = knowledge("checkability")
    graded: dict[str, tuple[str, Grade | None]] = {}
    doubling, irregular = set(data["doubling"]), data["irregular"]
    passed = [*data["carriers"], *data["tries"]]
    for grade in (*GRADES, None):
        for verb in data[grade] if grade else passed:
            for form in forms(verb, verb in doubling, irregular.get(verb, ())):
                graded.setdefault(form, (verb, grade))
    return _Verbs(
        graded=graded,
        deeds=re.compile(rf"(?<!-)\b({'|'.join(data['deeds'])})\b(?! [a-z]+s\b)"),
        carriers=frozenset(data["carriers"]),
        tries=frozenset(data["tries"]),
        also_nouns=frozenset(data["also_nouns"]),
        not_verbs=re.compile(rf"\b(?:{'|'.join(data['not_verbs'])})\b", re.IGNORECASE),
        phrases=re.compile(rf"\b(?:{'|'.join(data['open_phrases'])})\b", re.IGNORECASE),
    )
