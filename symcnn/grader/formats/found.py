"""What a reader finds in one file: sheets with entries, and troubles.

A sheet is what a file says about one student. Ids, questions and texts stand as they were typed.
"""

from __future__ import annotations

from typing import NamedTuple


class Trouble(NamedTuple):
    """Something to be told: a code of `words.SENTENCES`, a place in the file, particulars."""

    code: str
    place: str = ""
    details: tuple[tuple[str, str], ...] = ()


class Entry(NamedTuple):
    """One answer, its question as it was typed, and its place such as ``line 12``.

    An entry that is ``broken`` has no text that could be marked; a trouble tells why.
    """

    question: str
    text: str
    place: str
    broken: bool = False


class Sheet(NamedTuple):
    """The answers of one student; ``student`` is empty where the file does not say who it is."""

    student: str = ""
    name: str = ""
    entries: tuple[Entry, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    place: str = ""


class Found(NamedTuple):
    """All of a file; the troubles here belong to no sheet."""

    sheets: tuple[Sheet, ...]
    troubles: tuple[Trouble, ...] = ()


class Unusable(Exception):
    """A file of which nothing can be used; it becomes a problem, and the others are read on."""

    def __init__(self, code: str, place: str = "", **details: str) -> None:
        super().__init__(code)
        self.trouble = trouble(code, place, **details)


def trouble(code: str, place: str = "", **details: str) -> Trouble:
    """A trouble with its particulars.

    >>> trouble("twice", "line 3", question="q1a").details
    (('question', 'q1a'),)
    """
    return Trouble(code, place, tuple(details.items()))
