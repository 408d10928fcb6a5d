"""Names of students and questions as people type them: folded, checked, and compared.

Nothing here knows files or answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

MAX_ID = 80
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ې": "ی", "ك": "ک", "ڪ": "ک", "ـ": None})
_BLANKS = re.compile(r"[^\S\t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_SHORTENED = re.compile(r"\d([.,]\d+)?[Ee]\+?\d+")
_LONGEST = 60  # of a name for which a near one is sought
_KEPT = frozenset("\u200c")  # joins letters in Persian names of files


def folded_id(text: str) -> str:
    """The id that a text stands for: one spelling of digits and of the letters ye and kaf.

    Invisible signs (joiners, marks of direction, byte order marks) and blanks around it are
    dropped, blanks within are one; the case of Latin letters is kept.

    >>> folded_id("\\ufeff ۴۰۱٢3 "), folded_id("علي\\u200c  رضايي"), folded_id("Ali")
    ('40123', 'علی رضایی', 'Ali')
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_LETTERS)
        text = "".join(_plain(sign) for sign in text)
    return _BLANKS.sub(" ", text).strip()


def _plain(sign: str) -> str:
    if sign.isascii():
        return sign
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    return "" if kind == "Cf" else sign


def fault_of_id(folded: str) -> str:
    """Why a folded id cannot be used, as a code of `formats.words`; empty where it can.

    >>> fault_of_id("40123"), fault_of_id("4.01E+08"), fault_of_id("../x"), fault_of_id("a\\nb")
    ('', 'id-shortened', 'id-path', 'id-control')
    """
    if len(folded) > MAX_ID:
        return "id-long"
    if not folded.isprintable():
        return "id-control"
    if "/" in folded or "\\" in folded or not folded.strip("."):
        return "id-path"
    return "id-shortened" if _SHORTENED.fullmatch(folded) else ""


def near(name: str, known: Sequence[str]) -> str:
    """The one of the known names that was probably meant; empty where none is near.

    >>> near("Q1-A", ("q1a", "q1b")), near("q1o", ("q10", "q2")), near("email", ("q1a", "q1b"))
    ('q1a', 'q10', '')
    """
    if len(name) > _LONGEST:
        return ""
    bare = _bare(name)
    for each in known:
        if bare and _bare(each) == bare:
            return each
    found = get_close_matches(name.casefold(), [each.casefold() for each in known], 1, 0.6)
    return next((each for each in known if found and each.casefold() == found[0]), "")


def _bare(name: str) -> str:
    """Letters and digits alone, without the word for a question before them."""
    bare = "".join(sign for sign in folded_id(name).casefold() if sign.isalnum())
    for word in ("question", "problem", "exercise", "answer", "پرسش", "سوال", "سؤال", "پاسخ"):
        if bare.startswith(word) and bare != word:
            return bare.removeprefix(word)
    return bare


def shown(name: str) -> str:
    """A name from outside with every sign visible that prints nothing or turns the line.

    >>> print(shown("a\\nb\\u202ec.md"))
    a\\nb\\u202ec.md
    """
    if name.isprintable():
        return name
    return "".join(
        sign if sign.isprintable() or sign in _KEPT else ascii(sign)[1:-1] for sign in name
    )
