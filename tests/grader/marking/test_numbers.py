"""Numbers in every spelling, exactly or within a tolerance."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symcnn.errors import AuthorError
from symcnn.grader.marking.numbers import numeral, scale_of
from symcnn.grader.marking.references import Tolerance, read_tolerance
from tests.grader.marking.asking import asked, mark, marker, told, worth

EXACT = marker(asked("number", "28*28*192*32*25", unit=1000))


@pytest.mark.parametrize(
    "text",
    [
        "120422400",
        "120,422,400",
        "120 422 400",
        "120'422'400",
        "120_422_400",
        "۱۲۰۴۲۲۴۰۰",
        "۱۲۰٬۴۲۲٬۴۰۰",
        "28*28*192*32*25",
        "28x28x192x32x25",
        "28 × 28 × 192 × 32 × 25",
        r"$28 \cdot 28 \cdot 192 \cdot 32 \cdot 25$",
        "1.204224e8",
        "1.204224*10^8",
        r"$1.204224\times10^8$",
        "120.4224M",
        "120.4224 M",
        "120422.4 k",
        r"$120.4224$ M",
        "120.4224 million",
        "۱۲۰٫۴۲۲۴ میلیون",
        "n = 120422400",
        "≈ 120422400",
        "120422400.",
        "120422400.0",
    ],
)
def test_one_number_in_many_spellings(text: str) -> None:
    assert worth(EXACT, text) == ("right", 2)


@pytest.mark.parametrize("text", ["120M", "120422401", "1.2e8", "120.4224 MB + 1", "114.8 MiB"])
def test_a_number_without_tolerance_is_exact(text: str) -> None:
    assert mark(EXACT, text).points in (0, None)
    assert mark(EXACT, "120M").outcome == "wrong"


@pytest.mark.parametrize(
    "text",
    ["120 Mb", "K", "28 192 000 1", "1,2,3", "12 apples", "0,72", "120M M", "[1, 2]", "1 > 0"],
)
def test_what_is_no_number_is_open(text: str) -> None:
    assert worth(EXACT, text) == ("unreadable", None)


def test_trailing_digits_matter() -> None:
    share = marker(asked("number", "18/25"))
    assert worth(share, "0.72")[0] == worth(share, "0.720")[0] == worth(share, "72%")[0] == "right"
    assert worth(share, "0.7")[0] == worth(share, "0.7200001")[0] == "wrong"


def test_what_a_prefix_means_is_said_by_the_question() -> None:
    assert worth(asked("number", "5.5*2^20", unit=1024), "5.5 MB") == ("right", 2)
    assert worth(asked("number", "5.5*2^20", unit=1000), "5.5 MB") == ("wrong", 0)
    assert worth(asked("number", "5.5*2^20", unit=1000), "5.5 MiB") == ("right", 2)
    assert worth(asked("number", "5.5*2^20"), "5.5 M") == ("unreadable", None)
    assert worth(asked("number", "5500000"), "5.5 million") == ("right", 2)
    assert worth(asked("number", "3.2*1024", unit=1024), "3.2 K") == ("right", 2)
    assert (scale_of("KiB", 0), scale_of("kB", 1000), scale_of("kilobytes", 1024)) == (
        1024,
        1000,
        1024,
    )


def test_a_prefix_is_no_name_of_the_question() -> None:
    question = asked("number", "3000", given="K: positive integer", unit=1000)
    assert worth(question, "3 K") == ("right", 2)
    assert worth(asked("number", "3000", given="K: positive integer"), "3 K") == (
        "unreadable",
        None,
    )


def test_ends_of_a_tolerance_are_inside_and_exact() -> None:
    near = marker(asked("number", "100", tolerance="1%"))
    for text, outcome in {
        "99": "right", "101": "right", "100.5": "right", "98.999999999999": "wrong",
        "101.000000000001": "wrong", "-100": "wrong", "10^2 + 1": "right",
    }.items():  # fmt: skip
        assert worth(near, text)[0] == outcome, text
    root = marker(asked("number", "sqrt(2)", tolerance="0.01"))
    assert [worth(root, text)[0] for text in ("1.41", "1.42", "1.43", "sqrt(2)")] == [
        "right", "right", "wrong", "right",
    ]  # fmt: skip
    assert worth(near, "1/0") == ("unreadable", None)


def test_a_tolerance_is_an_exact_number() -> None:
    assert read_tolerance("") is None
    assert read_tolerance("±0.5") == Tolerance(Fraction(1, 2))
    assert read_tolerance("2.5%") == Tolerance(Fraction(1, 40), relative=True)
    for text in ("close", "-1%", "K", "1/0"):
        with pytest.raises(AuthorError):
            read_tolerance(text)


def test_the_slip_behind_a_rounded_number_is_named() -> None:
    question = asked("number", "224*224*3*4/2^20", tolerance="1%")
    assert mark(question, "0.6").mistake == "megabytes-for-mebibytes"
    assert told(mark(question, "0.574"), "verdict") == ["Right, within the tolerance of 1%."]


@pytest.mark.parametrize(
    ("text", "read"),
    [("1 000", "1000"), ("10 00", "10 00"), ("1 000 1000", "1 000 1000"), ("1 0000", "1 0000"),
     ("12 345.5", "12345.5"), ("1 000'000", "1 000'000"), ("2x3", "2*3"), ("x3", "x3")],
)  # fmt: skip
def test_only_groups_of_three_are_one_numeral(text: str, read: str) -> None:
    assert numeral(text) == read
