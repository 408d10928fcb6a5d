"""z3 as the last rung: what it proves, near misses that it must not, and the same bytes always."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest

from symcnn.errors import AuthorError
from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Call, Symbol, add
from symcnn.prover import smt
from symcnn.prover.domains import Facts
from symcnn.prover.proof import Notes, Question
from symcnn.prover.smt_constants import key_of
from symcnn.prover.smt_script import Untranslated, literal
from symcnn.prover.smt_terms import Terms
from symcnn.reading import read
from tests.prover.ask import equation, given, relation
from tests.prover.identities import lines

SIZES = "N,F,S: positive integer; P: nonnegative integer"
COSTS = "H,W,K,C,D: positive {}"
DEPTHWISE = "Bracket(H*W*K^2*C + H*W*C*D < H*W*K^2*C*D)"
NORM = "v: positive real; x: real; eps: real"

EQUAL = f"""
{SIZES} | floor((N+2*P-F)/S)+1 | floor((N+2*P-F+S)/S)
{SIZES} | floor((N-F)/S)+1 | ceil((N-F+1)/S)
n: integer; a,b: positive integer | floor(floor(n/a)/b) | floor(n/(a*b))
n: integer; a,b,c: positive integer | floor(floor(floor(n/a)/b)/c) | floor(n/(a*b*c))
M,D,F: integer | M-D*(F-1) | M-D*F+D
N,S: positive integer | ceil(N/S) | floor((N-1)/S)+1
a,b: real | mod(a+b,b) | mod(a,b)
n: positive integer | floor(sqrt(n^2+n)) | n
a: positive real; eps = 0; {NORM} | a*x/sqrt(a^2*v+eps) | x/sqrt(v+eps)
a: real; a < 0; eps = 0; {NORM} | a*x/sqrt(a^2*v+eps) | -x/sqrt(v+eps)
a: positive real; x: real | relu(a*x) | a*relu(x)
x: real | sqrt(x^2) | abs(x)
x: real | root(x^3,3) | x
x: real | x^0.5*x^0.5 | x
x,y: real | x/y*y | x
x: real | Cases((1/x,x!=0),0)*x | Bracket(x!=0)
x: real | Bracket(x>0)/x*x | Bracket(x>0)
x: real | sigmoid(-x) | 1-sigmoid(x)
x: real | Bracket(sigmoid(x)>0.5) | Bracket(x>0)
x,y: real | Bracket(exp(x)<exp(y)) | Bracket(x<y)
n: integer; s: positive integer | Bracket(mod(n,s)=0) | Bracket(s divides n)
x: indexed real; i: integer | max(x[2*i+1],0) | relu(x[1+i+i])
{COSTS.format("real")} | {DEPTHWISE} | Bracket(1/D+1/K^2<1)
K,D: positive integer | Bracket(K>=2 and D>=2) | Bracket(K^2+D<K^2*D)
x: real | Bracket(not (x<0 or x>1)) | Bracket(0<=x)*Bracket(x<=1)
phi: function; x: real | abs(phi(x)) | max(phi(x),-phi(x))
"""
APART = f"""
{SIZES} | floor((N+2*P-F)/S)+1 | floor((N+2*P-F+S-1)/S)
{SIZES} | floor((N-F)/S)+1 | ceil((N-F)/S)
n: integer; a,b: integer | floor(floor(n/a)/b) | floor(n/(a*b))
n: real; a,b: positive real | floor(floor(n/a)/b) | floor(n/(a*b))
M,D,F: integer | M-D*(F-1) | M-D*F-D
N,S: positive integer | ceil(N/S) | floor(N/S)+1
a,b: real | mod(a+b,b) | mod(a,b)+b
n: nonnegative integer | floor(sqrt(n^2+2*n+1)) | n
a: real; eps = 0; {NORM} | a*x/sqrt(a^2*v+eps) | x/sqrt(v+eps)
a: positive real; eps > 0; {NORM} | a*x/sqrt(a^2*v+eps) | x/sqrt(v+eps)
a: real; a < 0; eps = 0; {NORM} | a*x/sqrt(a^2*v+eps) | x/sqrt(v+eps)
a,x: real | relu(a*x) | a*relu(x)
x: real | sqrt(x^2) | x
x: real | root(x^3,3) | abs(x)
x: real | Cases((1/x,x!=0),0)*x | 1
x: real | Bracket(x>0)/x*x | Bracket(x>=0)
x: real | sigmoid(-x) | -sigmoid(x)
x: real | Bracket(sigmoid(x)>0.4) | Bracket(x>0)
n,s: integer | Bracket(mod(n,s)=0) | Bracket(s divides n+1)
x: indexed real; i: integer | max(x[2*i+1],0) | relu(x[1+i])
{COSTS.format("real")} | {DEPTHWISE} | Bracket(1/D+1/K<1)
K,D: positive integer | Bracket(K>=2 and D>=1) | Bracket(K^2+D<K^2*D)
x: real | Bracket(not (x<0 or x>1)) | Bracket(0<x)*Bracket(x<=1)
phi: function; x: real | abs(phi(x)) | phi(x)
x: real | exp(x)+1 | exp(x+1)
x: real | log(x^2) | log(x)
"""
HOLD = """
N,F,S: positive integer | floor((N-F)/S) <= (N-F)/S
N,S: positive integer | ceil(N/S) - floor(N/S) <= 1
N,S: positive integer | S*floor(N/S) <= N
a: integer; b: positive integer | mod(a,b) < b
n: integer | 2 divides n*(n+1)
x,y: nonnegative real | sqrt(x*y) <= (x+y)/2
x,y: real | abs(x+y) <= abs(x)+abs(y)
x,y: real | not (x<1 and y<1) or x+y<2
K,C: positive integer | 1/C+1/K^2 < 1 or K = 1 or C = 1
x: real | exp(-x) < 1 or x <= 0
"""
FAIL = """
N,F,S: positive integer | floor((N-F)/S) < (N-F)/S
N,S: positive integer | ceil(N/S) - floor(N/S) < 1
a,b: integer; b != 0 | mod(a,b) < b
n: integer | 2 divides n*(n+2)
x,y: nonnegative real | sqrt(x*y) < (x+y)/2
x,y: real | abs(x+y) < abs(x)+abs(y)
x,y: real | not (x<1 or y<1) or x+y<2
K,C: positive integer | 1/C+1/K^2 < 1 or K = 1
x: real | exp(-x) < 1 or x < 0
"""


def _answer(domain: str, text: str) -> str:
    granted = given(domain)
    condition = read(text, granted).formula
    return smt.satisfiable(smt.negation(condition, Facts(granted, (condition,))))


@pytest.mark.parametrize("line", lines(EQUAL))
def test_no_point_tells_equal_sides_apart(line: str) -> None:
    domain, lhs, rhs = (part.strip() for part in line.split("|"))
    assert _answer(domain, f"{lhs} = {rhs}") == "unsat"


@pytest.mark.parametrize("line", lines(APART))
def test_a_near_miss_is_not_unsatisfiable(line: str) -> None:
    domain, lhs, rhs = (part.strip() for part in line.split("|"))
    assert _answer(domain, f"{lhs} = {rhs}") != "unsat"


@pytest.mark.parametrize("line", lines(HOLD))
def test_a_condition_that_holds_is_proved(line: str) -> None:
    domain, condition = (part.strip() for part in line.split("|"))
    assert _answer(domain, condition) == "unsat"
    assert relation(condition, domain).kind == "proved"


@pytest.mark.parametrize("line", lines(FAIL))
def test_a_condition_that_fails_somewhere_is_refuted(line: str) -> None:
    domain, condition = (part.strip() for part in line.split("|"))
    assert _answer(domain, condition) != "unsat"
    assert relation(condition, domain).kind == "refuted"


def test_depthwise_separable_is_cheaper_over_the_integers() -> None:
    domain = COSTS.format("integer")
    assert _answer(domain, f"{DEPTHWISE} = Bracket(1/D+1/K^2<1)") == "unsat"
    assert equation(DEPTHWISE, "Bracket(1/D+1/K<1)", domain).kind == "refuted"


def test_the_certificate_is_text_that_can_be_asked_again() -> None:
    verdict = equation("x/sqrt(x^2)", "sign(x)", "x: real")
    assert verdict.kind == "proved"
    leaf = verdict.certificate.premises[0]
    assert (leaf.rule, leaf.obligation.kind) == ("unsatisfiable negation", "smt-lib")
    assert smt.satisfiable(leaf.obligation.text) == "unsat"
    without = leaf.obligation.text.rsplit("(assert", 1)[0]
    assert smt.satisfiable(without) != "unsat"  # the assumptions alone contradict nothing


@pytest.mark.parametrize(
    ("condition", "assumed"),
    [
        ("x > 5", "x: real; x^2 < 0"),
        ("n = 7", "n: integer; 2 divides n; 2 divides n+1"),
        ("floor(x) = ceil(x)+1", "x: real; x < y; y < x"),
    ],
)
def test_contradictory_premises_prove_nothing(condition: str, assumed: str) -> None:
    with pytest.raises(AuthorError, match="contradict"):
        relation(condition, assumed)


def test_a_branch_that_is_never_taken_says_nothing() -> None:
    """What a dead branch needs may fail without making the whole question empty."""
    assert _answer("x: real", "Cases((floor(1/(x-x)),x<x),x) = x") == "unsat"
    assert _answer("x: real", "Cases((floor(1/(x-x)),x<x),x) = x+1") != "unsat"
    assert _answer("x: real", "Cases((sqrt(-1-x^2),x<x),x) = x+1") != "unsat"
    assert _answer("x: real", "Cases((root(1/(x-x),3),x<x),x) = x+1") != "unsat"
    assert _answer("x: real", "Cases((exp(1/(x-x)),x<x),exp(x)) = 1") != "unsat"
    assert _answer("x: real", "x + Bracket(x<x)*mod(x,0) = x+1") != "unsat"


def test_one_constant_only_for_what_is_equal_and_equally_defined() -> None:
    x, n = read("w[n+1+n]").formula, read("w[1+2*n]").formula
    assert key_of(x) == key_of(n)
    assert key_of(read("exp(x/x)").formula) != key_of(read("exp(1)").formula)
    assert key_of(read("f(x)").formula) != key_of(read("g(x)").formula)


def test_matrices_are_not_translated() -> None:
    facts = Facts(Given((("A", Domain("matrix", shape=(Symbol("n"), Symbol("n")))),)))
    with pytest.raises(Untranslated):
        Terms(facts).term(Symbol("A"))
    large = add(Call("floor", (Symbol("x") / k,)) for k in range(1, 2_000))
    with pytest.raises(Untranslated):
        smt.negation(Compare("=", large, 0), Facts(Given(), (large,)))


def test_numbers_are_written_without_signs_or_points() -> None:
    assert literal(Fraction(-7, 2))[:2] == ("(- 7)", "2")


def test_without_z3_nothing_is_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    verdict = equation("x/sqrt(x^2)", "sign(x)", "x: real")
    assert verdict.kind == "undecided"
    assert "z3: not installed" in verdict.tried


def test_a_small_budget_only_leaves_open() -> None:
    text = smt.negation(
        read("floor(floor(floor(n/a)/b)/c) = floor(n/(a*b*c))").formula,
        Facts(given("n: integer; a,b,c: positive integer")),
    )
    assert smt.satisfiable(text) == "unsat"
    assert smt.satisfiable(text, 100) == "not decided within its budget"


_QUESTIONS = (
    ("n: integer; a,b: positive integer", "floor(floor(n/a)/b)", "floor(n/(a*b))"),
    ("x,y: real", "max(x,y)*sqrt(x^2)", "max(x,y)*abs(x)"),
    ("K,D: positive integer", "Bracket(K>=2 and D>=2)", "Bracket(K^2+D<K^2*D)"),
    ("a,x: real", "relu(a*x)", "a*relu(x)"),
)


def _proof(question: tuple[str, str, str]) -> str:
    granted = given(question[0])
    sides = [read(side, granted).formula for side in question[1:]]
    notes = Notes()
    found = smt.solver(Question(*sides, Facts(granted, tuple(sides))), notes)
    shown = "" if found is None else f"{found.method} {found.certificate!r}"
    return f"{shown} {notes.tried}"


def test_threads_find_the_same() -> None:
    alone = [_proof(question) for question in _QUESTIONS]
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(_proof, _QUESTIONS * 8))
    assert found == alone * 8


def test_every_hash_seed_finds_the_same() -> None:
    code = "from tests.prover.test_smt import _proof, _QUESTIONS; print(*map(_proof, _QUESTIONS))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(outputs) == 1
    assert "unsatisfiable negation" in outputs.pop()


def test_what_a_candidate_needs_is_shown_wherever_the_reference_is_defined() -> None:
    assert equation("sqrt(x*y)", "sqrt(x)*sqrt(y)", "x,y: real").kind == "proved"
    assert equation("sqrt(x)*sqrt(y)", "sqrt(x*y)", "x,y: real").kind == "refuted"
    assert relation("sqrt(x^2-2*x+2) > 0", "x: real").kind == "proved"
    assert relation("sqrt(x^2-2*x) >= 0", "x: real").kind == "undecided"
    assert relation("1/x != 0", "x: real").kind == "undecided"
    assert equation("log(x^2+1)", "log(1+x^2)", "x: real").kind == "proved"
    assert equation("sqrt(x-1)*sqrt(x+1)", "sqrt(x^2-1)", "x: real").kind == "refuted"
