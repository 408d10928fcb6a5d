"""Files that are there in full or not at all. Nothing here knows what they hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Puts the text in place of the file at once: who looks sees the old one or the new one.

    A file that holds this text already is left alone. Half a character of UTF-16, which no file of
    UTF-8 can hold, is written as its escape. Raises OSError where the file cannot be written.
    """
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, data: bytes) -> None:
    """The same for bytes.

    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "made" / "a.txt"
    >>> write_bytes(path, b"all of it")
    >>> path.read_bytes(), [each.name for each in path.parent.iterdir()]
    (b'all of it', ['a.txt'])
    """
    if holds(path, data):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # Of one name for each file: what a killed run has left is overwritten, not collected.
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def write_files(directory: Path, files: Mapping[str, str]) -> None:
    """Every text under its relative name, in the order of names."""
    for name in sorted(files):
        write_text(directory / name, files[name])


def holds(path: Path, data: bytes) -> bool:
    """Whether the file is there with these bytes."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
