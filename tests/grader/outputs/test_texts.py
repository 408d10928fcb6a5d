"""Texts for readers: points, hidden characters, cuts, lines, names of files."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from symcnn.grader.outputs.names import file_names
from symcnn.grader.outputs.texts import amount, cut, one_line, spoken, visible, wrapped
from symcnn.grader.outputs.words import _WORDS, say
from tests.grader.outputs.samples import HOSTILE, IDS


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(1, 8), "0.125"),
        (Fraction(29, 2), "14.5"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(1, 10**6), "0.000001"),
        (Fraction(1, 10**7), "1/10000000"),
        (Fraction(100), "100"),
    ],
)
def test_points_are_exact(points: Fraction, text: str) -> None:
    assert amount(points) == text
    assert Fraction(text) == points


def test_a_persian_quotient_is_no_persian_decimal() -> None:
    assert "/" not in amount(Fraction(7, 3), "fa")
    assert amount(Fraction(7, 3), "fa") == "\u2066۷÷۳\u2069"


@pytest.mark.parametrize(
    "hidden",
    [
        *("\x00", "\x1b", "\r", "\x7f", "\x85", "\u200b", "\u200f", "\u202e", "\u2066", "\ufeff"),
        *("\ud800", "\ufffe", "\U0001fffe", "\U000e0041", "\u2028"),
    ],
)
def test_hidden_characters_are_shown(hidden: str) -> None:
    shown = visible(f"a{hidden}b")
    assert hidden not in shown
    assert f"U+{ord(hidden):04X}" in shown
    assert visible(f"a{hidden}b".replace(hidden, "")) == "ab"


def test_what_persian_and_formulas_need_stays() -> None:
    kept = "می\u200cشود  تعریف\tK\u00b2 \u2212 \u2211\n\u0661 😀"
    assert visible(kept) == kept
    assert visible("a\r\nb") == "a\nb"


def test_everything_that_is_shown_can_be_written() -> None:
    for text in (visible(HOSTILE), one_line(HOSTILE, 500), spoken(HOSTILE)):
        text.encode("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text)


def test_only_balanced_isolates_of_a_sentence_stay() -> None:
    assert spoken("از \u2066K\u2069 تا \u2068n\u2069") == "از \u2066K\u2069 تا \u2068n\u2069"
    assert "\u2066" not in spoken("از \u2066K")
    assert "\u2069" not in spoken("\u2069 \u2066")
    assert "\u202e" not in spoken("\u2066\u202eK\u2069")


def test_cuts_and_lines() -> None:
    assert cut("K" * 100_000)[1] == 96_000
    assert len(one_line("K" * 100_000, 80)) == 80
    lines = wrapped("word " * 100, "- ", "  ")
    assert all(len(line) <= 80 for line in lines)
    assert [line[:2] for line in lines] == ["- "] + ["  "] * (len(lines) - 1)
    assert wrapped("x" * 200) == ["x" * 200]


@pytest.mark.parametrize("code", _WORDS)
def test_each_sentence_stands_in_both_languages(code: str) -> None:
    english, persian = _WORDS[code]
    fields = re.compile(r"\{\w+\}")
    assert sorted(fields.findall(english)) == sorted(fields.findall(persian))
    assert english.isascii()
    assert re.search("[\u0600-\u06ff]", persian)


def test_numbers_are_written_as_the_language_writes_them() -> None:
    values = {"points": Fraction(29, 2), "marked": Fraction(18), "open": 2}
    assert say("marked", "en", **values) == "14.5 of 18 marked, 2 open"
    assert say("marked", "fa", **values).startswith("۱۴٫۵ از ۱۸ ")


RESERVED = ["con", "PRN", "aux.md", "nul", "com1", "LPT9.x", "index", "class", "results", "result"]
ODD = ["", ".", "..", "a/b", "a\\b", "/etc", "C:x", "a\x00b", "a.", " a ", "-a", "x" * 300, "نام"]


def test_names_of_files_are_safe_and_different() -> None:
    ids = [*IDS, *RESERVED, *ODD, "98", "Straße", "STRASSE", "straße", "cafe\u0301", "caf\u00e9"]
    names = file_names(ids)
    assert len({name.lower() for name in names.values()}) == len(set(ids)) == len(names)
    for name in names.values():
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*[A-Za-z0-9_]", name), name
        assert len(name) <= 80
        assert name.partition(".")[0].lower() not in ("con", "prn", "aux", "nul", "com1", "lpt9")
    assert names["98"] == "98"
    assert not {"index", "class", "results", "result"} & set(names.values())


def test_a_name_does_not_depend_on_the_others_unless_it_meets_one() -> None:
    assert file_names(["98", "a/b"]) == {**file_names(["a/b"]), **file_names(["98"])}
    taken = file_names(["a/b"])["a/b"]
    assert len(set(file_names(["a/b", taken]).values())) == 2
