"""A language is complete or it is refused: the missing sentences are listed by claim and part."""

from __future__ import annotations

import pytest

from symcnn.errors import SheetError
from symcnn.sheet.words import words_in
from tests.sheet import sample

REPORT = sample.report()


def test_the_own_language_needs_no_translation() -> None:
    words = words_in(REPORT, "en")
    assert words["claims.inverse"] == sample.inverse.sentence
    assert words["reasons.forward.1"] == "multiply out"


def test_a_complete_translation_replaces_every_word() -> None:
    assert words_in(REPORT, "fa", sample.PERSIAN) == sample.PERSIAN


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("claims.inverse", "claim inverse"),
        ("reasons.forward.1", "claim forward, reason of step 2"),
        ("parts.b.question", "part b"),
        ("say.rows", "say rows"),
        ("title", "title"),
    ],
)
def test_each_missing_sentence_is_named(key: str, said: str) -> None:
    less = {each: text for each, text in sample.PERSIAN.items() if each != key}
    with pytest.raises(SheetError) as caught:
        words_in(REPORT, "fa", less)
    assert "sample/q2.fa.toml: 1 sentences are missing" in str(caught.value)
    assert said in str(caught.value)


def test_an_empty_sentence_is_missing() -> None:
    with pytest.raises(SheetError, match="claim inverse"):
        words_in(REPORT, "fa", {**sample.PERSIAN, "claims.inverse": "  "})


def test_all_missing_sentences_come_at_once() -> None:
    with pytest.raises(SheetError) as caught:
        words_in(REPORT, "fa")
    assert str(caught.value).count("\n") == len(sample.PERSIAN)


@pytest.mark.parametrize("key", ["reasons.forward.2", "claims.inverze", "say.rowz"])
def test_sentences_that_belong_to_nothing_are_named(key: str) -> None:
    with pytest.raises(SheetError, match="belong to nothing"):
        words_in(REPORT, "fa", {**sample.PERSIAN, key: "چیزی"})


def test_students_need_no_words_of_the_solution() -> None:
    asked = {key: sample.PERSIAN[key] for key in ("title", "statement", "notation")}
    asked |= {key: text for key, text in sample.PERSIAN.items() if key.startswith("parts.")}
    assert words_in(REPORT, "fa", asked, "students") == asked
