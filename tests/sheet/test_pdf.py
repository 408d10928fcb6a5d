"""PDF by XeLaTeX: both languages, the same bytes, no lost glyph, errors with line and place."""

from __future__ import annotations

import subprocess
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from symcnn.errors import SheetError, ToolMissing
from symcnn.sheet import pdf, render_document, write_whole
from symcnn.sheet.pdf import compile_pdf
from tests.sheet import sample
from tests.sheet.test_render import COURSE

SHORT = "\\documentclass{article}\n\\begin{document}\n%s\n\\end{document}\n"


def text_of(content: bytes, tmp_path: Path) -> str:
    path = tmp_path / "text.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True)
    return unicodedata.normalize("NFKC", done.stdout)


@cache
def sheet(language: str) -> tuple[bytes, tuple[str, ...]]:
    """The PDF and what was told of it, made once."""
    told: list[str] = []
    return made(language, told), tuple(told)


def made(language: str, tell: list[str]) -> bytes:
    content = render_document(
        "sample",
        (sample.report(),),
        language=language,
        format="pdf",
        course=COURSE,
        words={"sample/q2": sample.PERSIAN} if language == "fa" else None,
        tell=tell.append,
    )
    assert isinstance(content, bytes)
    return content


@pytest.mark.tex
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Proved", "Refuted", "Undecided", "Holds", "Question 2"]),
        ("fa", ["اثبات", "رد", "برقرار", "پرسش", "مثال"]),
    ],
)
def test_a_sheet_compiles_with_every_glyph_and_no_wide_line(
    language: str, said: list[str], tmp_path: Path
) -> None:
    content, remarks = sheet(language)
    assert content.startswith(b"%PDF")
    assert remarks == ()
    text = text_of(content, tmp_path)
    assert [word for word in said if word not in text] == []


@pytest.mark.tex
def test_the_same_sheet_has_the_same_bytes_from_another_directory() -> None:
    assert made("fa", []) == sheet("fa")[0]


@pytest.mark.tex
def test_an_error_names_line_source_and_place(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as caught:
        compile_pdf(SHORT % "%% q4, claim c\n$\\undefined$", name="bad", keep=tmp_path)
    lines = str(caught.value).splitlines()
    assert lines[0] == "sheet.tex:4: Undefined control sequence."
    assert lines[1].strip() == r"$\undefined$"
    assert lines[2].strip() == "in q4, claim c"
    assert {path.name for path in tmp_path.iterdir()} == {"bad.tex", "bad.log"}


@pytest.mark.tex
def test_a_glyph_that_the_font_lacks_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=r"no glyph for: 漢 \(U\+6F22\)"):
        compile_pdf(SHORT % "漢", keep=tmp_path)


@pytest.mark.tex
def test_lines_that_stick_out_are_told() -> None:
    told: list[str] = []
    compile_pdf(SHORT % r"\noindent\hbox{\rule{600pt}{1pt}}", tell=told.append)
    assert any("Overfull" in line for line in told)


@pytest.mark.tex
@pytest.mark.parametrize("command", [r"\input{/etc/passwd}", r"\immediate\write18{touch made}"])
def test_tex_reads_no_foreign_file_and_runs_nothing(command: str, tmp_path: Path) -> None:
    try:
        text = text_of(compile_pdf(SHORT % f"before {command}", keep=tmp_path), tmp_path)
    except SheetError:
        text = ""
    assert "root" not in text
    assert not (tmp_path / "made").exists()


@pytest.mark.tex
def test_a_command_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_SECONDS", 3)
    with pytest.raises(SheetError, match="did not end within 3 seconds"):
        compile_pdf(SHORT % r"\def\x{\x}\x", keep=tmp_path)


@pytest.mark.tex
def test_a_package_that_tex_lacks_is_a_missing_tool(tmp_path: Path) -> None:
    text = SHORT.replace("\\begin", "\\usepackage{no-such-package}\n\\begin", 1)
    with pytest.raises(ToolMissing, match=r"no-such-package\.sty; install it with: apt-get"):
        compile_pdf(text % "x", keep=tmp_path)


@pytest.mark.tex
def test_a_fragment_compiles_in_a_class_of_ones_own() -> None:
    words = {"sample/q2": sample.PERSIAN}
    body = render_document("sample", (sample.report(),), language="fa", fragment=True, words=words)
    packages = "\\usepackage{amsmath,amssymb,xcolor,graphicx,tikz}\n"
    packages += "\\usepackage{xepersian}\n\\settextfont{Amiri}\n"
    text = SHORT.replace("\\begin", f"{packages}\\begin", 1) % r"\input{body}"
    assert isinstance(body, str)
    assert compile_pdf(text, {"body.tex": body.encode()}).startswith(b"%PDF")


def test_without_xelatex_the_message_holds_the_line_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing, match="apt-get install -y --no-install-recommends texlive"):
        compile_pdf(SHORT % "x")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "new" / "sheet.tex"
    write_whole(path, "é")
    assert path.read_bytes() == "é".encode()
    write_whole(path, b"again")
    assert path.read_bytes() == b"again"
    assert [each.name for each in path.parent.iterdir()] == ["sheet.tex"]
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(SheetError, match="cannot be written"):
        write_whole(tmp_path / "file" / "sheet.tex", "x")
    (tmp_path / "folder.tex").mkdir()
    with pytest.raises(SheetError, match="cannot be written"):
        write_whole(tmp_path / "folder.tex", "x")
    assert not [each for each in tmp_path.iterdir() if each.name.endswith(".part")]
