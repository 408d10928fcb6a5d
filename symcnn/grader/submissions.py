"""Files, folders and zips of submissions -> `Submission` values, and problems for a person.

Nothing is merged and nothing is guessed: what is not clear is told, and everything else is read.
It knows the names of the questions, never a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from symcnn.grader.formats import found_in
from symcnn.grader.formats.found import Entry, Found, Sheet, Trouble, Unusable, trouble
from symcnn.grader.formats.sources import Refused, Source, gathered
from symcnn.grader.formats.words import place_in, told
from symcnn.grader.ids import fault_of_id, folded_id, near, shown
from symcnn.grader.submission import Problem, Response, Submission

MAX_ANSWER = 100_000  # characters; formulas and derivations are refused far below
MAX_ENTRIES = 2_000  # of one student
MAX_EXTRA = 10  # answers to unknown questions that are named one by one
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_submissions(
    paths: Iterable[str | Path], questions: Sequence[str] | None = None, *, language: str = "en"
) -> tuple[tuple[Submission, ...], tuple[Problem, ...]]:
    """The submissions in the order of their ids, and what could not be used, file by file.

    ``questions`` are the ids that answers may have; without them every name counts, and nothing is
    missing. A problem of one student stands in the submission. Two submissions with one id are
    told, and neither is among the results. ``language`` (en, fa) is that of the problems. Nothing
    is raised for bad files.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "40012345.md"
    ...     _ = path.write_text("```answer q1\\nK^2\\n```\\n```answer Q2\\nK\\n```\\n")
    ...     [submission], _ = read_submissions([path], ["q1", "q2"])
    >>> submission.student, submission.response("q1")
    ('40012345', Response(text='K^2', place='40012345.md, line 2'))
    >>> print(submission.problems[0])
    40012345.md, line 5: there is no question Q2, and its answer is left out; did you mean q2?
    """
    work = _Work(questions, language)
    for each in gathered([Path(path) for path in paths]):
        if isinstance(each, Source):
            work.read(each)
        else:
            work.tell(each.trouble, each.where)
    return work.settled()


def read_together(
    paths: Iterable[str | Path],
    student: str,
    questions: Sequence[str] | None = None,
    *,
    language: str = "en",
) -> Submission:
    """All files below the paths as the submission of one student, whatever they say about that.

    Answers may be spread over files; two different ones to a question are told and unclear. Where
    no file can be used, every question is.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a.md").write_text("```answer q1\\nK^2\\n```\\n")
    ...     _ = (Path(folder) / "b.json").write_text('{"student": "x", "answers": {"q2": "K"}}')
    ...     found = read_together([folder], "7", ["q1", "q2"])
    >>> found.student, [(name, each.text, each.place) for name, each in found.responses]
    ('7', [('q1', 'K^2', 'a.md, line 2'), ('q2', 'K', 'b.json, answers.q2')])
    """
    work = _Work(questions, language)
    return work.together(gathered([Path(path) for path in paths]), student)


class _Candidate(NamedTuple):
    """A submission, and where it comes from for a person."""

    submission: Submission
    where: str


class _Work:
    """The submissions while the files are read."""

    __slots__ = ("candidates", "known", "language", "problems", "questions")

    def __init__(self, questions: Sequence[str] | None, language: str) -> None:
        self.questions = questions
        self.known = {folded_id(each): each for each in questions or ()}
        self.language = language
        self.problems: list[Problem] = []
        self.candidates: list[_Candidate] = []

    def tell(self, what: Trouble, where: str) -> None:
        self.problems.append(told(what, where, self.language))

    def read(self, source: Source) -> None:
        """All of one file; what is wrong with it becomes a problem."""
        try:
            found = found_in(source.suffix, source.load(), self.questions)
        except Unusable as error:
            self.tell(error.trouble, source.where)
            return
        for each in found.troubles:
            self.tell(each, source.where)
        if not found.sheets and not found.troubles:
            self.tell(trouble("empty"), source.where)
        if source.suffix in ("csv", "tsv") and not self._asks(found):
            self.tell(trouble("csv-questions"), source.where)
            return
        strange = self._strange_columns(found, source)
        for sheet in found.sheets:
            self._add(sheet, source, strange, alone=len(found.sheets) == 1)

    def _asks(self, found: Found) -> bool:
        """Whether a column of a table is named like a question; a roster has none."""
        if self.questions is None or not found.sheets:
            return True
        names = [each.question for each in found.sheets[0].entries]
        return any(folded_id(each) in self.known for each in names) or any(
            near(each, self.questions) for each in names[: 5 * MAX_EXTRA]
        )

    def _strange_columns(self, found: Found, source: Source) -> frozenset[str]:
        """Unknown questions of a file with several students: told once, not to each of them."""
        if len(found.sheets) < 2 or self.questions is None:
            return frozenset()
        names = dict.fromkeys(
            each.question
            for sheet in found.sheets
            for each in sheet.entries
            if each.text.strip() and folded_id(each.question) not in self.known
        )
        for each in self._extra_troubles([Entry(name, "", "") for name in names]):
            self.tell(each, source.where)
        return frozenset(names)

    def _add(self, sheet: Sheet, source: Source, strange: frozenset[str], *, alone: bool) -> None:
        student, name = sheet.student, sheet.name
        if not student and alone:
            student, name = source.owner, name or source.owner_name
        folded = folded_id(student)
        fault = fault_of_id(folded) if folded else "no-id"
        if fault:
            what = trouble(fault, sheet.place, student=shown(student[:80]))
            self.tell(what, source.where)
            return
        if len(sheet.entries) > MAX_ENTRIES:
            what = trouble("too-many", sheet.place, limit=str(MAX_ENTRIES))
            self.tell(what, source.where)
            return
        responses, troubles, unclear = self._answers(sheet.entries, strange)
        problems = (
            told(each, source.where, self.language) for each in (*sheet.troubles, *troubles)
        )
        self.candidates.append(
            _Candidate(
                Submission(
                    folded,
                    tuple(
                        (question, Response(text, place_in(source.where, place)))
                        for question, text, place, _ in responses
                    ),
                    source.where,
                    shown(" ".join(_whole(name).split())[:200]),
                    tuple(problems),
                    unclear,
                ),
                source.where if alone else place_in(source.where, sheet.place),
            )
        )

    def _answers(
        self, entries: tuple[Entry, ...], strange: frozenset[str]
    ) -> tuple[list[Entry], list[Trouble], tuple[str, ...]]:
        """The answers that are clear, what is to be told, and the questions that are not clear."""
        by_question: dict[str, list[Entry]] = {}
        extra: list[Entry] = []
        for each in entries:
            folded = folded_id(each.question)
            question = folded if self.questions is None else self.known.get(folded)
            if not each.text.strip() and not each.broken:
                continue
            if question:
                entry = Entry(question, _whole(each.text), each.place, each.broken)
                by_question.setdefault(question, []).append(entry)
            else:
                extra.append(each)
        clear: list[Entry] = []
        troubles: list[Trouble] = []
        unclear: dict[str, None] = {}
        for question, found in by_question.items():
            what = _fault(found)
            if what is not None or any(each.broken for each in found):
                unclear[question] = None
            else:
                clear.append(found[0])
            if what is not None:
                troubles.append(what)
        for each in extra[: 5 * MAX_EXTRA]:
            meant = near(each.question, self.questions or ())
            if meant and meant not in by_question:
                unclear[meant] = None
        told_apart = [each for each in extra if each.question not in strange]
        troubles.extend(self._extra_troubles(told_apart))
        missing = [q for q in self.questions or () if q not in by_question and q not in unclear]
        if missing:
            troubles.append(trouble("missing", questions=", ".join(missing)))
        return clear, troubles, tuple(unclear)

    def _extra_troubles(self, extra: Sequence[Entry]) -> Iterable[Trouble]:
        for each in extra[:MAX_EXTRA]:
            name = shown(each.question.strip()[:60]) or '""'
            meant = near(each.question, self.questions or ())
            if meant:
                yield trouble("extra-near", each.place, question=name, near=meant)
            else:
                yield trouble("extra", each.place, question=name)
        if len(extra) > MAX_EXTRA:
            yield trouble("extra-more", count=str(len(extra) - MAX_EXTRA))

    def together(self, sources: Iterable[Source | Refused], student: str) -> Submission:
        """Every sheet of every file as one; where no file can be used, nothing is missing."""
        entries: list[Entry] = []
        usable = False
        for each in sources:
            if not isinstance(each, Source):
                self.tell(each.trouble, each.where)
                continue
            try:
                found = found_in(each.suffix, each.load(), self.questions)
            except Unusable as error:
                self.tell(error.trouble, each.where)
                continue
            usable = usable or bool(found.sheets)
            for what in (*found.troubles, *(t for sheet in found.sheets for t in sheet.troubles)):
                self.tell(what, each.where)
            for sheet in found.sheets:
                for entry in sheet.entries[:MAX_ENTRIES]:
                    entries.append(entry._replace(place=place_in(each.where, entry.place)))
        responses, troubles, unclear = self._answers(tuple(entries), frozenset())
        if self.problems and not usable:
            troubles, unclear = [], tuple(self.questions or ())
        return Submission(
            folded_id(student),
            tuple((question, Response(text, place)) for question, text, place, _ in responses),
            problems=(*self.problems, *(told(each, "", self.language) for each in troubles)),
            unclear=unclear,
        )

    def settled(self) -> tuple[tuple[Submission, ...], tuple[Problem, ...]]:
        """The submissions whose id is theirs alone, by id, and all problems."""
        by_student: dict[str, list[_Candidate]] = {}
        for each in self.candidates:
            by_student.setdefault(each.submission.student, []).append(each)
        for student, found in sorted(by_student.items()):
            if len(found) > 1:
                files = ", ".join(each.where for each in found)
                details = {"student": student, "count": str(len(found)), "files": files}
                self.tell(trouble("clash", **details), found[0].where)
        alone = (found[0].submission for _, found in sorted(by_student.items()) if len(found) == 1)
        return tuple(alone), tuple(self.problems)


def _fault(found: list[Entry]) -> Trouble | None:
    """What keeps the answers to one question from being marked, unless it is told already."""
    first = found[0]
    question = shown(first.question[:60])
    texts = [each.text.strip() for each in found]
    other = next((at for at, text in enumerate(texts) if text != texts[0]), 0)
    if any(each.broken for each in found):
        return None
    if other:
        one, two = _short(texts[0]), _short(texts[other])
        return trouble("twice", found[other].place, question=question, one=one, other=two)
    if len(first.text) > MAX_ANSWER:
        return trouble("long", first.place, question=question, limit=str(MAX_ANSWER))
    return None


def _short(text: str) -> str:
    return shown(f"{text[:39]}…" if len(text) > 40 else text)


def _whole(text: str) -> str:
    """The text without halves of characters, which no file can hold."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
