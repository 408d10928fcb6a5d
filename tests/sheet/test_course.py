"""``course.toml``: every key optional, every mistake named with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from symcnn.errors import AuthorError
from symcnn.sheet.course import Course, read_course


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "course.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_texts_for_all_languages_or_one_each(tmp_path: Path) -> None:
    course = read_course(written(tmp_path, 'course = "DL"\nterm = {en = "Spring", fa = "بهار"}\n'))
    assert [course.said("course", each) for each in ("en", "fa")] == ["DL", "DL"]
    assert [course.said("term", each) for each in ("en", "fa", "de")] == ["Spring", "بهار", ""]
    assert course.said("university", "en") == ""


def test_an_empty_file_is_a_course() -> None:
    assert Course() == Course(logos=())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("term = 3", "term is a text"),
        ("date = 2025-03-01", "date is a text"),
        ("term = {en = 3}", "term.en is a text"),
        ("colour = 'red'", "colour is not a key"),
        ("logos = 3", "logos is a list"),
        ("logos = ['seal.svg']", "neither PNG nor JPEG"),
        ("logos = ['seal.png']", "there is no file"),
        ("term = ", "is not TOML"),
    ],
)
def test_a_mistake_names_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(AuthorError) as caught:
        read_course(path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)


def test_a_missing_file_is_an_authors_error(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match="cannot be read"):
        read_course(tmp_path / "course.toml")


def test_logos_lie_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "seal.png").write_bytes(b"png")
    course = read_course(written(tmp_path, 'logos = "seal.png"'))
    assert course.logos == (tmp_path / "seal.png",)
