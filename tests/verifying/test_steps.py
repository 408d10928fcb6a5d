"""Derivations: every link, both ends, names, words, the smallest difference of a broken link."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from symcnn import AuthorError, ParseError, verify_steps
from symcnn.cli import main

SQUARE = ["(K + 1)^2", "= K^2 + 2*K + 1", "= K*(K + 2) + 1"]


def kinds(chain: Any) -> list[str]:
    return [step.result.kind for step in chain.links]


def test_a_whole_derivation() -> None:
    chain = verify_steps(SQUARE, start="(1 + K)^2", target="1 + K*(2 + K)")
    assert (chain.kind, chain.first_broken, kinds(chain)) == ("proved", None, ["proved"] * 2)
    assert chain.start is not None
    assert chain.target is not None
    assert (chain.start.kind, chain.target.kind) == ("proved", "proved")
    assert pickle.loads(pickle.dumps(chain)) == chain


def test_it_goes_on_from_the_own_line_after_a_broken_link() -> None:
    chain = verify_steps(["(K + 1)^2", "= K^2 + K + 1", "= K*(K + 1) + 1", "= K^2 + K + 2"])
    assert kinds(chain) == ["refuted", "proved", "refuted"]
    assert (chain.kind, chain.first_broken) == ("refuted", 0)


def test_arriving_over_a_broken_link_is_not_correct() -> None:
    chain = verify_steps(["(K + 1)^2", "= K^2 + K + 1", "= K^2 + 2*K + 1"], target="(K + 1)^2")
    assert chain.target is not None
    assert chain.target.kind == "proved"
    assert (chain.kind, kinds(chain)) == ("refuted", ["refuted", "refuted"])


def test_a_right_derivation_of_something_else() -> None:
    chain = verify_steps(SQUARE, start="(K + 2)^2", target="K*(K + 2) + 1")
    assert chain.start is not None
    assert (chain.start.kind, chain.kind) == ("refuted", "refuted")
    chain = verify_steps(SQUARE, target="K*(K + 2)")
    assert chain.target is not None
    assert (chain.target.kind, chain.kind) == ("refuted", "refuted")
    assert kinds(chain) == ["proved", "proved"]


@pytest.mark.parametrize(
    ("before", "after", "smallest"),
    [
        ("3*K + (N + 1)^2", "3*K + (N + 2)^2", "1 became 2"),
        ("(K + 1)^2", "K^2 + K + 1", "2*K became K"),
        ("a*floor(N/2) + b", "a*floor(N/3) + b", "2 became 3"),
        ("Sum(w[j]*x[i + j], (j, 0, 2))", "Sum(w[j]*x[i - j], (j, 0, 2))", "j became -j"),
        ("Vector([a, b, c])", "Vector([a, -b, c])", "b became -b"),
        ("a*b*c", "a*b^2*c", "b became b^2"),
        ("sqrt(x^2 + 1) + y", "sqrt(x^2 + 2) + y", "1 became 2"),
    ],
)
def test_the_smallest_difference(before: str, after: str, smallest: str) -> None:
    found = verify_steps([before, f"= {after}"]).as_json()["links"][0]["diagnosis"]
    assert found == [{"kind": "smallest difference", "message": f"smallest difference: {smallest}"}]


def test_names_words_and_restated_left_sides() -> None:
    text = """so we get
    y = (K + 1)^2
    let u = K + 1
    by the square of a sum
    = u^2
    y = K^2 + 2*K + 1 = K*(K + 2) + 1
    hence K*(K + 2) + 1 = 1 + 2*K + K*K"""
    chain = verify_steps(text, start="(K + 1)^2", target="1 + 2*K + K^2")
    assert chain.kind == "proved"
    assert [step.line for step in chain.links] == [5, 6, 6, 7]


def test_a_line_that_does_not_go_on_breaks_the_chain() -> None:
    chain = verify_steps(["a + a = 2*a", "3*b = b + b + b"])
    assert kinds(chain) == ["proved", "refuted", "proved"]
    assert chain.first_broken == 1


def test_inequalities() -> None:
    chain = verify_steps(["K^2", "<= K^2 + 1", "<= (K + 1)^2"], given="K: positive integer")
    assert chain.kind == "proved"
    assert verify_steps(["K^2", "< K^2"], given="K: integer").kind == "refuted"


def test_latex_in_an_environment() -> None:
    text = r"\begin{align} (K+1)^2 &= K^2+2K+1 \\ &= K(K+2) + 2 \end{align}"
    assert kinds(verify_steps(text)) == ["proved", "refuted"]


def test_against_a_claim_with_a_derivation() -> None:
    key = "dl2/q4:forward_derivation"
    right = (
        "Vector([w_2*x_1 + w_3*x_2, w_1*x_1 + w_2*x_2 + w_3*x_3,"
        " w_1*x_2 + w_2*x_3 + w_3*x_4, w_1*x_3 + w_2*x_4])"
    )
    chain = verify_steps([right.replace("w_1*x_3", "x_3*w_1"), "= " + right], target=key)
    assert (chain.kind, chain.level) == ("proved", "where")
    wrong = verify_steps([right.replace("w_1*x_3", "w_3*x_3"), "= " + right], target=key)
    assert (wrong.kind, wrong.first_broken) == ("refuted", 0)
    assert wrong.links[0].result.where is not None
    assert wrong.links[0].result.where.text == "entry 4"


@pytest.mark.parametrize(
    ("lines", "options", "error", "said"),
    [
        (["= K"], {}, ParseError, "nothing stands before"),
        (["(K", "= (K"], {}, ParseError, "bracket is not closed .line 1"),
        (["K"], {}, AuthorError, "no derivation"),
        (["only words and nothing more"], {}, AuthorError, "no formula"),
    ],
)
def test_what_is_no_derivation(
    lines: list[str], options: dict[str, str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        verify_steps(lines, **options)


def test_a_line_that_cannot_be_read_is_told_in_its_place() -> None:
    lines = ["(K + 1)^2", "= K^2 + 2*(K + 1", "= K^2 + 2*K + 1", "= 1 + K*(K + 2)"]
    chain = verify_steps(lines, start="(K + 1)^2", target="K*(K + 2) + 1")
    assert (chain.kind, kinds(chain)) == ("invalid", ["invalid", "invalid", "proved"])
    assert (chain.links[0].line, chain.links[0].unread) == (2, "= K^2 + 2*(K + 1")
    assert chain.target is not None
    assert chain.target.kind == "proved"
    told = repr(chain).splitlines()
    assert told[0] == "invalid: some line cannot be read, or has no single meaning"
    assert told[1:4] == [
        "step 1 (line 2): = K^2 + 2*(K + 1",
        "    not readable: a bracket is not closed (line 2, character 17)",
        "    add )",
    ]
    assert told[4:6] == [
        "step 2 (line 3): K^2 + 2*K + 1",
        "    not readable: the line before cannot be read",
    ]
    link, after, _ = chain.as_json()["links"]
    assert (link["kind"], link["reason"], link["offset"]) == ("invalid", "unreadable", 26)
    assert link["message"] == "a bracket is not closed (line 2, character 17); add )"
    assert link["read"] == after["read"] == {"lhs": None, "rhs": None, "names": {}}
    assert "K + 1" in chain._repr_html_()
    assert r"\text{line 2: ?}" in chain._repr_latex_()
    assert pickle.loads(pickle.dumps(chain)) == chain


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["(K", "= K + K", "= 2*K"], ["invalid", "invalid", "proved"]),
        (["K", "= (K"], ["invalid"]),
        (["K + K", "= 3*K", "= 3**", "= 2*K"], ["refuted", "invalid", "invalid"]),
        (["K", "= С", "K = K + 0"], ["invalid", "proved"]),
        (["floor(K +", " K", "= 2*K", "= K"], ["invalid", "invalid", "refuted", "refuted"]),
        (["floor(K +", " K))", "= floor(2*K)"], ["invalid", "invalid"]),
        (["let u = u + 1", "K", "= K + 0"], ["invalid", "proved"]),
        (["K + K", "let u = (K", "= 2*K"], ["invalid", "proved"]),
    ],
)
def test_the_checks_go_on_after_a_line_that_cannot_be_read(
    lines: list[str], found: list[str]
) -> None:
    chain = verify_steps(lines)
    assert kinds(chain) == found
    assert chain.kind == ("refuted" if "refuted" in found else "invalid")


def test_a_line_may_go_on_inside_brackets() -> None:
    assert kinds(verify_steps(["floor(K +", " K)", "= floor(2*K)"])) == ["proved"]


def test_an_end_that_cannot_be_read_is_not_compared() -> None:
    chain = verify_steps(["K +", "= 2*K", "= K*"], start="K + K", target="2*K")
    assert chain.start is not None
    assert chain.target is not None
    assert (chain.start.kind, chain.target.kind, chain.kind) == ("invalid",) * 3
    assert "first line: cannot be compared with what the question starts from" in repr(chain)
    whole = verify_steps(["K +", "= 2*K"], target="2*K", feedback="readable")
    assert whole.kind == "withheld"
    assert "the formula ends too early (line 1, character 4)" in repr(whole)


def test_a_name_that_has_a_meaning_is_not_defined_again() -> None:
    chain = verify_steps(["let K = 3", "K", "= 3"], given="K: integer")
    assert kinds(chain) == ["invalid", "refuted"]
    assert "K has a meaning already" in repr(chain)


def test_the_shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "steps.txt"
    file.write_text("\n".join(SQUARE), encoding="utf-8")
    assert main(["verify", "--steps", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["schema"], found["first_broken"]) == (1, None)
    assert [link["kind"] for link in found["links"]] == ["proved", "proved"]
    assert main(["verify", "--steps", str(file), "--against", "K^2"]) == 1
    assert "last line: this is not what was asked" in capsys.readouterr().out
    assert main(["verify", "--steps", str(tmp_path / "none.txt")]) == 2
