"""Every rule of a certificate is in the table, and proves a claim beside a near miss."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from symcnn.claims import Derivation, Implies, Limit, Link, Proved, Refuted, Verdict
from symcnn.claims.certificate import Certificate
from symcnn.prover import decide
from symcnn.prover.rules import RULES
from symcnn.reading import read
from tests.prover import ask
from tests.prover.test_identities import ALL, BOUND

PROVER = Path(__file__).resolve().parents[2] / "symcnn" / "prover"

# rule: (given, claim, near miss). "if a then b" is an implication, "a : b : c" a chain,
# "x -> a: f -> b" a limit
CASES = {
    "as written": ("", "x*y = x*y", "x*y = x+y"),
    "rational normal form": ("", "(x+1)^2 = x^2 + 2*x + 1", "(x+1)^2 = x^2 + x + 1"),
    "integer parts": (
        "n: integer",
        "floor((n+2)/2) = floor(n/2) + 1",
        "floor((n+1)/2) = floor(n/2) + 1",
    ),
    "absolute values": ("", "abs(2*x*y) = 2*abs(x)*abs(y)", "abs(x+y) = abs(x) + abs(y)"),
    "roots": (
        "x, y: positive real",
        "sqrt(x*y) = sqrt(x)*sqrt(y)",
        "sqrt(x+y) = sqrt(x) + sqrt(y)",
    ),
    "exponentials": ("", "exp(x+y) = exp(x)*exp(y)", "exp(x+y) = exp(x) + exp(y)"),
    "logarithms": (
        "x, y: positive real",
        "log(x*y) = log(x) + log(y)",
        "log(x+y) = log(x) + log(y)",
    ),
    "powers": ("n: nonnegative integer", "x^(n+1) = x*x^n", "x^(n+1) = 2*x^n"),
    "literal arithmetic": (
        "",
        "Sum(x[i], (i, 0, 1)) = x[0] + x[1]",
        "Sum(x[i], (i, 0, 2)) = x[0] + x[1]",
    ),
    "brackets": (
        "n: nonnegative integer",
        "Sum(x[i], (i, 0, n)) = Sum(x[i], (i, 0, n-1)) + x[n]",
        "Sum(x[i], (i, 0, n)) = Sum(x[i], (i, 1, n)) + x[n]",
    ),
    "contradiction": (
        "n: nonnegative integer",
        "Sum(x[i], (i, 0, n)) = Sum(x[i], (i, 0, n-1)) + x[n]",
        "Sum(x[i], (i, 0, n)) = Sum(x[i], (i, 0, n-1))",
    ),
    "sizes": ("A, B: matrix n x n; n: positive integer", "A*(B + A) = A*B + A*A", "A*B = B*A"),
    "generic entry": (
        "A, B: matrix n x n; n: positive integer",
        "transpose(A*B) = transpose(B)*transpose(A)",
        "transpose(A*B) = transpose(A)*transpose(B)",
    ),
    "entries": ("", "Vector([a + a, b]) = Vector([2*a, b])", "Vector([a, b]) = Vector([b, a])"),
    "quotients": (
        "g, w: indexed real; m: integer; K, S: positive integer",
        "Sum(w[j]*g[(m-j)/S]*Bracket(S divides m-j), (j, 0, K-1))"
        " = Sum(g[i]*w[m-S*i]*Bracket(0 <= m-S*i)*Bracket(m-S*i < K), i)",
        "Sum(w[j]*g[(m-j)/S]*Bracket(S divides m-j), (j, 0, K))"
        " = Sum(g[i]*w[m-S*i]*Bracket(0 <= m-S*i)*Bracket(m-S*i < K), i)",
    ),
    "supports": (
        "n: positive integer; x: indexed real support 0..n-1; w: indexed real; k: integer",
        "Sum(x[i]*w[k-i], i) = Sum(x[i]*w[k-i], (i, 0, n-1))",
        "Sum(x[i]*w[k-i], i) = Sum(x[i]*w[k-i], (i, 1, n-1))",
    ),
    "shared definedness": ("", "log(x^2) = 2*log(abs(x))", "log(x) = log(x^2)/2"),
    "constants outside": (
        "n: nonnegative integer",
        "Sum(i^2, (i, 1, n)) = n*(n+1)*(2*n+1)/6",
        "Sum(i^2, (i, 1, n)) = n*(n+1)*(2*n+1)/3",
    ),
    "solved": ("N, S: positive integer; S divides N", "S*floor(N/S) = N", "S*floor((N+1)/S) = N+1"),
    "definedness": ("", "(x^2 - 1)/(x - 1) = x + 1", "sqrt(x)^2 = x"),
    "admissible point": ("x: real; x > 3", "x + x = 2*x", "x + 1 = 2*x"),
    "links": ("", "x + x : 2*x : x*2", "x + x : 2*x : x^2"),
    "relation by equality": ("", "x + x <= 2*x", "x + x <= x"),
    "difference": ("x: positive real", "x + 1 > x", "x > 1"),
    "enumeration": ("", "3 <= 4", "4 <= 3"),
    "cases": (
        "",
        "Cases((x, x > 0), (0, x <= 0)) = relu(x)",
        "Cases((x, x > 0), (1, x <= 0)) = relu(x)",
    ),
    "conjunction": ("x: positive real", "x > 0 and x + 1 > 1", "x > 0 and x > 1"),
    "disjunction": ("x: positive real", "x > 0 or x > 1", "x > 2 or x > 1"),
    "premise assumed": ("x: real", "if x > 0 then x + 1 > 0", "if x > 0 then x > 1"),
    "residues": ("n: integer", "mod(n*(n+1), 2) = 0", "mod(n*(n+2), 2) = 0"),
    "bases of powers": (
        "x: real; y: nonnegative; x <= y; -x <= y; n: nonnegative integer",
        "abs(x)^n <= y^n",
        "(x + 1)^n <= y^n",
    ),
    "base and step": (
        "n: nonnegative integer",
        "Sum(2^i, (i, 0, n)) = 2^(n+1) - 1",
        "Sum(2^i, (i, 0, n)) = 2^(n+1)",
    ),
    "products": (
        "n: positive integer",
        "Prod(2*x[i], (i, 1, n)) = 2^n*Prod(x[i], (i, 1, n))",
        "Prod(2*x[i], (i, 1, n)) = 2*Prod(x[i], (i, 1, n))",
    ),
    "counted factors": (
        "n: nonnegative integer",
        "Prod(x[2*i], (i, 0, n))*Prod(x[2*i+1], (i, 0, n)) = Prod(x[i], (i, 0, 2*n+1))",
        "Prod(x[2*i], (i, 0, n)) = Prod(x[i], (i, 0, 2*n+1))",
    ),
    "leading terms": ("", "n -> infinity: (2*n+1)/n -> 2", "n -> infinity: (2*n+1)/n -> 1"),
    "putting in": ("", "x -> 1: x^2 + x -> 2", "x -> 1: x^2 + x -> 1"),
    "unsatisfiable negation": (
        "K, D: positive integer",
        "Bracket(K >= 2 and D >= 2) = Bracket(K^2 + D < K^2*D)",
        "Bracket(K >= 2 and D >= 3) = Bracket(K^2 + D < K^2*D)",
    ),
}


def verdict_on(given: str, text: str) -> Verdict:
    """The verdict on a claim of the table."""
    granted = ask.given(given)
    if " : " in text:
        first, *rest = (read(part, granted).formula for part in text.split(" : "))
        return decide(Derivation(first, tuple(Link(each, "by rule") for each in rest)), granted)
    if " -> " in text:
        name, middle, value = text.split(" -> ")
        to, body = (read(part, granted).formula for part in middle.split(": "))
        return decide(Limit(body, name, to, read(value, granted).formula), granted)
    if text.startswith("if "):
        premise, conclusion = text[3:].split(" then ")
        sides = (read(part, granted).formula for part in (premise, conclusion))
        return decide(Implies(*sides), granted)
    return ask.relation(text, given)


def rules_in(certificate: Certificate) -> set[str]:
    """The rules of the tree."""
    return {certificate.rule}.union(*(rules_in(each) for each in certificate.premises))


@pytest.mark.parametrize("rule", CASES)
def test_the_near_miss_of_the_rule_is_refuted(rule: str) -> None:
    given, claim, miss = CASES[rule]
    proved = verdict_on(given, claim)
    assert isinstance(proved, Proved)
    assert rule in rules_in(proved.certificate)
    assert isinstance(verdict_on(given, miss), Refuted)


def test_every_rule_in_a_certificate_is_in_the_table() -> None:
    seen: set[str] = set()
    for given, left, right, _ in ALL + BOUND:
        verdict = ask.equation(left, right, given)
        if isinstance(verdict, Proved):
            seen |= rules_in(verdict.certificate)
    assert len(seen) > 10
    assert seen <= set(RULES)


def _written() -> set[str]:
    """The rules that the source names where it builds a certificate."""
    found: set[str] = set()
    for path in sorted(PROVER.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called, first = node.func, node.args[0]
            named = isinstance(called, ast.Name) and called.id in ("Certificate", "leaf")
            if named and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return found


def test_every_rule_that_the_source_names_is_in_the_table() -> None:
    assert _written() <= set(RULES)


def test_a_rule_says_what_it_does_in_one_line() -> None:
    assert all(text.endswith(".") and "\n" not in text for text in RULES.values())


def test_every_rule_has_a_near_miss() -> None:
    assert set(RULES) - set(CASES) == set()
