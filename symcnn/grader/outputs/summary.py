"""The class in numbers: how each question fared, how the totals lie, which mistakes are common."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from symcnn.formula.frozen import frozen
from symcnn.grader.assignment import Question
from symcnn.grader.marks import Graded, Grading
from symcnn.grader.outputs.seen import STATES, state_of

BINS = 10


@frozen
class QuestionSummary:
    """How many answers to a question fared how; ``mean`` is of the marked ones, None for none."""

    question: Question
    counts: dict[str, int]
    answers: int
    mean: Fraction | None


@frozen
class MistakeSummary:
    """A mistake that was found in ``count`` answers to a question, said as a student reads it."""

    name: str
    question: str
    text: str
    count: int


@frozen
class Bar:
    """Students between two shares of the marked points, in per cent; the last bar holds both."""

    low: int
    high: int
    whole: int
    some_open: int

    @property
    def count(self) -> int:
        """All of them."""
        return self.whole + self.some_open


def per_question(grading: Grading) -> tuple[QuestionSummary, ...]:
    """Each question that has points, in the order of the assignment."""
    found: dict[str, Counter[str]] = {}
    points: dict[str, list[Fraction]] = {}
    for graded in grading.students:
        for mark in graded.marks:
            found.setdefault(mark.question, Counter())[state_of(mark)] += 1
            if mark.points is not None:
                points.setdefault(mark.question, []).append(mark.points)
    summaries = []
    for question in grading.assignment.questions:
        if question.kind == "statement":
            continue
        counts = found.get(question.id, Counter())
        own = points.get(question.id, [])
        mean = sum(own, Fraction(0)) / len(own) if own else None
        by_state = {state: counts[state] for state in STATES}
        summaries.append(QuestionSummary(question, by_state, sum(by_state.values()), mean))
    return tuple(summaries)


def share(graded: Graded) -> Fraction | None:
    """The share that a student has of the points that are marked, at most 1; None for none."""
    total = graded.total
    if not total.marked:
        return None
    return min(Fraction(1), max(Fraction(0), total.points / total.marked))


def distribution(grading: Grading) -> tuple[Bar, ...]:
    """Students by their share, in ten bars."""
    whole, some_open = Counter[int](), Counter[int]()
    for graded in grading.students:
        part = share(graded)
        if part is not None:
            place = min(BINS - 1, int(part * BINS))
            (some_open if graded.total.open else whole)[place] += 1
    step = 100 // BINS
    return tuple(
        Bar(place * step, (place + 1) * step, whole[place], some_open[place])
        for place in range(BINS)
    )


def median(grading: Grading) -> Fraction | None:
    """The middle share, between the two middle ones where their number is even."""
    shares = sorted(each for each in map(share, grading.students) if each is not None)
    if not shares:
        return None
    middle = len(shares) // 2
    return shares[middle] if len(shares) % 2 else (shares[middle - 1] + shares[middle]) / 2


def mistakes(grading: Grading) -> tuple[MistakeSummary, ...]:
    """Mistakes by question, commonest first, then in the order of the assignment."""
    counts: Counter[tuple[str, str]] = Counter()
    texts: dict[tuple[str, str], Counter[str]] = {}
    for graded in grading.students:
        for mark in graded.marks:
            if mark.mistake:
                key = mark.question, mark.mistake
                counts[key] += 1
                said = next((each.text for each in mark.remarks if each.kind == "mistake"), "")
                texts.setdefault(key, Counter())[said] += 1
    order = {each.id: place for place, each in enumerate(grading.assignment.questions)}
    ranked = sorted(counts, key=lambda key: (-counts[key], order.get(key[0], 0), key[1]))
    return tuple(
        MistakeSummary(name, question, _common(texts[question, name], name), counts[question, name])
        for question, name in ranked
    )


def _common(said: Counter[str], name: str) -> str:
    """The sentence that was said most often, else the name in words."""
    best = min(said, key=lambda text: (-said[text], text))
    return best or name.replace("-", " ")
