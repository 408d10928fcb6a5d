"""Templates: escaped by default, nothing undefined, errors with template and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from symcnn.claims.verdict import KINDS
from symcnn.errors import SheetError
from symcnn.sheet.environment import fill
from symcnn.sheet.tex import Tex

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def filled(tmp_path: Path, text: str, medium: str = "tex", **values: object) -> str:
    (tmp_path / f"t.{medium}.j2").write_text(text, encoding="utf-8")
    return fill(f"t.{medium}.j2", medium, (tmp_path,), values)


def test_values_are_escaped_once_and_markup_is_not(tmp_path: Path) -> None:
    text = '((( a ))) ((( b ))) ((( "50%" ))) ((( n ))) ((( a|upper )))'
    assert filled(tmp_path, text, a="x_y", b=Tex(r"\x"), n=3) == r"x\_y \x 50\% 3 X\_Y"
    assert filled(tmp_path, "((( a )))", "html", a="<b>") == "&lt;b&gt;"
    # LaTeX is no HTML: the markup of one medium is plain text in the other
    assert filled(tmp_path, "((( a )))", "html", a=Tex("a < b")) == "a &lt; b"


def test_blocks_leave_no_lines_and_comments_vanish(tmp_path: Path) -> None:
    text = "a\n  ((* if yes *))\nb\n  ((* endif *))\n((= note =))\nc\n"
    assert filled(tmp_path, text, yes=True) == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("one\n((( missing )))\n", "t.tex.j2:2: 'missing' is undefined"),
        ("one\ntwo\n((* if *))\n", "t.tex.j2:3:"),
        ("((( none )))", "t.tex.j2:1:"),
        ("((( a.b.c )))", "t.tex.j2:1:"),
        ('\n((* include "other.j2" *))', "no template other.j2"),
    ],
)
def test_a_mistake_names_template_and_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SheetError) as caught:
        filled(tmp_path, text, none=None, a={"b": 1})
    assert said in str(caught.value)


def test_a_directory_of_the_user_goes_first(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for place, text in ((first, "mine"), (second, "shipped")):
        place.mkdir()
        (place / "t.tex.j2").write_text(text, encoding="utf-8")
    (second / "u.tex.j2").write_text("only", encoding="utf-8")
    assert fill("t.tex.j2", "tex", (first, second), {}) == "mine"
    assert fill("u.tex.j2", "tex", (first, second), {}) == "only"


@pytest.mark.parametrize("medium", ["tex", "html"])
def test_one_template_for_each_kind_of_verdict(medium: str) -> None:
    found = {path.name for path in (TEMPLATES / "verdict").glob(f"*.{medium}.j2")}
    assert found == {f"{kind}.{medium}.j2" for kind in KINDS}


def test_templates_define_no_macros() -> None:
    for path in sorted(TEMPLATES.rglob("*.j2")):
        assert "macro" not in path.read_text(encoding="utf-8").replace("macros.tex.j2", "")
