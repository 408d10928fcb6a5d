"""Constants of the solver for what is no arithmetic: names, roots, exponentials, members, sums.

Two formulas share a constant only if they are defined at the same points and equal there. What is
asserted of a constant some number satisfies, whatever the others are.
"""

from __future__ import annotations

from symcnn.formula.arrays import Array, Table
from symcnn.formula.nodes import Add, Call, Formula, Index, Mul, Pow, Rational, Symbol
from symcnn.formula.plain import plain
from symcnn.formula.polynomials import TooLarge, polynomial
from symcnn.formula.traverse import walk
from symcnn.prover.domains import Facts, constant
from symcnn.prover.intervals import Interval
from symcnn.prover.smt_script import (
    ONE,
    TRUE,
    ZERO,
    Script,
    Term,
    Untranslated,
    conjunction,
    implication,
    literal,
    merged,
)

ARRAYS = ("transpose", "kron", "hadamard", "det", "trace", "infinity")


class Constants:
    """The constants of one query, and the script in which they are declared.

    >>> from symcnn.formula.domains import Given
    >>> x = Symbol("x")
    >>> Constants(Facts(Given(), (x,))).symbol("x").num
    'x1'
    """

    __slots__ = ("_exponentials", "_symbols", "facts", "script")

    def __init__(self, facts: Facts) -> None:
        self.script = Script()
        self.facts = facts
        self._symbols: dict[str, Term] = {}
        self._exponentials: list[tuple[Term, Term]] = []

    def symbol(self, name: str) -> Term:
        """The number that a name stands for. Raises `Untranslated`."""
        found = self._symbols.get(name)
        if found is not None:
            return found
        symbol = Symbol(name)
        domain = self.facts.domains.get(name)
        if domain is None or domain.indices or domain.kind not in ("integer", "real"):
            raise Untranslated(f"{name} is no number")
        whole = self.facts.integer(symbol)
        found = self.script.constant(("symbol", name), whole=whole, says=name)
        self._symbols[name] = found
        self._within(found, self.facts.bounds(name))
        if domain.nonzero:
            self.script.claim(self.script.compare("!=", found, ZERO))
        return found

    def _within(self, term: Term, bounds: Interval) -> None:
        if bounds.empty:
            return
        if bounds.low is not None:
            op = ">" if bounds.low_open else ">="
            self.script.claim(self.script.compare(op, term, literal(bounds.low)))
        if bounds.high is not None:
            op = "<" if bounds.high_open else "<="
            self.script.claim(self.script.compare(op, term, literal(bounds.high)))

    def root(self, under: Term, degree: int) -> Term:
        """The real root: a new s with ``s^degree = under``, and ``s >= 0`` for even degrees."""
        key = ("root", degree, under.num, under.den)
        even = degree % 2 == 0
        script = self.script
        defined = script.compare(">=", under, ZERO) if even else TRUE
        found = script.known(key)
        if found is None:
            found = script.constant(key, whole=False, letter="s")
            raised = found
            for _ in range(degree - 1):
                raised = script.times(raised, found)
            fact = script.compare("=", raised, under)
            if even:
                fact = implication((defined,), conjunction((f"(>= {found.num} 0.0)", fact)))
            script.claim(script.defining(under, fact))
        return found._replace(needs=merged(under.needs, (defined,) if even else ()))

    def exponential(self, inner: Formula, argument: Term) -> Term:
        """``exp(u)``, or ``1/exp(-u)`` where u begins with a minus; it grows, and is 1 at 0."""
        script = self.script
        key = key_of(inner)
        flipped = False
        if isinstance(key, tuple) and key[0] == "polynomial" and key[1]:
            flipped = key[1][0][1] < 0
            if flipped:
                key = ("polynomial", tuple((m, -c) for m, c in key[1]))
        found = script.known(("exp", key))
        if found is None:
            says = f"exp(-({plain(inner)}))" if flipped else f"exp({plain(inner)})"
            found = script.constant(("exp", key), whole=False, says=says, letter="e")
            script.claim(f"(> {found.num} 0.0)")
            at = script.negative(argument) if flipped else argument
            for u, e in ((ZERO, ONE), *self._exponentials):
                needs = merged(at.needs, u.needs)
                for op in ("<", "="):
                    sides = script.compare(op, at, u), script.compare(op, found, e)
                    script.claim(implication(needs, f"(= {sides[0]} {sides[1]})"))
            self._exponentials.append((at, found))
        found = found._replace(needs=argument.needs)
        return script.inverse(found, 1) if flipped else found

    def opaque(self, f: Formula) -> Term:
        """One constant for all formulas of this normal form."""
        for node in walk(f):
            domain = self.facts.domains.get(node.name) if isinstance(node, Symbol) else None
            if isinstance(node, (Array, Table)) or (domain and domain.kind == "matrix"):
                raise Untranslated("the solver is not asked about arrays")
            if isinstance(node, Call) and node.name in ARRAYS:
                raise Untranslated(f"the solver is not asked about {node.name}")
        key = key_of(f)
        found = self.script.known(key)
        if found is None:
            whole = self.facts.integer(f)
            found = self.script.constant(key, whole=whole, says=plain(f), letter="c")
            self._within(found, self.facts.interval(f))
            if self.facts.is_nonzero(f):
                self.script.claim(self.script.compare("!=", found, ZERO))
        return found


def key_of(f: Formula) -> object:
    """Equal for formulas that are defined at the same points and equal there.

    >>> x = Symbol("x")
    >>> key_of(Index("w", (x + 1 + x,))) == key_of(Index("w", (1 + 2 * x,)))
    True
    """
    if _is_polynomial(f):
        try:
            terms = polynomial(f).items()
        except TooLarge:
            return f
        return "polynomial", tuple(sorted(terms, key=lambda term: repr(term[0])))
    match f:
        case Index(name, indices):
            return "member", name, tuple(map(key_of, indices))
        case Call(name, args):
            return name, tuple(map(key_of, args))
        case Pow(base, exponent):
            return "power", key_of(base), key_of(exponent)
    return "as written", f


def _is_polynomial(f: Formula) -> bool:
    match f:
        case Symbol() | Rational():
            return True
        case Add(args) | Mul(args):
            return all(map(_is_polynomial, args))
        case Pow(base, Rational(value=power)) if power.denominator == 1:
            if power < 0:
                return bool(constant(base))
            return _is_polynomial(base)
    return False
