"""The fixed words of a language, from ``lang/<language>.toml`` among the templates.

A directory that a user names may hold some of the words only; the others come from the next one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from symcnn.errors import SheetError
from symcnn.formula.latex_words import Words
from symcnn.sheet.prose import persian_digits


@dataclass(frozen=True, slots=True)
class Language:
    """``code`` as in ``<html lang>``; the words by section and key."""

    code: str
    table: Mapping[str, Any]

    @property
    def direction(self) -> str:
        """ "ltr" or "rtl"."""
        return str(self.table["direction"])

    def word(self, section: str, key: str, **filled: object) -> str:
        """A word with its ``{...}`` filled in. Raises SheetError when the language lacks it."""
        found = self.table.get(section, {}).get(key)
        if not isinstance(found, str):
            raise SheetError(f"lang/{self.code}.toml: [{section}] {key} is missing")
        for name, value in filled.items():
            found = found.replace("{" + name + "}", str(value))
        return found

    def number(self, value: int) -> str:
        """A whole number in the digits of the language."""
        return persian_digits(str(value)) if self.code == "fa" else str(value)

    def key(self, key: str) -> str:
        """The key of a part as the language writes it: ``2`` is ۲, ``b`` is ب.

        >>> Language("fa", {}).key("b"), Language("en", {}).key("b")
        ('ب', 'b')
        """
        if self.code != "fa":
            return key
        if len(key) == 1 and key in _ENGLISH_LETTERS:
            return _PERSIAN_LETTERS[_ENGLISH_LETTERS.index(key)]
        return persian_digits(key)

    def method(self, method: str) -> str:
        """How something was proved; where a part has no words, all has the general ones."""
        comma, both = self.word("claim", "comma"), f" {self.word('claim', 'and')} "
        parts = [part.split(" and ") for part in method.split(", ")]
        said = [[self._rung(name) for name in part] for part in parts]
        if any(not words for part in said for words in part):
            return method if self.code == "en" and method else self.word("method", "default")
        return comma.join(both.join(part) for part in said)

    def _rung(self, name: str) -> str:
        table = self.table.get("method", {})
        head, on, variable = name.partition(" on ")
        return str(table.get(head + on, "")).format(name=variable)

    def reason(self, reason: str) -> str:
        """Why nothing was decided, in words that a reader of sheets knows."""
        known = self.table.get("reason", {})
        return str(known.get(reason) or self.word("claim", "no_procedure"))

    def math_words(self) -> Words:
        """The words inside formulas."""
        return Words(
            if_word=self.word("math", "if"),
            otherwise=self.word("math", "otherwise"),
            undefined=self.word("math", "undefined"),
        )


_ENGLISH_LETTERS = "abcdefghij"
_PERSIAN_LETTERS = ("الف", "ب", "پ", "ت", "ث", "ج", "چ", "ح", "خ", "د")


def read_language(code: str, directories: Sequence[Path]) -> Language:
    """The fixed words of a language. Raises SheetError when no directory has its file."""
    merged: dict[str, Any] = {}
    for directory in reversed(directories):
        path = directory / "lang" / f"{code}.toml"
        if not path.is_file():
            continue
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SheetError(f"{path}: is not TOML in UTF-8: {error}") from error
        for key, value in table.items():
            known = merged.get(key)
            merged[key] = {**known, **value} if isinstance(known, dict) else value
    if "direction" not in merged:
        raise SheetError(
            f"there are no words for the language {code!r}: write lang/{code}.toml with "
            "direction = and the sections of lang/en.toml into a directory of templates"
        )
    return Language(code, merged)
