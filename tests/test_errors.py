"""Errors about text: three lines, in a terminal, in IPython, on one line, and in the shell."""

from __future__ import annotations

import pytest

from symcnn import read
from symcnn.cli import main
from symcnn.errors import ParseError, mistake
from symcnn.reading import explain


def refused(text: str) -> ParseError:
    with pytest.raises(ParseError) as caught:
        read(text)
    return caught.value


def caret(error: ParseError) -> tuple[str, str]:
    """The sign under which the caret stands, and what is said there."""
    shown, pointed, _ = str(error).split("\n")
    at = pointed.index("^")
    return shown[at : at + 1], pointed[at + 2 :]


def test_text_caret_and_hint_in_three_lines() -> None:
    error = refused("a + b)*c")
    assert str(error).split("\n") == [
        "a + b)*c",
        "     ^ ) closes a bracket that is not open (character 6)",
        "remove it, or open the bracket",
    ]
    assert error._render_traceback_() == str(error).split("\n")


def test_the_same_three_lines_in_persian() -> None:
    told = explain(refused("a + b)*c"), "fa").split("\n")
    assert told[0] == "a + b)*c"
    assert told[1].startswith("     ^ ) پرانتزی را می‌بندد")
    assert told[1].endswith("(نویسه 6)")
    assert len(told) == 3


@pytest.mark.parametrize("before", [0, 30, 60, 500])
@pytest.mark.parametrize("after", [0, 30, 500])
def test_a_long_text_is_cut_around_the_place(before: int, after: int) -> None:
    error = refused("a+" * before + "b)" + "+c" * after)
    assert caret(error)[0] == ")"
    shown = str(error).split("\n")[0]
    assert len(shown) <= 76
    assert shown.startswith("…") == (before > 30 or (before == 30 and after > 0))
    assert shown.endswith("…") == (after == 500 or (after == 30 and before > 0))


def test_tabs_and_signs_that_are_invisible_do_not_move_the_caret() -> None:
    assert caret(refused("a\t+\t)"))[0] == ")"
    error = refused("a + \u202eb")
    assert str(error).split("\n")[0] == "a + \ufffdb"
    assert caret(error)[1].startswith("an invisible character: U+202E")


def test_of_several_lines_the_one_is_shown() -> None:
    error = refused("a +\n b +\n c)")
    assert str(error).split("\n")[:2] == [
        " c)",
        "  ^ ) closes a bracket that is not open (line 3, character 3)",
    ]
    assert "(سطر 3، نویسه 3)" in explain(error, "fa")


def test_nothing_to_show() -> None:
    assert str(refused("")) == "there is no formula here\nwrite one, such as 2*(K + 1)"
    assert str(ParseError("something")) == "something"


def test_on_one_line() -> None:
    error = refused("a + b)")
    assert mistake(error, "nowhere.py") == (
        ") closes a bracket that is not open (character 6 of 'a + b)'): "
        "remove it, or open the bracket"
    )


def test_the_shell_keeps_the_caret_in_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "a + b)*c"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "symcnn: a + b)*c"
    assert lines[0][lines[1].index("^")] == ")"
    assert lines[2] == "        remove it, or open the bracket"
    assert len(lines) == 3


def test_a_name_over_two_lines_is_told_on_one() -> None:
    with pytest.raises(ParseError) as caught:
        read("\\operatorname{si\ngn}(x)")
    for language in ("en", "fa"):
        assert len(explain(caught.value, language).split("\n")) == 3
