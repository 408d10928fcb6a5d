"""Where answers are found, and what is said about files that are no answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symcnn.claims import Answer
from symcnn.errors import AuthorError
from symcnn.resources import (
    answer_directories,
    answer_files,
    languages,
    load_answer,
    select,
    template_directories,
    translation,
)

ROOT = Path(__file__).resolve().parent.parent
GOOD = """
from symcnn.claims import Answer, Equation, Problem, Proved, claim

@claim(expect=Proved)
def doubled():
    "Twice."
    return Equation("K + K", "2*K")

ANSWER = Answer(Problem("Title", "Statement."), claims=(doubled,))
"""


def write(directory: Path, name: str, text: str = GOOD) -> Path:
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_checkout_is_searched_without_being_asked() -> None:
    assert ROOT / "answers" in answer_directories()
    assert answer_files()["dl2/q4"] == ROOT / "answers" / "dl2" / "q4.py"
    assert ROOT / "templates" in template_directories()


def test_named_directories_come_first_and_count_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYMCNN_ANSWERS", f"{tmp_path}:{ROOT / 'answers'}")
    assert answer_directories([tmp_path]) == (tmp_path, ROOT / "answers")


def test_the_environment_names_directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "mine/q1.py")
    monkeypatch.setenv("SYMCNN_ANSWERS", str(tmp_path))
    assert answer_files()["mine/q1"] == path
    monkeypatch.setenv("SYMCNN_ANSWERS", str(tmp_path / "none"))
    with pytest.raises(AuthorError, match=r"\$SYMCNN_ANSWERS: .*none is no directory"):
        answer_files()


def test_an_id_that_stands_twice_names_both_files(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a", "mine/q1.py"), write(tmp_path / "b", "mine/q1.py")
    with pytest.raises(AuthorError) as caught:
        answer_files([tmp_path / "a", tmp_path / "b"])
    assert str(first) in str(caught.value)
    assert str(second) in str(caught.value)


def test_ids_are_ordered_by_their_numbers(tmp_path: Path) -> None:
    for name in ("mine/q10.py", "mine/q2.py", "mine/_sizes.py", "_old/q1.py", "facts.py"):
        write(tmp_path, name)
    ids = [each for each in answer_files([tmp_path]) if not each.startswith("dl")]
    assert [each for each in ids if each.startswith(("mine", "_old"))] == ["mine/q2", "mine/q10"]


def test_a_document_stands_for_its_answers(tmp_path: Path) -> None:
    write(tmp_path, "mine/q1.py")
    write(tmp_path, "mine/q2.py")
    assert [name for name, _ in select(["mine"], [tmp_path])] == ["mine/q1", "mine/q2"]
    assert [name for name, _ in select(["mine/q2", "mine"], [tmp_path])] == ["mine/q2", "mine/q1"]
    with pytest.raises(AuthorError, match=r"no answer 'mime/q1'; did you mean mine/q1"):
        select(["mime/q1"], [tmp_path])
    with pytest.raises(AuthorError, match="`symcnn list` prints all ids"):
        select(["zzzzzz"], [tmp_path])


def test_a_good_file_is_an_answer(tmp_path: Path) -> None:
    answer = load_answer(write(tmp_path, "mine/q1.py"))
    assert isinstance(answer, Answer)
    assert [each.name for each in answer.claims] == ["doubled"]


PART = """from symcnn.claims import Equation, Part, Proved, claim


@claim(expect=Proved, given="n: integer")
def part_{key}():
    \"\"\"A sentence.\"\"\"
    return Equation("n + {key}", "{key} + n")


