"""Answers that deserve one decision: groups of equal ones, each with a short id that stays.

Two answers are in one group when marking says so (``Mark.group``), when their texts differ only in
blanks and in signs that a keyboard chose, or, where they are open and readable, when the prover
proves them equal. An id is made of the question and of what an answer is by itself, never of who
else handed something in, so it is the same in every run. Students' names are unknown here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from symcnn.errors import AuthorError, ParseError
from symcnn.formula.frozen import frozen
from symcnn.grader.marks import Grading, Mark

if TYPE_CHECKING:
    from symcnn.grader.assignment import Assignment, Question

Same = Callable[[str, str], bool | None]
_PROVABLE = frozenset({"formula", "number", "matrix"})
_COMPARISONS = 200  # of two answers to one question
_UNDECIDED = 6  # comparisons without a result, after which there are no more
_TYPED = 10_000  # characters that somebody may have typed; longer texts are taken as they are
_LONG = 400  # characters of an answer that is compared by proof
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_KEYBOARD = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "\u200c": " ", "\u00a0": " ",
        "\ufeff": "", "\u200e": "", "\u200f": "", "\u00ad": "", "\u2212": "-", "×": "*", "·": "*",
        **{chr(first + n): str(n) for first in (0x0660, 0x06F0) for n in range(10)},
    }
)  # fmt: skip
_AROUND_SIGNS = re.compile(r" ?([^\w\s]) ?")


@frozen
class Member:
    """A student's mark inside a group."""

    student: str
    mark: Mark


@frozen
class Group:
    """Equal answers to one question, the commonest text first.

    ``ids`` are the ids of all kinds of answers in it, ``id`` the first of them: a decision may name
    any, because which of them is commonest changes as submissions come in.
    """

    question: str
    ids: tuple[str, ...]
    members: tuple[Member, ...]

    @property
    def id(self) -> str:
        """The id that a decision names."""
        return self.ids[0]

    @property
    def mark(self) -> Mark:
        """The mark that stands for all of them."""
        return self.members[0].mark


def normal_text(text: str) -> str:
    """The text without what carries no meaning in it: blanks around signs, kinds of digits.

    >>> normal_text("K ^ ۲  +\\n\\n x y "), normal_text("1 2") == normal_text("12")
    ('K^2+\\nx y', False)
    """
    if len(text) > _TYPED:
        return text
    folded = unicodedata.normalize("NFC", text).translate(_KEYBOARD)
    lines = (
        _AROUND_SIGNS.sub(r"\1", " ".join(each.split()))  # in this order: linear
        for each in re.split(r"[\r\n\u2028\u2029]+", folded)
    )
    return "\n".join(line for line in lines if line)


def group_id(question: str, key: str) -> str:
    """Nine letters and digits that no reader of YAML takes for a number.

    >>> group_id("q1", "text:K^2") == group_id("q1", "text:K^2") != group_id("q2", "text:K^2")
    True
    """
    from hashlib import blake2b

    named = f"{question}\0{key}".encode("utf-8", "surrogatepass")
    number = int.from_bytes(blake2b(named, digest_size=5).digest(), "big")
    letters = []
    for _ in range(8):
        number, digit = divmod(number, 32)
        letters.append(_ALPHABET[digit])
    return "g" + "".join(letters)


def ids_of(mark: Mark) -> tuple[str, ...]:
    """Every id by which a decision may mean this answer, the most general one first.

    As marking groups it, as it was read, and by its text: a mark that is made otherwise one day,
    because the key or the program has changed, keeps some of them.
    """
    from symcnn.grader.marking.normal import shortened, text_group

    keys = [mark.group]
    if mark.outcome != "manual":  # there the reading is not all that a person judges
        keys.append(shortened(mark.read))
    keys += [text_group(mark.answer), f"exact: {normal_text(mark.answer)}"]
    return tuple(group_id(mark.question, key) for key in dict.fromkeys(keys) if key)


