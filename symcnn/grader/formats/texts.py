"""Bytes -> text: UTF-8 or nothing. What is not UTF-8 is told, never guessed."""

from __future__ import annotations

from symcnn.grader.formats.found import Unusable

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def text_of(raw: bytes) -> str:
    """The text with ``\\n`` at line ends and without a byte order mark.

    Raises Unusable for an empty file, another encoding, and NUL bytes.

    >>> text_of(b"\\xef\\xbb\\xbfa\\r\\nb")
    'a\\nb'
    """
    if not raw.strip():
        raise Unusable("empty")
    if raw.startswith(_UTF16):
        raise Unusable("utf-16")
    nul = raw.find(b"\0")
    if nul >= 0:
        raise Unusable("nul", f"line {_line(raw, nul)}")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"0x{raw[error.start]:02X}"
        raise Unusable("encoding", f"line {_line(raw, error.start)}", byte=byte) from error
    if not text.strip():
        raise Unusable("empty")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _line(raw: bytes, at: int) -> int:
    before = raw[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1
