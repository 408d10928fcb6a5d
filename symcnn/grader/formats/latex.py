r"""A submission in LaTeX: ``\begin{answer}{q1a}...\end{answer}`` and ``\student{...}``.

The text between is taken as it stands, without comments. Nothing is ever compiled or expanded.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from symcnn.grader.formats.found import Entry, Found, Sheet, Trouble, Unusable, trouble
from symcnn.grader.ids import shown

_TOKEN = re.compile(
    r"(?P<escaped>\\[\\%{}])"
    r"|(?P<comment>%[^\n]*)"
    r"|\\begin\s*\{(?P<verbatim>verbatim|lstlisting|comment|filecontents)(?P<star>\*?)\}"
    r"|\\begin\s*\{answer\}(?P<begin>[ \t]*\n?[ \t]*\{(?P<question>[^{}\n]*)\})?"
    r"|(?P<end>\\end\s*\{answer\})"
    r"|(?P<stop>\\end\s*\{document\})"
    r"|\\(?P<field>student|name)\s*(?P<value>\{[^{}\\\n]*\}|\{)"
)


def read(text: str) -> Found:
    r"""The sheet of the file. Raises Unusable where no answer is marked.

    >>> read("\\student{7}\n\\begin{answer}{q1}\nK^2 % squared\n\\end{answer}").sheets[0].entries
    (Entry(question='q1', text='K^2', place='line 3', broken=False),)
    """
    work = _Work(text)
    work.scan()
    if not work.entries and not work.troubles:
        raise Unusable("no-marks-tex")
    student, name = work.fields.get("student", ""), work.fields.get("name", "")
    return Found((Sheet(student, name, tuple(work.entries), tuple(work.troubles)),))


class _Work:
    """The scan of one file from left to right."""

    __slots__ = (
        "begin", "comments", "entries", "fields", "open", "question", "starts", "text", "troubles",
    )  # fmt: skip

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.entries: list[Entry] = []
        self.troubles: list[Trouble] = []
        self.fields: dict[str, str] = {}
        self.comments: list[tuple[int, int]] = []
        self.question: str | None = None  # of the answer that is open
        self.open = 0  # where its \begin stands
        self.begin = 0  # where its text begins

    def scan(self) -> None:
        at = 0
        while (found := _TOKEN.search(self.text, at)) is not None:
            at = found.end()
            if found["comment"] is not None:
                self.comments.append(found.span())
            elif found["verbatim"] is not None:
                close = f"\\end{{{found['verbatim']}{found['star']}}}"
                end = self.text.find(close, at)
                at = len(self.text) if end < 0 else end + len(close)
            elif found["stop"] is not None:
                break
            elif found["end"] is not None:
                self.close(found.start())
            elif found["field"] is not None:
                self.note(found["field"], found["value"], found.start())
            elif found["escaped"] is None:
                self.unclosed()
                self.start(found)
        self.unclosed()

    def start(self, found: re.Match[str]) -> None:
        question = (found["question"] or "").replace("\\_", "_").strip()
        if not question:
            self.troubles.append(trouble("no-question", self.place(found.start())))
        self.question, self.open, self.begin = question, found.start(), found.end()
        self.comments = []

    def close(self, end: int) -> None:
        if self.question:
            text, first = self.answer(end)
            self.entries.append(Entry(self.question, text, self.place(first)))
        self.question = None

    def answer(self, end: int) -> tuple[str, int]:
        """The text without comments and without lines that held nothing else; where it begins."""
        pieces, at = [], self.begin
        for start, stop in self.comments:
            pieces.append(self.text[at:start])
            line = self.text.rfind("\n", 0, start) + 1
            alone = line >= self.begin and not self.text[line:start].strip()
            at = min(stop + 1, end) if alone else stop
        pieces.append(self.text[at:end])
        whole = "\n".join(line.rstrip() for line in "".join(pieces).split("\n")).strip()
        first = self.begin
        ends = dict(self.comments)
        while first < end and (self.text[first].isspace() or first in ends):
            first = ends.get(first, first + 1)
        return whole, first

    def unclosed(self) -> None:
        if self.question:
            place = self.place(self.open)
            self.troubles.append(trouble("open", place, question=shown(self.question[:60])))
            self.entries.append(Entry(self.question, "", place, broken=True))
        self.question = None

    def note(self, field: str, value: str, at: int) -> None:
        if self.question is not None:
            return
        if value == "{":
            if field == "student":
                raise Unusable("student-commands", self.place(at))
            return
        text = value[1:-1].replace("~", " ").strip()
        if field == "student" and text and self.fields.get(field, text) != text:
            raise Unusable("two-students", self.place(at))
        if text:
            self.fields.setdefault(field, text)

    def place(self, at: int) -> str:
        return f"line {bisect_right(self.starts, at)}"