PART = Part("{key}", "Why?")
CLAIMS = (part_{key},)
"""


def test_a_long_question_is_a_folder_with_a_file_for_each_part(tmp_path: Path) -> None:
    whole = write(tmp_path, "mine/q1/question.py")
    for key in ("10", "2"):
        write(tmp_path, f"mine/q1/part{key}.py", PART.format(key=key))
        (whole.parent / f"part{key}.fa.toml").write_text(f'[parts.{key}]\nquestion = "چرا"\n')
    write(tmp_path, "mine/q1/_shared.py", "raise SystemExit\n")
    assert answer_files([tmp_path])["mine/q1"] == whole
    answer = load_answer(whole)
    assert [part.key for part in answer.problem.parts] == ["2", "10"]
    assert [each.name for each in answer.claims] == ["doubled", "part_2", "part_10"]
    assert languages(whole) == ("fa",)
    assert translation(whole, "fa") == {"parts.10.question": "چرا", "parts.2.question": "چرا"}


def test_a_part_without_its_claims_is_named(tmp_path: Path) -> None:
    whole = write(tmp_path, "mine/q1/question.py")
    part = write(tmp_path, "mine/q1/part1.py", "PART = None\n")
    with pytest.raises(AuthorError, match=re.escape(part.name)):
        load_answer(whole)


def test_a_claim_in_two_parts_is_an_error(tmp_path: Path) -> None:
    whole = write(tmp_path, "mine/q1/question.py")
    for name in ("part1", "part2"):
        write(tmp_path, f"mine/q1/{name}.py", PART.format(key="1"))
    with pytest.raises(AuthorError, match="stands twice"):
        load_answer(whole)


def test_a_question_is_a_file_or_a_folder_not_both(tmp_path: Path) -> None:
    write(tmp_path, "mine/q1/question.py")
    write(tmp_path, "mine/q1.py")
    with pytest.raises(AuthorError, match="mine/q1 stands twice"):
        answer_files([tmp_path])


def test_a_file_is_read_as_it_is_now(tmp_path: Path) -> None:
    """Two versions of equal length within one second are told apart."""
    path = write(tmp_path, "mine/q1.py")
    assert load_answer(path).problem.title == "Title"
    write(tmp_path, "mine/q1.py", GOOD.replace("Title", "Other"))
    assert load_answer(path).problem.title == "Other"
    assert not list(tmp_path.rglob("*.pyc"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = (", r"q1\.py: line 1: Python cannot read it: '\(' was never closed"),
        ("import nothing_like_it", r"line 1: ModuleNotFoundError: No module named"),
        ("\n\n1/0", r"line 3: ZeroDivisionError: division by zero$"),
        ("import sys; sys.exit(3)", "line 1: SystemExit: 3"),
        ("x = 1", "exports no ANSWER; end it with ANSWER = Answer"),
        ("ANSWER = 3", "ANSWER is of type int"),
        (GOOD.replace('    "Twice."\n', ""), r"q1\.py.*claim doubled: write its sentence"),
        (GOOD.replace("(doubled,)", "(doubled, doubled)"), "claim doubled stands twice"),
        (GOOD.replace("(doubled,)", "(3,)"), "3 is no claim"),
        (GOOD.replace("Problem(", "Quiz("), "NameError: name 'Quiz' is not defined"),
        (GOOD.replace("expect=Proved", "expects=Proved"), "line 4: TypeError"),
        (GOOD.replace("expect=Proved", "expect=True"), "expect is Proved, HoldsUnder"),
        ("x\0y", "Python cannot read it|null bytes"),
    ],
)
def test_a_malformed_file_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, "mine/q1.py", text)
    with pytest.raises(AuthorError, match=said) as caught:
        load_answer(path)
    assert str(caught.value).count("q1.py") == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match="there is no such file"):
        load_answer(tmp_path / "mine" / "q1.py")


def test_the_words_of_another_language(tmp_path: Path) -> None:
    path = write(tmp_path, "mine/q1.py")
    assert translation(path, "fa") is None
    write(
        tmp_path,
        "mine/q1.fa.toml",
        'title = "شمارش"\n[say]\nrows = "سطر"\n[reasons]\nchain = ["یک", "دو"]\n',
    )
    assert languages(path) == ("fa",)
    assert translation(path, "fa") == {
        "title": "شمارش",
        "say.rows": "سطر",
        "reasons.chain.0": "یک",
        "reasons.chain.1": "دو",
    }


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"title = \n", r"q1\.fa\.toml: this is no TOML: .*line 1"),
        (b"[say]\nrows = 3", r'q1\.fa\.toml: say\.rows is no text: put it into quotes, "3"'),
        (b'title = "\xff"', r"q1\.fa\.toml: byte 9 is not UTF-8"),
    ],
)
def test_words_that_cannot_be_read(tmp_path: Path, raw: bytes, said: str) -> None:
    path = write(tmp_path, "mine/q1.py")
    path.with_name("q1.fa.toml").write_bytes(raw)
    with pytest.raises(AuthorError, match=said):
        translation(path, "fa")