def open_groups(grading: Grading, *, only: Collection[str] | None = None) -> tuple[Group, ...]:
    """What is open, one group a decision: commonest first, then as the questions stand, by text.

    Readable answers that the prover shows to be equal are put together. ``only`` names questions.
    """
    assignment = grading.assignment
    wanted = [each.id for each in assignment.questions if only is None or each.id in only]
    found: dict[str, list[Member]] = {each: [] for each in wanted}
    for student in grading.students:
        for mark in student.marks:
            if mark.open and mark.question in found:
                found[mark.question].append(Member(student.student, mark))
    groups = []
    for question in assignment.questions:
        own = _by_id(question.id, found.get(question.id, ()))
        if len(own) > 1 and question.kind in _PROVABLE:
            own = _merged(own, _equality(assignment, question))
        groups += own
    place = {each.id: at for at, each in enumerate(assignment.questions)}
    groups.sort(key=lambda each: (-len(each.members), place[each.question], each.mark.answer))
    return tuple(groups)


def _by_id(question: str, members: Iterable[Member]) -> list[Group]:
    """Answers that share an id are in one group, and so are those that share one with them."""
    leader: dict[str, str] = {}

    def led(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    known: dict[tuple[str, str, str], tuple[str, ...]] = {}
    named = []
    for each in members:
        what = each.mark.answer, each.mark.group, each.mark.read
        if what not in known:
            known[what] = ids_of(each.mark)
        named.append((known[what], each))
    for ids, _ in named:
        for other in ids[1:]:
            leader[led(other)] = led(ids[0])
    alike: dict[str, list[Member]] = {}
    for ids, each in named:
        alike.setdefault(led(ids[0]), []).append(each)
    groups = []
    for unsorted in alike.values():
        own = _commonest_first(unsorted)
        whats = dict.fromkeys((e.mark.answer, e.mark.group, e.mark.read) for e in own)
        names = dict.fromkeys(name for what in whats for name in known[what])
        groups.append(Group(question, tuple(names), tuple(own)))
    groups.sort(key=lambda each: (-len(each.members), each.mark.answer, each.id))
    return groups


def _commonest_first(members: Sequence[Member]) -> list[Member]:
    count: dict[str, int] = {}
    for each in members:
        count[each.mark.answer] = count.get(each.mark.answer, 0) + 1
    return sorted(members, key=lambda each: (-count[each.mark.answer], each.mark.answer))


def _merged(groups: list[Group], same: Same) -> list[Group]:
    """Groups whose first answers are proved equal become one, the commonest first."""
    kept: list[Group] = []
    comparisons, undecided = _COMPARISONS, _UNDECIDED
    for each in groups:
        home = None
        if _is_provable(each.mark):
            for at, other in enumerate(kept):
                if comparisons <= 0 or undecided <= 0:
                    break
                if not _is_provable(other.mark):
                    continue
                comparisons -= 1
                equal = same(other.mark.read, each.mark.read)
                undecided -= equal is None
                if equal:
                    home = at
                    break
        if home is None:
            kept.append(each)
        else:
            first = kept[home]
            ids = tuple(dict.fromkeys((*first.ids, *each.ids)))
            kept[home] = Group(first.question, ids, (*first.members, *each.members))
    return kept


def _is_provable(mark: Mark) -> bool:
    return mark.outcome == "undecided" and 0 < len(mark.read) <= _LONG


def _equality(assignment: Assignment, question: Question) -> Same:
    """Whether two answers to a question are proved equal; None where that stays undecided."""
    from symcnn.grader.marking.references import granted
    from symcnn.verifying.checker import Checker

    given = granted(assignment, question)
    ready: dict[str, Checker | None] = {}

    def same(first: str, second: str) -> bool | None:
        try:
            if first not in ready:
                ready[first] = None
                ready[first] = Checker(first, given)
            checker = ready[first]
            kind = "undecided" if checker is None else checker.check(second).kind
        except (AuthorError, ParseError):
            return None
        return None if kind == "undecided" else kind == "proved"

    return same
