"""One reader a format: text of one file -> what it says about students. Nothing here is judged."""

from __future__ import annotations

from collections.abc import Callable, Collection

from symcnn.grader.formats.found import Found
from symcnn.grader.formats.texts import text_of

_MEGABYTE = 1_000_000
# How large a file may be. Whole classes and notebooks with pictures are larger than one form.
LIMITS = {
    "yaml": _MEGABYTE, "yml": _MEGABYTE, "toml": _MEGABYTE // 4,
    "md": 4 * _MEGABYTE, "markdown": 4 * _MEGABYTE, "tex": 4 * _MEGABYTE,
    "json": 16 * _MEGABYTE, "csv": 16 * _MEGABYTE, "tsv": 16 * _MEGABYTE,
    "ipynb": 32 * _MEGABYTE,
}  # fmt: skip
_READERS = {
    "yaml": "yaml_file", "yml": "yaml_file", "toml": "toml_file", "json": "json_file",
    "csv": "csv_file", "tsv": "csv_file", "md": "markdown", "markdown": "markdown", "tex": "latex",
}  # fmt: skip
KNOWN = ", ".join(f".{each}" for each in LIMITS if each not in ("yml", "markdown", "tsv"))


def found_in(suffix: str, raw: bytes, questions: Collection[str] | None = None) -> Found:
    """What a file with that suffix says. Raises Unusable where nothing of it can be used.

    >>> found_in("csv", b"student,q1\\n7,K^2\\n").sheets[0].student
    '7'
    """
    text = text_of(raw)
    if suffix == "ipynb":
        from symcnn.grader.formats import notebook

        return notebook.read(text, questions)
    return _reader(suffix)(text)


def _reader(suffix: str) -> Callable[[str], Found]:
    from importlib import import_module

    reader: Callable[[str], Found] = import_module(f"{__name__}.{_READERS[suffix]}").read
    return reader
