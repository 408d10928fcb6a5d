"""verify and Checker: verdicts, keys, origins of domains, invalid answers, displays, threads."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from symcnn import AuthorError, Checker, ParseError, read, verify

ROOT = Path(__file__).resolve().parent.parent
JSON_KEYS = [
    "schema", "kind", "method", "assumptions", "holds_when", "witness", "domain", "reason",
    "message", "offset", "read", "diagnosis",
]  # fmt: skip
OUTPUT = (
    "Vector([w_2*x_1 + w_3*x_2, w_1*x_1 + w_2*x_2 + w_3*x_3,"
    " w_1*x_2 + w_2*x_3 + w_3*x_4, w_1*x_3 + w_2*x_4])"
)
KEY = "dl2/q4:output_entries"

# formula, against (None: by itself), given, kind
TABLE: list[tuple[str, str | None, str | None, str]] = [
    ("(K + 1)^2", "K^2 + 2*K + 1", None, "proved"),
    ("(K + 1)^2", "K^2 + 2*K", None, "refuted"),
    ("HWC_in(K^2 + C_out)", "C_in*(K^2 + C_out)*H*W", "cnn", "proved"),
    (r"H W C_{\text{in}} (K^2 + C_{out})", "H*W*C_in*(K + C_out)", "cnn", "refuted"),
    ("0.72", "18/25", None, "proved"),
    ("0.7", "18/25", None, "refuted"),
    ("x + 1e-9", "x", None, "refuted"),
    ("w x", "W x", None, "refuted"),
    ("K/K", "1", None, "proved"),
    ("0/(K - K)", "0", None, "invalid"),
    ("sqrt(-1 - x^2)", "x", None, "invalid"),
    ("1/x", "x", None, "refuted"),
    ("sqrt(x^2)", "x", "x: positive real", "proved"),
    ("sqrt(x^2)", "x", None, "refuted"),
    ("floor((N + 2*P - F)/S) + 1", "floor((N + 2*P - F + S)/S)", "cnn", "proved"),
    ("۳/۲", "3/2", None, "invalid"),
    ("۳/۲ * 0", "0", None, "proved"),
    ("Sum(x[i], (i, 1, 3))", "x[1] + x[2] + x[3]", None, "proved"),
    ("Matrix([[1, 2], [3, 4]])", "Matrix([[1, 2], [3, 5]])", None, "refuted"),
    ("K <= K + 1", None, None, "proved"),
    ("2*K = K + K", None, None, "proved"),
    ("y = 2*K", "K + K", None, "proved"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "against", "given", "kind"), TABLE)
def test_verdicts(formula: str, against: str | None, given: str | None, kind: str) -> None:
    result = verify(formula, against, given)
    assert result.kind == kind
    found = result.as_json()
    assert list(found) == JSON_KEYS
    assert found["kind"] == kind
    json.dumps(found)
    assert pickle.loads(pickle.dumps(result)) == result
    for text in (repr(result), result._repr_latex_(), result._repr_html_()):
        assert text
    assert all(name in repr(result) for name in result.names)


def test_every_name_has_its_domain_and_origin() -> None:
    result = verify("C*Sum(x[i], (i, 1, n))", "C*Sum(x[i], (i, 1, n))", given="C: positive integer")
    assert [(each.name, each.origin) for each in result.known] == [
        ("C", "given"),
        ("x", "default"),
        ("n", "used as an index"),
    ]
    assert "C: positive integer (given)" in repr(result)
    assert result.as_json()["read"]["names"]["n"] == "integer (used as an index)"


def test_a_positive_integer_reading_is_said_first() -> None:
    result = verify("ceil(N/S)", against="floor((N + S - 1)/S)")
    assert result.kind == "refuted"
    assert result.as_json()["holds_when"][0] == ["N, S: positive integer"]
    assert verify("ceil(N/S)", "floor((N + S - 1)/S)", "N, S: positive integer").kind == "proved"
    # said first and no more than needed: only x has to be positive
    assert verify("|x*y| = x*|y|").as_json()["holds_when"][0] == ["x: positive integer"]
    # where a domain was declared, nobody reads another into it
    declared = verify("|x| = x", given="x: real").as_json()["holds_when"]
    assert ["x: positive integer"] not in declared


def test_a_slash_between_persian_digits_is_never_wrong() -> None:
    for right in ("3/2", "3.2"):
        result = verify("۳/۲", against=right)
        assert (result.kind, result.as_json()["reason"]) == ("invalid", "ambiguous")
    assert verify("۳/۲", against="7").kind == "refuted"  # both readings are wrong
    assert verify("۳/۲ = 3.2").kind == "invalid"
    assert "slash" in repr(verify("۳/۲ * 0", against="0"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"formula": "K + 1"}, "states nothing"),
        ({"formula": "K", "against": "K", "given": "K > 1; K < 1"}, "contradict"),
        ({"formula": "K", "against": "dl2/q4:outpt_entries"}, "output_entries"),
        ({"formula": "K", "against": "dl9/q1:x"}, "no answer"),
        ({"formula": "K", "against": "dl2/q4:jacobian_transposed"}, "jacobian corrects it"),
        ({"formula": "K", "against": "K", "feedback": "all"}, "readable, verdict"),
        ({"formula": "K", "against": "K", "symbols": ["2x"]}, "'2x' is no name"),
    ],
)
def test_what_the_caller_has_to_mend(words: dict[str, Any], said: str) -> None:
    with pytest.raises(AuthorError, match=said):
        verify(**words)


def test_unreadable_text_is_a_parse_error_in_ipython_too() -> None:
    with pytest.raises(ParseError) as caught:
        verify("2*(K + 1", against="2*K + 2")
    lines = caught.value._render_traceback_()
    assert lines[0] == "2*(K + 1"
    assert lines[1].index("^") == caught.value.offset
    assert lines[2] == caught.value.hint
    assert len(lines) == 3


def test_an_equation_is_no_formula() -> None:
    result = Checker("K^2", given="K: integer").check("K = K^2")
    assert (result.kind, result.as_json()["reason"]) == ("invalid", "equation")


def test_against_a_claim() -> None:
    right = verify(OUTPUT, against=KEY)
    assert right.kind == "proved"
    assert {each.origin for each in right.known} == {"key"}
    wrong = verify(OUTPUT.replace("w_3*x_2", "w_3*x_1"), against=KEY)
    assert wrong.kind == "refuted"
    assert wrong.where is not None
    assert wrong.where.text == "entry 1"


def test_symbols_are_names_and_bring_what_sympy_knows_of_them() -> None:
    import sympy

    assert verify("HW_1", against="W_1*H", symbols="H W_1").kind == "proved"
    x = sympy.Symbol("x", positive=True)
    assert verify("sqrt(x^2)", against="x", symbols=[x]).kind == "proved"
    assert verify("sqrt(x^2)", against="x", symbols="x").kind == "refuted"


def test_a_checker_reads_its_key_once_and_does_not_change() -> None:
    checker = Checker("K^2*C_in*C_out", given="cnn")
    assert checker.check("C_in K^2 C_out").kind == "proved"
    again = pickle.loads(pickle.dumps(checker))
    assert again.check("C_in K C_out") == checker.check("C_in K C_out")
    with pytest.raises(AttributeError):
        checker.level = "solution"
    assert repr(checker) == "Checker('K^2*C_in*C_out', feedback='solution')"
    assert repr(Checker(KEY)) == f"Checker({KEY!r}, feedback='where')"


def test_a_submission_adds_no_assumptions() -> None:
    """Names that the key does not know stay reals, whatever they are called."""
    result = Checker("K", given="K: positive integer").check("K + y - y")
    assert result.kind == "proved"
    assert "y is not among the names of the other side" in result.notes


def _shown(row: tuple[str, str | None, str | None, str]) -> str:
    result = verify(*row[:3])
    return "\n".join((repr(result), json.dumps(result.as_json()), result._repr_latex_()))


def test_sixteen_threads_give_what_one_gives() -> None:
    alone = [_shown(row) for row in TABLE]
    with ThreadPoolExecutor(16) as pool:
        together = list(pool.map(_shown, TABLE * 4))
    assert together == alone * 4


def test_the_hash_seed_changes_nothing() -> None:
    code = (
        "import json, sys\nfrom symcnn import verify\n"
        "for row in json.load(sys.stdin):\n"
        "    result = verify(*row[:3])\n    print(repr(result), json.dumps(result.as_json()))\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            input=json.dumps(TABLE),
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(told) == 1


def test_printed_lines_fit_a_terminal_and_can_be_read_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from symcnn.cli import main

    long = " + ".join(f"a_{k}*b_{k}" for k in range(30))
    assert main(["verify", long, "--against", long + " + 1"]) == 1
    out = capsys.readouterr().out
    assert all(len(line) <= 80 for line in out.splitlines())
    read_again = verify("x*y/2 - 3", "x*y/2 - 2").as_json()["read"]
    assert read(read_again["lhs"]).formula == read("x*y/2 - 3").formula


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((OUTPUT, "--against", KEY), 0),
        (("Vector([1, 2, 3, 4])", "--against", KEY), 1),
        (("Vector([1, 2, 3, 4])", "--against", KEY, "--feedback", "verdict"), 1),
        (("۳/۲", "--against", "3/2"), 2),
        (("K", "--against", "K", "--feedback", "all"), 2),
        ((), 2),
    ],
)
def test_the_shell(words: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    from symcnn.cli import main

    assert main(["verify", *words]) == code
    assert "Traceback" not in capsys.readouterr().err
