"""Answers that are chosen: letters of options, and true or false with a reason.

The words and letters of both languages are read, in any digits. Nothing here knows formulas.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from symcnn.errors import AuthorError
from symcnn.grader.assignment import Assignment, Question
from symcnn.grader.marking.by_itself import ByItself, exact
from symcnn.grader.marking.finding import FULL, Finding
from symcnn.grader.marking.normal import text_group
from symcnn.grader.marks import NONE, Mark, Remark

_LONGEST = 5_000
_TRUE = (
    "true",
    "t",
    "yes",
    "y",
    "correct",
    "right",
    "درست است",
    "صحیح است",
    "درست",
    "صحیح",
    "بله",
    "بلی",
    "آری",
)
_FALSE = (
    "not true", "not correct", "untrue", "false", "f", "no", "n", "incorrect", "wrong",
    "درست نیست", "صحیح نیست", "نادرست است", "غلط است", "نادرست", "ناصحیح", "غلط", "خیر", "نه",
)  # fmt: skip
_VERDICTS = {**dict.fromkeys(_TRUE, "true"), **dict.fromkeys(_FALSE, "false")}
_VERDICT = re.compile(
    r"[\W_]*(?:the (?:statement|claim) is |it is |it's |answer[:=] ?|پاسخ[:=]? ?|گزاره )?("
    + "|".join(sorted(map(re.escape, _VERDICTS), key=len, reverse=True))
    + r")(?:\s*[.,;:،؛!()\n–—*_`-]+\s*(.*)|\s+((?:because|since|as|for|زیرا|چون|چرا)\b.*)|\s*)\Z",
    re.DOTALL,
)
# Both orders of the Persian letters, as they number lists and as they stand in the alphabet.
_LETTERS = {
    "الف": "a", "ا": "a", "آ": "a", "ب": "b", "پ": "c", "ج": "c", "ت": "d", "د": "d",
    "ث": "e", "ه": "e",
}  # fmt: skip
_BETWEEN = re.compile(r"[\s,;،؛/+&|]+")
_AND = frozenset(("and", "و", "or", "یا"))
_WRAP = "()[]{}.:-*_`$\"'«»"


def folded(text: str) -> str:
    """One spelling for all digits, letters and blanks that look or mean the same.

    >>> folded("  ۱ ") == folded("1"), folded("ﺩﺭﺳﺖ") == folded("درست")
    (True, True)
    """
    plain = unicodedata.normalize("NFKC", text).replace("ي", "ی").replace("ك", "ک")
    plain = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u0640]", " ", plain)
    digits = (str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in plain)
    return re.sub(r"[ \t\r]+", " ", "".join(digits)).strip()


def verdict_of(text: str) -> tuple[str, str] | None:
    """ "true" or "false" with the reason behind it; None where neither is said plainly.

    >>> verdict_of("False, because K > 1"), verdict_of("درست نیست"), verdict_of("true or false")
    (('false', 'because k > 1'), ('false', ''), None)
    """
    if len(text) > _LONGEST:
        head = text[:_LONGEST]
        return verdict_of(head)
    found = _VERDICT.match(folded(text).casefold())
    if found is None:
        return None
    reason = (found[2] or found[3] or "").strip()
    first = re.split(r"\W", reason, maxsplit=1)[0] if reason else ""
    verdict = _VERDICTS[found[1]]
    if _VERDICTS.get(first, verdict) != verdict:
        return None
    return verdict, reason


class Truths(ByItself):
    """Marks true and false. A wrong choice earns nothing.

    A right one earns everything where no reason is asked for; else the mark is open, and a person
    gives the rest for the reason.
    """

    __slots__ = ("_key",)

    def __init__(self, assignment: Assignment, question: Question) -> None:
        key = verdict_of(question.key)
        if key is None:
            raise AuthorError(f"question {question.id!r}: the key is neither true nor false")
        self._key = key[0]
        super().__init__(assignment, question)

    def solution(self) -> tuple[Remark, ...]:
        """The right choice."""
        told = self.tell.put("key-text", text=self.tell.say(self._key))
        return (Remark("solution", "key", told),)

    def find(self, text: str, earlier: Mapping[str, Mark], *, detail: bool) -> Finding:
        """What the first words choose."""
        del earlier
        found = verdict_of(text)
        tell = self.tell
        if found is None:
            remarks = (tell.remark("readable", "read", "truth-unclear"), *self.solution())
            return Finding("unreadable", None, "", remarks, "", text_group(text))
        verdict = found[0]
        read = tell.say(verdict)
        said = Remark("readable", "read", tell.put("read", formula=read))
        if verdict != self._key:
            told = tell.remark("verdict", "verdict", "truth-wrong")
            return Finding("wrong", NONE, read, (said, told, *self.solution()), "", verdict)
        told = tell.remark("verdict", "verdict", "truth-right")
        if not self.question.reason:
            return Finding("right", FULL, read, (said, told), "", "right")
        remarks = (said, tell.remark("readable", "person", "person"))
        if detail:
            remarks += (told, self._shares(), *self.rubric())
        return Finding("manual", None, read, remarks, "", text_group(text))

    def _shares(self) -> Remark:
        points, reason = self.question.points, self.question.reason
        parts = {"own": points * (1 - reason), "all": points, "rest": points * reason}
        shown: dict[str, object] = {name: exact(each) for name, each in parts.items()}
        return Remark("verdict", "person", self.tell.say("truth-reason", **shown))


class Choices(ByItself):
    """Marks sets of options; their order does not matter."""

    __slots__ = ("_ids", "_key", "_texts", "_words")

    def __init__(self, assignment: Assignment, question: Question) -> None:
        super().__init__(assignment, question)
        self._ids = [name for name, _ in question.options]
        exactly = {folded(name): name for name in self._ids}
        loosely = {folded(name).casefold(): name for name in self._ids}
        self._words = {**loosely, **exactly}
        if len(loosely) < len(exactly):
            self._words = exactly  # case tells options apart
        if len(exactly) < len(self._ids):
            raise AuthorError(f"question {question.id!r}: two options are one and the same")
        for letter, latin in _LETTERS.items():
            if latin in self._words:
                self._words.setdefault(letter, self._words[latin])
        self._texts = {folded(text).casefold(): name for name, text in question.options if text}
        chosen = self._read(question.key)
        if chosen is None:
            raise AuthorError(
                f"question {question.id!r}: the key {question.key!r} names no options"
            )
        self._key = chosen

    def _read(self, text: str) -> frozenset[str] | None:
        """The options that a text names; None where it names anything else."""
        if len(text) > _LONGEST:
            return None
        whole = folded(text)
        found = self._texts.get(whole.casefold())
        if found is not None:
            return frozenset((found,))
        chosen: list[str] = []
        for piece in _BETWEEN.split(whole):
            word = piece.strip(_WRAP)
            if not word or word.casefold() in _AND:
                continue
            name = self._option(word)
            if name is not None:
                chosen.append(name)
                continue
            letters = [self._option(letter) for letter in word]
            if None in letters or len(set(letters)) < len(letters) or self._long():
                return None
            chosen += [letter for letter in letters if letter is not None]
        return frozenset(chosen) or None

    def _option(self, word: str) -> str | None:
        return self._words.get(word) or self._words.get(word.casefold())

    def _long(self) -> bool:
        return any(len(name) > 1 for name in self._ids)

    def _listed(self, chosen: frozenset[str]) -> str:
        return ", ".join(name for name in self._ids if name in chosen)

    def solution(self) -> tuple[Remark, ...]:
        """The right options."""
        told = self.tell.put("key-text", text=self.tell.ltr(self._listed(self._key)))
        return (Remark("solution", "key", told),)

    def find(self, text: str, earlier: Mapping[str, Mark], *, detail: bool) -> Finding:
        """Right is the whole set, and nothing else."""
        del earlier
        chosen = self._read(text)
        if not detail and chosen is not None:
            return Finding("right", FULL) if chosen == self._key else Finding("wrong", NONE)
        tell = self.tell
        if chosen is None:
            some = ", ".join(self._ids[:2])
            unclear = tell.remark("readable", "read", "choice-unclear", options=some)
            return Finding(
                "unreadable", None, "", (unclear, *self.solution()), "", text_group(text)
            )
        read = self._listed(chosen)
        said = tell.remark("readable", "read", "choice-read", options=read)
        if chosen == self._key:
            right = tell.remark("verdict", "verdict", "right")
            return Finding("right", FULL, read, (said, right), "", "right")
        code = "choice-one" if len(self._key) == 1 and len(chosen) == 1 else "choice-wrong"
        wrong = tell.remark("verdict", "verdict", code)
        return Finding("wrong", NONE, read, (said, wrong, *self.solution()), "", read)
