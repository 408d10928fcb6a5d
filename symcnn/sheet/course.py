"""``course.toml``: the head of a sheet. Every key is optional and leaves no hole when missing.

A value is a text for all languages, or a table with one text per language:
``term = {en = "Spring 2025", fa = "نیم‌سال دوم"}``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from symcnn.errors import AuthorError

TEXTS = ("university", "faculty", "course", "term", "date", "opening", "closing")
_LOGO_TYPES = (".png", ".jpg", ".jpeg")
Said: TypeAlias = str | tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """What the head of a sheet says. Texts are for all languages, or pairs (language, text)."""

    university: Said = ""
    faculty: Said = ""
    course: Said = ""
    term: Said = ""
    date: Said = ""
    opening: Said = ""
    closing: Said = ""
    logos: tuple[Path, ...] = ()

    def said(self, key: str, language: str) -> str:
        """The text of a key in that language; empty where nothing was said.

        >>> Course(term=(("en", "Spring"), ("fa", "بهار"))).said("term", "fa")
        'بهار'
        """
        value: Said = getattr(self, key)
        return value if isinstance(value, str) else dict(value).get(language, "")


def read_course(path: Path) -> Course:
    """The course in a ``course.toml``. Raises AuthorError that names file and key.

    Logos are PNG or JPEG files, found beside the ``course.toml``.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise AuthorError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise AuthorError(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise AuthorError(f"{path}: is not TOML: {error}") from error
    for key in table:
        if key not in (*TEXTS, "logos"):
            known = ", ".join((*TEXTS, "logos"))
            raise AuthorError(f"{path}: {key} is not a key of a course; it has {known}")
    texts = {key: _text(path, key, table[key]) for key in TEXTS if key in table}
    return Course(logos=_logos(path, table.get("logos", [])), **texts)


def _text(path: Path, key: str, value: Any) -> Said:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        for language, text in value.items():
            if not isinstance(text, str):
                raise AuthorError(f"{path}: {key}.{language} is a text in quotes, not {text!r}")
        return tuple(value.items())
    raise AuthorError(
        f'{path}: {key} is a text in quotes or {{en = "...", fa = "..."}}, not {value!r}'
    )


def _logos(path: Path, value: Any) -> tuple[Path, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise AuthorError(f'{path}: logos is a list of file names: logos = ["seal.png"]')
    found = []
    for name in names:
        file = path.parent / name
        if file.suffix.lower() not in _LOGO_TYPES:
            raise AuthorError(f"{path}: logos: {name} is neither PNG nor JPEG")
        if not file.is_file():
            raise AuthorError(f"{path}: logos: there is no file {file}")
        found.append(file)
    return tuple(found)
