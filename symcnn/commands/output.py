"""How commands print: JSON alone on stdout, or tables and lines that fit 80 columns."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from symcnn.errors import AuthorError

COLOURS = {
    "proved": "green",
    "holds under": "cyan",
    "refuted": "red",
    "undecided": "yellow",
    "missing": "red",
}
_WIDTH = 80
_MAX_BYTES = 1_000_000


def print_json(value: Any) -> None:
    """One JSON value, indented, with every letter as it is."""
    import json

    print(json.dumps(value, indent=2, ensure_ascii=False))


def print_table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, title: str = "", stderr: bool = False
) -> None:
    """A table; cells that are verdicts are coloured in a terminal. Long cells are folded."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=Text(title) if title else None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False
    )
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell, style=COLOURS.get(cell, "")) for cell in row))
    Console(stderr=stderr).print(table)


def folded(text: str, margin: str = "") -> str:
    """Paragraphs folded to 80 columns. A line that is indented already hangs further in."""
    from textwrap import fill

    lead = text[: len(text) - len(text.lstrip(" "))]
    hanging = margin + lead + ("    " if lead else "")
    paragraphs = (" ".join(each.split()) for each in text.split("\n\n"))
    return "\n\n".join(
        fill(
            each,
            _WIDTH,
            initial_indent=margin + lead,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for each in paragraphs
    )


def words_of(kind: str) -> str:
    """The kind of a verdict as people write it."""
    return kind.replace("_", " ")


def text_of(word: str) -> str:
    """The text that a word of the shell stands for: itself, ``@FILE``, or ``-`` for stdin.

    Raises AuthorError for a file that cannot be read as text.
    """
    if word != "-" and not word.startswith("@"):
        return word
    where = "standard input" if word == "-" else word[1:]
    try:
        raw = sys.stdin.buffer.read(_MAX_BYTES + 1) if word == "-" else _start_of(where)
    except OSError as error:
        raise AuthorError(f"{where}: {error.strerror}; name a file that can be read") from error
    if len(raw) > _MAX_BYTES:
        raise AuthorError(f"{where}: more than {_MAX_BYTES} bytes are no formula")
    try:
        return raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise AuthorError(f"{where}: byte {error.start + 1} is not UTF-8: save it so") from error


def _start_of(name: str) -> bytes:
    from pathlib import Path

    with Path(name).open("rb") as file:
        return file.read(_MAX_BYTES + 1)
