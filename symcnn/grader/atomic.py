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
    write_bytes(path, _encoded(text))


def write_bytes(path: Path, data: bytes) -> None:
    """The same for bytes.

    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "made" / "a.txt"
    >>> write_bytes(path, b"all of it")
    >>> path.read_bytes(), [each.name for each in path.parent.iterdir()]
    (b'all of it', ['a.txt'])
    """
    _write_all({path: data})


def write_files(directory: Path, files: Mapping[str, str]) -> None:
    """Every text under its relative name, each as a whole."""
    _write_all({directory / name: _encoded(files[name]) for name in sorted(files)})


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _write_all(files: Mapping[Path, bytes]) -> None:
    """All are written, then all are brought to the disk, then all are put in place.

    Parts have one name for each file: what a killed run has left is overwritten, not collected.
    """
    changed = {path: data for path, data in files.items() if not holds(path, data)}
    parts = {path: path.with_name(f".{path.name}.part") for path in changed}
    for path in {each.parent: each for each in changed}.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    for path, data in changed.items():
        parts[path].write_bytes(data)
    for part in parts.values():
        with part.open("rb+") as file:
            os.fsync(file.fileno())
    for path, part in parts.items():
        part.replace(path)


def holds(path: Path, data: bytes) -> bool:
    """Whether the file is there with these bytes."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
