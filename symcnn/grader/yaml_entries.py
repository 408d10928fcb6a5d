"""A place in an assignment file: its value, its line, its field, and the errors that name them.

It may know words, exact numbers and names, but not what an assignment is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction
from typing import TypeVar

from symcnn.errors import AuthorError, ParseError, printable
from symcnn.formula.frozen import frozen
from symcnn.grader.yaml_nodes import Fields, Items, Node, Text

T = TypeVar("T")
_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,9})?|[+-]?\d{1,9}\s*/\s*\d{1,9}|\d{1,9}(\.\d{1,9})?\s*%")
_TRUE, _FALSE = ("true", "yes"), ("false", "no")


@frozen
class Entry:
    """The value at ``field`` of the file ``name``."""

    name: str
    field: str
    node: Node

    def error(self, message: str, hint: str = "") -> AuthorError:
        """An error that says file, line and field, to be raised."""
        place = f"{self.name}, line {self.node.line}"
        place = f"{place}, {self.field}" if self.field else place
        told = f"{place}: {printable(message)}"
        return AuthorError(f"{told}; {hint}" if hint else told)

    def text(self) -> str:
        """The text without blanks around it; raises AuthorError for a list or a mapping."""
        if not isinstance(self.node, Text):
            shape = "a list" if isinstance(self.node, Items) else "a mapping"
            raise self.error(f"{shape} stands where a text should", "put the text into quotes")
        return self.node.text.strip()

    def filled(self) -> str:
        """A text that says something."""
        text = self.text()
        if not text:
            raise self.error("it is empty", "write a text, or delete the field")
        return text

    def word(self, known: Sequence[str]) -> str:
        """One of the words that are known."""
        text = self.filled()
        if text not in known:
            raise self.error(f"{text!r} is unknown", meant(text, known))
        return text

    def exact(self, high: int | None = None) -> Fraction:
        """A number from 0 on, exactly as it was written: ``2``, ``0.5``, ``1/3``, ``50%``."""
        text = self.filled().replace("٫", ".").replace("٪", "%")
        if not _NUMBER.fullmatch(text):
            raise self.error(f"{text!r} is no number", "write 2, 0.5 or 1/3")
        share = text.endswith("%")
        try:
            value = Fraction("".join(text.rstrip("%").split())) / (100 if share else 1)
        except ZeroDivisionError:
            raise self.error(f"{text!r} divides by zero", "write 2, 0.5 or 1/3") from None
        if value < 0 or (high is not None and value > high):
            bounds = "0 or more" if high is None else f"a number from 0 to {high}"
            raise self.error(f"{text} is out of range", f"write {bounds}")
        return value

    def flag(self) -> bool:
        """``true`` or ``false``."""
        text = self.filled().lower()
        if text not in (*_TRUE, *_FALSE):
            raise self.error(f"{text!r} is neither true nor false", "write true or false")
        return text in _TRUE

    def items(self) -> tuple[Entry, ...]:
        """The entries of a list; a text alone is a list of one."""
        if isinstance(self.node, Text):
            return (self,) if self.node.text.strip() else ()
        if not isinstance(self.node, Items):
            raise self.error("a mapping stands where a list should", "begin each item with -")
        return tuple(
            Entry(self.name, f"{self.field}[{place}]", each)
            for place, each in enumerate(self.node.items)
        )

    def pairs(self) -> Iterator[tuple[str, Entry]]:
        """The keys of a mapping with their values."""
        if isinstance(self.node, Text) and not self.node.text.strip():
            return
        if not isinstance(self.node, Fields):
            shape = "a list" if isinstance(self.node, Items) else "a text"
            raise self.error(f"{shape} stands where a mapping should", "write {name: value}")
        for key, value in self.node.fields:
            name = key.text.strip()
            yield name, Entry(self.name, f"{self.field}.{name}" if self.field else name, value)

    def table(self, known: Collection[str]) -> dict[str, Entry]:
        """The fields by name; raises AuthorError for a field that nobody knows."""
        found: dict[str, Entry] = {}
        for name, entry in self.pairs():
            if name not in known:
                raise entry.error(f"there is no field {name!r} here", meant(name, known))
            found[name] = entry
        return found

    def read(self, reader: Callable[[str], T]) -> T:
        """What a reader makes of the text, its ParseError told as an error of this place."""
        text = self.filled()
        try:
            return reader(text)
        except ParseError as error:
            raise self.error(f"it cannot be read: {error.brief}") from error


def needed(entry: Entry, fields: Mapping[str, Entry], name: str) -> Entry:
    """A field that has to be there."""
    if name not in fields:
        raise entry.error(f"the field {name!r} is missing", f"write {name}: ...")
    return fields[name]


def meant(word: str, known: Collection[str]) -> str:
    """Words near to one that is unknown, else all of them.

    >>> meant("pionts", ("points", "prompt")), meant("x", ("a", "b"))
    ('did you mean points?', 'there are a, b')
    """
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
