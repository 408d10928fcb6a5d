"""Errors in two languages, from one table."""

from __future__ import annotations

import pickle
import re
import string

import pytest

from symcnn.reading import ParseError, explain, read
from symcnn.reading.messages import SENTENCES

from .specification import rows


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_tell_the_same(code: str) -> None:
    english, hint, persian, persian_hint = SENTENCES[code]
    assert fields(english + hint) == fields(persian + persian_hint)
    assert re.search("[\u0621-\u06cc]", persian)
    assert not re.search("[\u0621-\u06cc]", english)


def test_every_refusal_of_the_table_is_told_in_persian() -> None:
    for row in rows():
        if not row.expected.startswith("!"):
            continue
        with pytest.raises(ParseError) as caught:
            read(row.text, row.given)
        told = explain(caught.value, "fa")
        assert re.search("[\u0621-\u06cc]", told.splitlines()[-2])
        assert len(str(caught.value).splitlines()) == (3 if row.text.strip() else 2)
        assert explain(caught.value, "en") == str(caught.value)
        assert caught.value.hint


def test_errors_survive_pickling() -> None:
    with pytest.raises(ParseError) as caught:
        read("С_in")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert str(copy) == str(caught.value)
    assert explain(copy, "fa") == explain(caught.value, "fa")


def test_errors_without_a_code_are_told_as_they_are() -> None:
    error = ParseError("something else", text="x", offset=0)
    assert explain(error, "fa") == str(error)
