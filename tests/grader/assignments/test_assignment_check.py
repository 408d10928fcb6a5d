"""The check of an assignment, and the commands around it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symcnn import resources
from symcnn.cli import main
from symcnn.errors import AuthorError
from symcnn.grader.assignments.assignment_check import Checked, Found, check_assignment
from symcnn.grader.assignments.assignment_file import load_assignment, read_assignment

DATA = Path(__file__).parent.parent / "data"
HEAD = """\
schema: 1
title: Costs
given: "K, C_in, C_out, H, W: positive integer"
questions:
"""


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder without answers, so that the check loads no more than what ships."""
    return tmp_path_factory.mktemp("none")


@pytest.fixture(autouse=True)
def _few_answers(monkeypatch: pytest.MonkeyPatch, nothing: Path) -> None:
    """What ships is the small document of these tests: the real one takes seconds to load."""
    folder = nothing / "ours"
    folder.mkdir(exist_ok=True)
    (folder / "q1.py").write_text(SHIPPED, encoding="utf-8")
    real = resources._own_directories
    monkeypatch.setattr(
        resources, "_own_directories", lambda name: [nothing] if name == "answers" else real(name)
    )


SHIPPED = '''
from symcnn.claims import *


@claim(expect=Proved, given="K, C_in, C_out: positive integer")
def with_bias():
    """Weights and biases."""
    return Equation("C_out*(K^2*C_in + 3)", "K^2*C_in*C_out + 3*C_out")


ANSWER = Answer(problem=Problem(title="Counts", statement="Count."), claims=(with_bias,))
'''


def checked(*questions: str) -> Checked:
    return check_assignment(read_assignment(HEAD + "".join(questions), "a.yaml"))


def told(found: Checked, severity: str) -> list[str]:
    return [each.message for each in found.found if each.severity == severity]


GOOD = """
  - {id: q1, type: formula, points: 2, key: "2*K^2*C_in",
     accept: ["2 K K C_in"], reject: ["K^2*C_in"]}
"""


def test_a_sound_assignment_has_no_errors() -> None:
    found = checked(GOOD)
    assert (found.errors, told(found, "warning")) == (0, [])
    assert [(each.key, each.examples) for each in found.rows] == [("proved", "2 of 2")]
    assert found.summary().startswith("1 question: 0 errors, 0 warnings")


def test_examples_that_come_out_otherwise_are_errors() -> None:
    found = checked(GOOD.replace('"2 K K C_in"', '"K K C_in", "2 K Q", "2K^2 C_in"'))
    first, second = told(found, "error")
    assert first.startswith("accept: K K C_in is wrong, not right (")
    assert second.startswith("accept: 2 K Q is unreadable, not right (")
    assert "Q" in second.partition("(")[2]
    assert found.rows[0].examples == "2 of 4"
    found = checked(GOOD.replace('["K^2*C_in"]', '["C_in*2*K*K"]'))
    assert told(found, "error") == ["reject: C_in*2*K*K is right, not wrong"]


def test_a_key_that_proves_nothing_about_itself_is_an_error() -> None:
    found = checked(
        '\n  - {id: q1, type: formula, points: 1, key: "sqrt(0 - K)", accept: [K], reject: [K]}'
    )
    assert any("not proved equal to itself" in each for each in told(found, "error"))


def test_assumptions_that_contradict_each_other_make_it_unusable() -> None:
    with pytest.raises(AuthorError, match="q1"):
        checked('\n  - {id: q1, type: formula, points: 1, key: K, given: "K < 0"}')


def test_names_without_domains_and_points_without_values_are_warned_of() -> None:
    found = checked(
        '\n  - {id: q1, type: formula, points: 1, key: "1/x + K", accept: ["K + 1/x"], reject: [K]}'
    )
    warnings = told(found, "warning")
    assert "the key has a value only where x != 0: say so in given" in warnings
    assert "x has no domain and is taken as real: say more in given" in warnings
    given = GOOD.replace("2*K^2*C_in", "1/x").replace('["2 K K C_in"]', '["1/x"]')
    found = checked(given.replace("points: 2", 'points: 2, given: "x: real; x != 0"'))
    assert told(found, "warning") == []


def test_conventions_and_milestones_are_compared_with_the_key() -> None:
    found = checked(
        GOOD.replace("points: 2", 'points: 2, conventions: [{name: twice, key: "K*K*2*C_in"}]')
    )
    assert told(found, "warning") == ["the convention 'twice' is equal to the key"]
    chain = """
  - id: q4
    type: chain
    points: 1
    start: "(K + 1)^2"
    key: "K^2 + 2*K + 1"
    milestones: [{key: "%s", credit: 1/2}]
    accept: ["(K + 1)^2\\n= K^2 + 2*K + 1"]
    reject: ["(K + 1)^2\\n= K^2 + 1"]
"""
    assert told(checked(chain % "(K + 1)*(K + 1)"), "error") == []
    assert told(checked(chain % "(K + 1)*(K + 2)"), "error") == [
        "the milestone (K + 1)*(K + 2) is not equal to the key: no right chain passes it"
    ]


