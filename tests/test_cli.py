"""The shell: exit codes, JSON, and one clear message for whatever goes wrong."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from symcnn import cli, doctor
from symcnn.cli import main
from symcnn.errors import ToolMissing

ROOT = Path(__file__).resolve().parent.parent
KEYS = [
    "schema", "kind", "method", "assumptions", "holds_when", "witness", "domain", "reason",
    "message", "offset", "read", "diagnosis",
]  # fmt: skip
GOOD = """
from symcnn.claims import Answer, Equation, Problem, Proved, Refuted, claim

@claim(expect=Proved, given="K: positive integer", role="source", source=("mine.q1.square",))
def square():
    "The square of a sum."
    return Equation("(K + 1)^2", "K^2 + 2*K + 1")

@claim(expect=Refuted, corrected_by="square")
def slip():
    "The middle term is forgotten."
    return Equation("(K + 1)^2", "K^2 + 1")

@claim(expect=Proved)
def example(K):
    "For the number of the question."
    return Equation(K + 1, f"{K} + 1")

ANSWER = Answer(Problem("Squares", "Square it.", given={"K": 3}), claims=(square, slip, example))
"""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SYMCNN_ANSWERS", raising=False)


def answers(text: str = GOOD, name: str = "q1", into: str = ".") -> list[str]:
    """An answer ``mine/q1`` in the working directory, and the option that names it."""
    Path(into, "mine").mkdir(exist_ok=True, parents=True)
    Path(into, "mine", f"{name}.py").write_text(text, encoding="utf-8")
    return ["--answers", into]


# The commands at work


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", *answers()]) == 0
    assert "Squares" in capsys.readouterr().out
    assert main(["list", "--json", *answers()]) == 0
    found = {each["answer"]: each for each in json.loads(capsys.readouterr().out)}
    assert found["mine/q1"]["claims"] == ["square", "slip", "example"]
    assert found["dl2/q4"]["languages"] == ["en", "fa"]


def test_show_a_question_and_a_claim(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "mine/q1", *answers()]) == 0
    out = capsys.readouterr().out
    assert "Square it." in out
    assert "given: K = 3" in out
    assert main(["show", "mine/q1:slip", *answers()]) == 0
    out = capsys.readouterr().out
    assert "(K + 1)^2 = K^2 + 1" in out
    assert "refuted at K = " in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_check_decides_every_claim(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "mine/q1", *answers()]) == 0
    captured = capsys.readouterr()
    assert "3 claims, all as expected" in captured.out
    assert captured.err == ""


def test_check_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "mine", "--json", *answers()]) == 0
    captured = capsys.readouterr()
    first, second, _ = json.loads(captured.out)
    assert list(first) == ["answer", "claim", "role", "source", "expected", "verdict"]
    assert (first["answer"], first["claim"], first["role"]) == ("mine/q1", "square", "source")
    assert first["source"] == ["mine.q1.square"]
    assert [first["expected"], first["verdict"]["kind"]] == ["proved", "proved"]
    assert list(second["verdict"]) == KEYS
    assert second["verdict"]["witness"]["values"] == {"K": "3"}
    assert "3 claims, all as expected" in captured.err


def test_check_with_other_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "mine/q1", "--json", "--given", "K=5", *answers()]) == 0
    example = json.loads(capsys.readouterr().out)[2]
    assert example["verdict"]["read"]["rhs"] == "5 + 1"


def test_check_tells_what_is_not_as_expected(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = answers(GOOD.replace("K^2 + 2*K + 1", "K^2 + 2*K"))
    assert main(["check", "mine/q1", *wrong]) == 1
    out = capsys.readouterr().out
    assert "claim square is not as expected" in out
    assert "3 claims, 1 not as expected" in out


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        (["(K + 1)^2 = K^2 + 2*K + 1"], 0, "proved"),
        (["(K + 1)^2", "--against", "K^2 + 2*K + 1"], 0, "proved"),
        (["(K + 1)^2 = K^2 + 1"], 1, "refuted"),
        (["-x^2", "--against", "-(x^2)"], 0, "proved"),  # begins like an option
        (["-x^2 = x^2", "--given", "x: real"], 1, "refuted"),
        (["K +"], 2, "invalid"),
        (["K = K", "--given", "K > 1; K < 1"], 2, "invalid"),  # contradictory
        (["Sum(f[i], i) = Sum(f[i]^3, i)", "--given", "f: indexed real in (0, 1)"], None, None),
    ],
)
def test_verify(
    words: list[str], code: int | None, kind: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    got = main(["verify", *words, "--json"])
    verdict = json.loads(capsys.readouterr().out)
    assert list(verdict) == KEYS
    expected = {"proved": 0, "refuted": 1, "invalid": 2, "undecided": 3}
    assert got == expected[verdict["kind"]]
    if code is not None:
        assert (got, verdict["kind"]) == (code, kind)


def test_undecided_is_its_own_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    text = "sin(x)^2 + cos(x)^2 = 1"  # no rung knows it
    assert main(["verify", text]) == 3
    out = capsys.readouterr().out
    assert out.startswith("undecided: no rung decides it\ntried: ") and "would help: " in out
    assert main(["verify", text, "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["reason"] == "no rung decides it"


def test_verify_shows_what_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "(K+1)^2=K^2+1", "--given", "K: positive integer"]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("refuted at K = 1: left 4, right 2")
    assert out[1:] == ["read:  (K + 1)^2 = K^2 + 1", "names: K: positive integer (given)"]


def test_a_formula_may_come_from_a_file_or_stdin(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("formula.txt").write_text("K + K = 2*K\n", encoding="utf-8-sig")
    assert main(["verify", "@formula.txt"]) == 0
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"K + K = 3*K")))
    assert main(["verify", "-"]) == 1
    capsys.readouterr()


def test_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "floor(N/2)+1", "--given", "N: positive integer"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "read:   floor(N/2) + 1",
        r"LaTeX:  \left\lfloor \frac{N}{2} \right\rfloor + 1",
        "names:  N: positive integer",
    ]
    assert main(["read", "-x", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["plain"] == "-x"


def test_sheet_writes_each_language_and_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "question", "mine/q1"]) == 0
    words = ["--answers", "answers", "--lang", "en,fa", "--format", "tex", "--format", "html"]
    assert main(["sheet", "mine", *words, "-o", "out"]) == 0
    written = sorted(path.name for path in Path("out").iterdir())
    assert written == ["mine.en.html", "mine.en.tex", "mine.fa.html", "mine.fa.tex"]
    assert "شمارش" in Path("out", "mine.fa.html").read_text(encoding="utf-8")
    assert main(["sheet", "mine", *words, "-o", "out", "--for", "students"]) == 0
    assert Path("out", "mine-students.fa.tex").exists()
    capsys.readouterr()


@pytest.mark.tex
def test_pdf_sheets_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "question", "mine/q1"]) == 0
    assert main(["sheet", "mine", "--answers", "answers", "--lang", "en,fa", "-o", "out"]) == 0
    for name in ("mine.en.pdf", "mine.fa.pdf"):
        assert Path("out", name).read_bytes().startswith(b"%PDF")
    capsys.readouterr()


def test_a_sheet_with_an_unexpected_verdict_is_a_draft(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = answers(GOOD.replace("K^2 + 2*K + 1", "K^2 + 2*K"))
    assert main(["sheet", "mine/q1", "--format", "html", *wrong]) == 1
    assert "DRAFT" in capsys.readouterr().err
    assert "DRAFT" in Path("mine.en.html").read_text(encoding="utf-8")


def test_a_new_question_is_as_expected_in_both_languages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["new", "question", "my_course/q12", "--into", "some where"]) == 0
    assert "--answers 'some where'" in capsys.readouterr().out
    assert main(["check", "my_course/q12", "--answers", "some where"]) == 0
    assert "3 claims, all as expected" in capsys.readouterr().out


def test_doctor(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "inspect", lambda: (doctor.Item("python", "3.11", "all", ""),))
    assert main(["doctor"]) == 0
    absent = doctor.Item("xelatex", "", "PDF sheets", "apt-get install texlive-xetex")
    monkeypatch.setattr(doctor, "inspect", lambda: (absent,))
    assert main(["doctor"]) == 4
    assert "apt-get install texlive-xetex" in capsys.readouterr().out
    assert main(["doctor", "--json"]) == 4
    assert json.loads(capsys.readouterr().out)[0]["found"] is None


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert main(["--version"]) == 0
    out = capsys.readouterr().out
    assert "verify" in out
    assert "symcnn 0.1.0" in out


# What goes wrong: one message that says what, where, and what to do; no traceback

BAD: list[tuple[str, list[str], int, list[str]]] = [
    ("no command", [], 2, ["COMMAND"]),
    ("unknown command", ["prove"], 2, ["invalid choice"]),
    ("unknown option", ["check", "--al"], 2, ["unrecognized arguments"]),
    ("unknown id", ["check", "mine/q7", "--answers", "."], 2, ["mine/q7", "did you mean mine/q1"]),
    ("unknown claim", ["show", "mine/q1:squar", "--answers", "."], 2, ["did you mean square"]),
    ("document shown", ["show", "mine", "--answers", "two"], 2, ["mine/q1", "mine/q2"]),
    ("no directory", ["list", "--answers", "nowhere"], 2, ["nowhere is no directory"]),
    ("doubled id", ["list", "--answers", ".", "--answers", "two"], 2, ["stands twice", "rename"]),
    ("number without value", ["check", "mine", "--given", "K", "--answers", "."], 2, ["K=5"]),
    ("number of words", ["check", "mine", "--given", "K=two", "--answers", "."], 2, ["K=two"]),
    ("unknown number", ["check", "mine", "--given", "R=2", "--answers", "."], 2, ["there is K"]),
    ("unreadable formula", ["verify", "2*(K + 1"], 2, ["2*(K + 1", "^"]),
    ("empty formula", ["verify", ""], 2, ["there is no formula here", "write one"]),
    ("one formula alone", ["verify", "K + 1"], 2, ["--against"]),
    ("unreadable given", ["verify", "K = K", "--given", "K: bogus"], 2, ["bogus"]),
    ("contradiction", ["verify", "K = K", "--given", "K > 1; K < 1"], 2, ["contradict"]),
    ("file not there", ["read", "@none.txt"], 2, ["none.txt", "No such file"]),
    ("file is a directory", ["read", "@mine"], 2, ["mine", "directory"]),
    ("file not UTF-8", ["read", "@latin.txt"], 2, ["latin.txt", "byte 1", "UTF-8"]),
    ("file too long", ["read", "@long.txt"], 2, ["long.txt", "bytes"]),
    ("unknown language", ["sheet", "--lang", "de"], 2, ["'de' is none of en, fa"]),
    ("unknown format", ["sheet", "--format", "doc"], 2, ["'doc' is none of"]),
    ("fragment of HTML", ["sheet", "mine/q1", "--answers", ".", "--format", "html", "--fragment"],
     2, ["fragment"]),
    ("missing language", ["sheet", "mine/q1", "--answers", ".", "--lang", "fa", "--format", "html"],
     2, ["mine/q1.fa.toml", "square"]),
    ("no course file", ["sheet", "mine/q1", "--answers", ".", "--course", "c.toml"], 2, ["c.toml"]),
    ("output is a file", ["sheet", "mine/q1", "--answers", ".", "--format", "tex", "-o", "a.txt"],
     2, ["a.txt"]),
    ("id without document", ["new", "question", "q1"], 2, ["<document>/<question>"]),
    ("id of another form", ["new", "question", "../../q1"], 2, ["<document>/<question>"]),
    ("question there already", ["new", "question", "mine/q1", "--into", "."], 2, ["there already"]),
    ("folder is a file", ["new", "question", "x/q1", "--into", "a.txt"], 2, ["a.txt", "--into"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code", "said"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_bad_input(
    words: list[str], code: int, said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    answers()
    answers(into="two")
    answers(into="two", name="q2")
    Path("a.txt").write_text("K", encoding="utf-8")
    Path("latin.txt").write_bytes(b"\xff")
    Path("long.txt").write_bytes(b"1" * 1_000_001)
    before = sorted(map(str, Path().rglob("*")))
    assert main(words) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    for each in said:
        assert each in captured.err
    assert "Traceback" not in captured.err
    assert sorted(map(str, Path().rglob("*"))) == before  # nothing half written


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("return Equation(K + 1", "return Equation(K / 0"), ["claim example", "ZeroDivision"]),
        (("ANSWER =", "ANSWER = ("), ["q1.py", "line"]),
        (("K^2 + 2*K + 1", "K^2 + (2*K"), ["q1.py", "claim square", "bracket"]),
        (
            ('given="K: positive integer", role', 'given="K: posit", role'),
            ["claim square", "posit"],
        ),
        (("def example(K)", "def example(R)"), ["q1.py", "claim example", "no number for R"]),
        (('return Equation(K + 1, f"{K} + 1")', "return K"), ["claim example", "no statement"]),
        (('Equation("(K + 1)^2", "K^2 + 1")', 'Equation(1.5, "K")'), ["claim slip", "1.5"]),
    ],
    ids=["crash", "syntax", "formula", "given", "number", "no statement", "float"],
)
def test_a_malformed_answer_names_file_and_claim(
    change: tuple[str, str], said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert change[0] in GOOD
    assert main(["check", "mine/q1", "--json", *answers(GOOD.replace(*change))]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    for each in said:
        assert each in captured.err
    assert "Traceback" not in captured.err


# Around the commands


def test_a_missing_tool_is_4_and_the_rest_is_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["sheet", "mine/q1", "--format", "pdf,html,tex", *answers()]) == 4
    captured = capsys.readouterr()
    assert "THE PDF FILES ARE MISSING" in captured.err
    assert "texlive-xetex" in captured.err
    assert Path("mine.en.tex").exists()
    assert Path("mine.en.html").exists()
    assert not Path("mine.en.pdf").exists()


def test_tex_is_not_installed_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    done: list[list[str]] = []
    monkeypatch.setattr(doctor, "tex_items", lambda: (doctor.Item("xelatex", "", "PDF", ""),))
    monkeypatch.setattr(doctor, "_as_root", lambda: ())
    monkeypatch.setattr(doctor, "_run", done.append)
    with pytest.raises(ToolMissing, match="still missing"):
        doctor.install_tex(said.append)
    assert said[0] == "missing for PDF sheets: xelatex"
    assert [" ".join(each) for each in done] == [
        "env DEBIAN_FRONTEND=noninteractive " + line.removeprefix("running: ") for line in said[2:]
    ]
    assert done[0][-1] == "update"
    assert "--no-install-recommends" in done[1]
    monkeypatch.setattr(doctor, "_as_root", lambda: None)
    with pytest.raises(ToolMissing, match="To install:"):
        doctor.install_tex(said.append)
    assert len(done) == 2


def test_a_bug_is_70_with_its_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.modules["symcnn.verify"], "verify", lambda *_, **__: 1 / 0)
    assert main(["verify", "K = K"]) == cli.BUG
    captured = capsys.readouterr()
    assert "ZeroDivisionError" in captured.err
    assert captured.out == ""


def test_a_reader_that_leaves_is_no_error() -> None:
    """`symcnn list --json | head -1` ends quietly."""
    code = "import sys, symcnn.cli; sys.exit(symcnn.cli.main(['list', '--json']))"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_the_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "symcnn", "verify", "K = K + 1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith("refuted")
