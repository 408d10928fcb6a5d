"""Zips of submissions, read in memory: nothing is unpacked to a disk.

Paths that lead outside, links, passwords, unusual packing and bombs are refused by name. What a
zip inside a zip holds belongs to the student that the inner one is named for.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, TypeAlias

from symcnn.grader.formats import KNOWN, LIMITS
from symcnn.grader.formats.found import Unusable, trouble
from symcnn.grader.formats.sources import (
    ZIP,
    Gathered,
    Refused,
    Source,
    common_top,
    is_hidden,
    owner_of,
    suffix_of,
    unknown,
    unopened,
)
from symcnn.grader.ids import shown

MAX_ZIP = 1_000_000_000  # bytes of a class's zip
MAX_INNER = 64_000_000  # bytes of a student's zip
MAX_TOTAL = 2_000_000_000  # bytes that one zip unpacks to, inner ones included
MAX_FILES = 50_000
MAX_RATIO = 200  # of a file to its packed form; text has about 10
_SMALL = 100_000  # bytes of a file whose ratio harms nobody
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED, _UTF8 = 0x1, 0x800
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
_DRIVE = re.compile("[A-Za-z]:")
Owner: TypeAlias = "tuple[str, str] | None"


class _Budget:
    """How many bytes may still be unpacked."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MAX_TOTAL

    def take(self, size: int) -> None:
        if size > self.left:
            raise Unusable("zip-total", limit=str(MAX_TOTAL))
        self.left -= size


def gathered_zip(path: Path, where: str, owner: Owner) -> Iterator[Gathered]:
    """The files of a zip; ``owner`` has the id and name of a student whose own it is."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Refused(where, trouble("special"))
        elif status.st_size > MAX_ZIP:
            sizes = {"size": str(status.st_size), "limit": str(MAX_ZIP)}
            yield Refused(where, trouble("large", **sizes))
        else:
            with path.open("rb") as file:
                yield from _gathered(file, where, owner, _Budget(), inner=False)
    except OSError as error:
        yield Refused(where, unopened(error))


def _gathered(
    file: IO[bytes], where: str, owner: Owner, budget: _Budget, *, inner: bool
) -> Iterator[Gathered]:
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGED as error:
        yield Refused(where, trouble("zip", said=shown(str(error)[:100])))
        return
    with archive:
        infos = [each for each in archive.infolist() if not each.is_dir()]
        if len(infos) > MAX_FILES:
            yield Refused(where, trouble("zip-many", limit=str(MAX_FILES)))
            return
        files, refused = _sorted(infos, where)
        yield from refused
        top = common_top([parts for parts, _ in files])
        for parts, info in files:
            inside = f"{where}/{'/'.join(shown(each) for each in parts)}"
            whose = owner_of(parts[top:])
            if owner is not None and whose[1] == "":
                whose = owner
            suffix = suffix_of(parts[-1])
            if suffix == ZIP:
                yield from _inner(archive, info, inside, whose, budget, inner=inner)
            elif suffix not in LIMITS:
                yield Refused(inside, unknown(parts[-1]))
            else:
                load = partial(_unpacked, archive, info, LIMITS[suffix], budget)
                yield Source(inside, *whose, suffix, load)
        if not files and not refused:
            yield Refused(where, trouble("nobody", known=KNOWN))


def _inner(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    where: str,
    owner: Owner,
    budget: _Budget,
    *,
    inner: bool,
) -> Iterator[Gathered]:
    if inner:
        yield Refused(where, trouble("zip-nested"))
        return
    try:
        raw = _unpacked(archive, info, MAX_INNER, budget)
    except Unusable as error:
        yield Refused(where, error.trouble)
        return
    yield from _gathered(io.BytesIO(raw), where, owner, budget, inner=True)


_File: TypeAlias = tuple[tuple[str, ...], zipfile.ZipInfo]


def _sorted(infos: list[zipfile.ZipInfo], where: str) -> tuple[list[_File], list[Refused]]:
    """The files that are seen, by path, and those that are refused for their path."""
    files: list[_File] = []
    refused: list[Refused] = []
    for info in infos:
        name = _name(info)
        inside = f"{where}/{shown((name or info.filename)[:200])}"
        if name is None:
            refused.append(Refused(inside, trouble("zip-name")))
            continue
        path = name.replace("\\", "/")
        parts = tuple(each for each in path.split("/") if each not in ("", "."))
        if path.startswith("/") or ".." in parts or _DRIVE.match(path) or not parts:
            refused.append(Refused(inside, trouble("zip-path")))
        elif any(is_hidden(each) for each in parts):
            continue
        elif stat.S_ISLNK(info.external_attr >> 16):
            refused.append(Refused(inside, trouble("link")))
        else:
            files.append((parts, info))
    return sorted(files, key=lambda each: each[0]), refused


def _name(info: zipfile.ZipInfo) -> str | None:
    """The name, as UTF-8 where it does not say so; None where it is neither."""
    name = info.filename
    if name.isascii() or info.flag_bits & _UTF8:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return None


def _unpacked(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, budget: _Budget
) -> bytes:
    """The bytes of one file, no more than it says. Raises Unusable."""
    size = info.file_size
    if info.flag_bits & _LOCKED:
        raise Unusable("zip-locked")
    if info.compress_type not in _PACKED:
        raise Unusable("zip-method")
    if size > limit:
        raise Unusable("large", size=str(size), limit=str(limit))
    if size > _SMALL and size > MAX_RATIO * info.compress_size:
        raise Unusable("zip-bomb", ratio=str(MAX_RATIO))
    budget.take(size)
    try:
        with archive.open(info) as file:
            raw = file.read(size + 1)
    except _DAMAGED as error:
        raise Unusable("zip", said=shown(str(error)[:100])) from error
    if len(raw) != size:
        raise Unusable("zip", said=f"{len(raw)} bytes in place of {size}")
    return raw