def test_mistakes_that_do_not_happen_or_look_alike_are_told() -> None:
    keyed = GOOD.replace("2*K^2*C_in", "K^2*C_in*C_out + C_out + 1").replace(
        '["2 K K C_in"]', '["C_out*K^2*C_in + 1 + C_out"]'
    )
    found = checked(keyed.replace("points: 2", "points: 2, mistakes: {epsilon-squared: 1/2}"))
    assert "the mistake epsilon-squared does not change this key" in told(found, "warning")
    plain = GOOD.replace("2*K^2*C_in", "K^2*C_in*C_out + C_out").replace(
        '["2 K K C_in"]', '["C_out*K^2*C_in + C_out"]'
    )
    found = checked(plain.replace("points: 2", "points: 2, mistakes: {bias-for-each-input: 1/2}"))
    alike = [each for each in told(found, "note") if "cannot be told apart" in each]
    assert len(alike) == 1 and "bias-for-each-input = channels-exchanged" in alike[0]
    assert any("but not the same credit" in each for each in told(found, "warning"))


def test_a_key_that_ships_is_warned_of() -> None:
    shipped = GOOD.replace("2*K^2*C_in", "3*C_out + C_in*C_out*K^2").replace(
        '["2 K K C_in"]', '["C_out*K^2*C_in + 3*C_out"]'
    )
    [warning] = told(checked(shipped), "warning")
    assert "`symcnn verify --against ours/q1:with_bias`" in warning
    assert told(checked(shipped.replace("3*C_out", "5*C_out")), "warning") == []


def test_examples_are_missed_where_a_key_is_judged() -> None:
    found = checked(
        '\n  - {id: q1, type: formula, points: 1, key: "2*K*C_in", accept: ["K*2*C_in"]}',
        "\n  - {id: q2, type: manual, points: 1}",
        "\n  - {id: q3, type: truth, points: 1, key: true}",
    )
    assert told(found, "warning") == ["no examples in reject"]
    again = Checked(found.rows, (*found.found, Found("warning", "q9", "no examples in reject")))
    assert list(again.lines()) == ["warning: q1, q9: no examples in reject"]


def test_answers_that_build_on_others_are_judged_with_their_keys() -> None:
    found = checked(
        '\n  - {id: n, type: number, points: 1, key: "6*2", accept: [12], reject: [6]}',
        '\n  - {id: m, type: number, points: 1, key: "n^2", uses: {n: n},',
        " accept: [144], reject: [36]}",
    )
    assert [each.examples for each in found.rows] == ["2 of 2", "2 of 2"]


@pytest.mark.parametrize("name", ["dl-homework", "dl-homework-fa"])
def test_the_model_assignments_pass(name: str) -> None:
    found = check_assignment(load_assignment(DATA / f"{name}.yaml"))
    assert told(found, "error") == told(found, "warning") == []
    assert {each.key for each in found.rows} == {"proved", ""}


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["assignment", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, form = tmp_path / "a.yaml", tmp_path / "form.md"
    code, out, err = run(capsys, "new", "ours/q1", "-o", str(file))
    assert (code, err) == (0, "") and f"wrote {file}: 1 question" in out
    assert run(capsys, "new", "ours/q1", "-o", str(file))[0] == 2
    code, out, _ = run(capsys, "check", str(file))
    assert code == 0 and "with_bias" in out and "0 errors" in out
    code, out, err = run(capsys, "blank", str(file), "--format", "md", "-o", str(form))
    assert (code, out) == (0, "") and "```answer with_bias" in form.read_text(encoding="utf-8")
    code, out, _ = run(capsys, "guide", str(file), "--lang", "fa")
    assert code == 0 and "کلید" in out
    code, out, _ = run(capsys, "blank", str(file), "--format", "csv")
    assert (code, out) == (0, "student,name,with_bias\n")


def test_exit_codes_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(HEAD + GOOD.replace('["K^2*C_in"]', '["2*K^2*C_in"]'), encoding="utf-8")
    code, out, err = run(capsys, "check", str(file))
    assert code == 1 and "error: q1: reject: 2*K^2*C_in is right, not wrong" in out and err == ""
    code, out, err = run(capsys, "check", str(file), "--json")
    assert code == 1
    record = json.loads(out)
    assert main(["assignment", "--json", "check", str(file)]) == 1
    assert json.loads(capsys.readouterr().out) == record
    assert record["questions"] == [
        {"question": "q1", "type": "formula", "key": "proved", "examples": "1 of 2"}
    ]
    assert record["found"][0]["severity"] == "error" and "q1" in err
    file.write_text(HEAD + GOOD.replace("points: 2", "points: two"), encoding="utf-8")
    code, out, err = run(capsys, "check", str(file))
    assert (code, out) == (2, "")
    assert err.startswith(f"symcnn: {file}, line 6, questions[0].points: 'two' is no number")
