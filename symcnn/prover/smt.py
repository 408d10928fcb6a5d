"""The last rung: z3 is asked whether the negation of a claim can be satisfied, as SMT-LIB text.

Only "unsat" counts, and then the text is the evidence: whoever runs it again finds the same. The
budget is z3's own count of steps, every query has a context of its own, and no model is looked at.
The bare solver is asked first, then the one that chooses a strategy by the form of the question. A
step may grow without end, where numbers square themselves: the clock is the guard against that.
"""

from __future__ import annotations

from symcnn.formula.binders import Binder
from symcnn.formula.conditions import Compare
from symcnn.formula.nodes import Formula, Symbol
from symcnn.formula.plain import plain
from symcnn.formula.traverse import free_names, walk
from symcnn.prover.domains import Facts
from symcnn.prover.outside import pulled
from symcnn.prover.proof import Notes, Proof, Question, leaf
from symcnn.prover.smt_script import Untranslated
from symcnn.prover.smt_terms import Terms
from symcnn.prover.unroll import unroll

UNITS = 3_000_000
_BARE = 100_000  # of them, at most: what the bare solver shows it shows soon
_GUARD = 60_000  # milliseconds, many times what the units take


def solver(question: Question, notes: Notes) -> Proof | None:
    """No point satisfies: both sides are defined and differ."""
    facts = question.facts
    sides = [_prepared(side, facts) for side in (question.lhs, question.rhs)]
    return _by_negation(Compare("=", *sides), question.goal, facts, notes)


def solver_condition(condition: Formula, facts: Facts, notes: Notes) -> Proof | None:
    """No point satisfies: the condition is defined and false."""
    return _by_negation(_prepared(condition, facts), plain(condition), facts, notes)


def _prepared(f: Formula, facts: Facts) -> Formula:
    f = unroll(f)
    return pulled(f, facts) if any(isinstance(node, Binder) for node in walk(f)) else f


def _by_negation(condition: Formula, goal: str, facts: Facts, notes: Notes) -> Proof | None:
    try:
        text = negation(condition, facts)
    except Untranslated as untranslated:
        notes.add("z3", str(untranslated))
        return None
    answer = satisfiable(text)
    if answer != "unsat":
        notes.add("z3", answer)
        return None
    return Proof("z3", leaf("unsatisfiable negation", goal, "smt-lib", text))


def negation(condition: Formula, facts: Facts, within: Formula | None = None) -> str:
    """SMT-LIB text that some point satisfies if the condition is false at a point of the domain.

    With ``within`` only points where that formula is defined count. Raises `Untranslated`.

    >>> from symcnn.formula.domains import Given
    >>> x = Symbol("x")
    >>> print(negation(Compare(">=", x**2, 0), Facts(Given(), (x,))), end="")
    (declare-const x1 Real) ; x
    (assert (not (>= (* x1 x1) 0.0)))
    """
    terms = Terms(facts)
    false = terms.truth(condition).false
    names = dict.fromkeys(free_names(condition))
    if within is not None:
        _assert_defined(terms, within, names)
    _assume(terms, names, facts)
    terms.script.claim(false)
    return terms.script.text()


def _assert_defined(terms: Terms, f: Formula, names: dict[str, None]) -> None:
    try:
        needs = terms.term(f).needs
    except Untranslated:
        return
    names.update(dict.fromkeys(free_names(f)))
    for need in needs:
        terms.script.claim(need)


def _assume(terms: Terms, names: dict[str, None], facts: Facts) -> None:
    """Assert what is granted about these names, and about those that this leads to."""
    left = [*_ends(facts), *facts.relations]
    while True:
        connected = [each for each in left if names.keys() & set(free_names(each))]
        if not connected:
            return
        left = [each for each in left if each not in connected]
        for relation in connected:
            names.update(dict.fromkeys(free_names(relation)))
            try:
                terms.script.claim(terms.truth(relation).true)
            except Untranslated:
                continue


def _ends(facts: Facts) -> list[Formula]:
    """Bounds of domains that are formulas in other names."""
    found: list[Formula] = []
    for name, domain in facts.domains.items():
        if domain.indices or domain.kind not in ("integer", "real"):
            continue
        for end, strict, op in (
            (domain.low, domain.low_open, ">"),
            (domain.high, domain.high_open, "<"),
        ):
            if end is not None and free_names(end):
                found.append(Compare(op if strict else op + "=", Symbol(name), end))
    return found


def satisfiable(text: str, units: int = UNITS) -> str:
    """Either "unsat", or why it is not known to be: the answer of z3 to SMT-LIB text.

    >>> satisfiable("(declare-const x Real) (assert (< (* x x) 0.0))")
    'unsat'
    """
    try:
        import z3
    except ImportError:
        return "not installed"
    answer = "unknown"
    for kind, most in ((z3.SimpleSolver, min(_BARE, units)), (z3.Solver, units)):
        asked = kind(ctx=z3.Context())
        asked.set("rlimit", most)
        asked.set("timeout", _GUARD)
        asked.set("ctrl_c", False)
        try:
            asked.from_string(text)
            answer = str(asked.check())
        except z3.Z3Exception:
            return "stopped with an error"
        if answer != "unknown":
            break
    if answer == "unsat":
        return answer
    if answer == "sat":
        return "the negation can be satisfied, as far as it is told what the terms mean"
    return "not decided within its budget"
