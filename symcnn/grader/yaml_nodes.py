"""YAML text as plain values with their lines: texts, lists and mappings, and nothing else.

Built from parser events, so no tag is ever resolved, no object made and no alias expanded. It may
not know what any field means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from symcnn.errors import AuthorError, printable
from symcnn.formula.frozen import frozen

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
_NOTHING = ("", "~", "null", "Null", "NULL")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff0-\uffff]")


@frozen
class Text:
    """A scalar as it was written; an empty one for YAML's null."""

    line: int
    text: str


@frozen
class Items:
    """A list."""

    line: int
    items: tuple[Node, ...]


@frozen
class Fields:
    """A mapping, in the order of writing; no key stands twice."""

    line: int
    fields: tuple[tuple[Text, Node], ...]


Node: TypeAlias = Text | Items | Fields


def read_nodes(text: str, name: str) -> Node:
    """The one document that the text holds; ``name`` is the file, for messages.

    Raises AuthorError with the line for text that is no YAML, and for tags, anchors, aliases,
    several documents, keys that stand twice, deep nesting and texts of more than a million bytes.

    >>> read_nodes("a: [1, on]", "a.yaml").fields[0][1].items
    (Text(line=1, text='1'), Text(line=1, text='on'))
    """
    if len(text) > MAX_BYTES:
        raise AuthorError(f"{name}: more than {MAX_BYTES} characters; split the assignment")
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Builder(name, iter(yaml.parse(text.removeprefix("\ufeff"), loader))).document()
    except yaml.YAMLError as error:
        raise AuthorError(_told(name, text, error)) from error


def _told(name: str, text: str, error: Any) -> str:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = f"{name}, line {mark.line + 1}" if mark is not None else name
    if mark is None and isinstance(getattr(error, "position", None), int):  # an odd character
        odd = _ODD.search(text)
        line = text.count("\n", 0, odd.start()) + 1 if odd else 1
        return f"{name}, line {line}: a control character; delete it"
    said = getattr(error, "problem", None) or "it breaks off"
    hint = "check indentation, quotes and brackets"
    if "\\" in str(said) or "escape" in str(said):
        hint = "in double quotes write \\\\ for a backslash, or use single quotes"
    elif "mapping values" in str(said):
        hint = "put a text with a colon into quotes"
    return f"{place}: this is no YAML ({printable(str(said))}); {hint}"


class _Builder:
    """Turns events into nodes."""

    __slots__ = ("events", "name")

    def __init__(self, name: str, events: Iterator[Any]) -> None:
        self.name = name
        self.events = events

    def document(self) -> Node:
        from yaml import events as kinds

        whole: Node | None = None
        for event in self.events:
            if isinstance(event, kinds.DocumentStartEvent):
                if whole is not None:
                    raise self.error(event, "a second document begins", "one file, one document")
                if event.tags:
                    raise self.error(event, "tags are not read", "delete the line with %TAG")
                whole = self.node(next(self.events), 0)
        if whole is None:
            raise AuthorError(f"{self.name}: it is empty; `symcnn assignment new` writes one")
        return whole

    def node(self, event: Any, depth: int) -> Node:
        from yaml import events as kinds

        line = event.start_mark.line + 1
        if isinstance(event, kinds.AliasEvent):
            raise self.error(event, f"*{event.anchor} is an alias", "write the text out again")
        if event.anchor is not None:
            raise self.error(event, f"&{event.anchor} is an anchor", "delete it")
        if event.tag is not None:
            raise self.error(event, f"{event.tag} is a tag", "write the plain text, without !")
        if depth > MAX_DEPTH:
            raise self.error(event, "brackets stand too deep", f"no more than {MAX_DEPTH}")
        if isinstance(event, kinds.ScalarEvent):
            return Text(line, self.scalar(event))
        if isinstance(event, kinds.SequenceStartEvent):
            return Items(line, tuple(self.rest(kinds.SequenceEndEvent, depth)))
        return self.mapping(line, list(self.rest(kinds.MappingEndEvent, depth)))

    def rest(self, end: type, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self.events), end):
            yield self.node(event, depth + 1)

    def scalar(self, event: Any) -> str:
        text = str(event.value)
        odd = _ODD.search(text)
        if odd:
            shown = f"U+{ord(odd.group()):04X}"
            raise self.error(event, f"the character {shown} cannot be used here", "delete it")
        return "" if not event.style and text in _NOTHING else text

    def mapping(self, line: int, nodes: list[Node]) -> Fields:
        pairs: list[tuple[Text, Node]] = []
        seen: dict[str, int] = {}
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, Text) or not key.text.strip():
                raise AuthorError(f"{self.name}, line {key.line}: a key has to be a word")
            if key.text in seen:
                raise AuthorError(
                    f"{self.name}, line {key.line}: {printable(key.text)} stands twice, first on "
                    f"line {seen[key.text]}; delete one"
                )
            seen[key.text] = key.line
            pairs.append((key, value))
        return Fields(line, tuple(pairs))

    def error(self, event: Any, message: str, hint: str) -> AuthorError:
        line = event.start_mark.line + 1
        return AuthorError(f"{self.name}, line {line}: {printable(message)}; {hint}")
