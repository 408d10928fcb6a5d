"""Is a signed sum of brackets zero at every integer point? Decided cell by cell.

The conditions of all terms cut space into cells; contradictory cells are left out, and in every
other one the coefficients of the terms that are 1 there must add up to the zero function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from symcnn.formula.conditions import Compare
from symcnn.formula.nodes import Formula, Symbol, add, number
from symcnn.formula.polynomials import Polynomial, as_formula, names_in, plus, slope
from symcnn.formula.sums import Literal, Literals, literal
from symcnn.formula.traverse import free_names, substitute
from symcnn.prover.constraints import Condition, Reasoner
from symcnn.prover.proof import Draft

CELLS = 3_000
# Names of the quotients in "m divides p, that is p = m*t": integers that nothing else mentions.
QUOTIENTS = tuple(f"t{number}''''" for number in range(12))


class Piece(NamedTuple):
    """``weight * [all literals]``."""

    weight: Formula
    literals: Literals


class Regions:
    """Decides whether pieces add up to 0. ``is_zero`` decides it for weights."""

    __slots__ = ("_integer", "_is_zero", "_left", "_reasoner", "excluded")

    def __init__(
        self,
        reasoner: Reasoner,
        is_zero: Callable[[Formula, tuple[Formula, ...]], bool],
        integer: Callable[[Polynomial], bool],
    ) -> None:
        self._reasoner = reasoner
        self._is_zero = is_zero
        self._integer = integer
        self._left = CELLS
        self.excluded: list[Draft] = []

    def vanish(self, pieces: list[Piece]) -> bool:
        """The sum of the pieces is 0 everywhere; False where this is not shown."""
        return self._cell(_gathered(pieces), [], ())

    def _cell(self, pieces: list[Piece], known: list[Condition], opaque: Literals) -> bool:
        self._left -= 1
        if self._left < 0:
            return False
        if not pieces:
            return True
        first = self._next(pieces)
        if first is None:
            return self._vanishes(add(piece.weight for piece in pieces), known)
        if first.condition is not None:
            return self._opaque_cell(first, pieces, known, opaque)
        p = first.polynomial()
        minus = {m: -c for m, c in p.items()}
        branches: list[tuple[Condition, bool]]
        match first.op.split():
            case ["mod", modulus]:
                return self._residue_cells(first, int(modulus), pieces, known, opaque)
            case ["="]:
                branches = [(("=", p), True), ((">", p), False), ((">", minus), False)]
            case [">="]:
                branches = [((">=", p), True), ((">", minus), False)]
            case _:
                branches = [((">", p), True), ((">=", minus), False)]
        for condition, holds in branches:
            within = [*known, self._whole(condition)]
            if self._reasoner.contradictory(within):
                self.excluded.append(partial(self._reasoner.excluded, within))
                continue
            if not self._cell(_decided(pieces, first, holds), within, opaque):
                return False
        return True

    def _residue_cells(
        self,
        first: Literal,
        modulus: int,
        pieces: list[Piece],
        known: list[Condition],
        opaque: Literals,
    ) -> bool:
        """``p = modulus*t + r`` for every residue r; the literal holds for r = 0."""
        used = {name for _, p in known for name in names_in(p)}
        free = [name for name in QUOTIENTS if name not in used]
        if not free:
            return False
        multiple: Polynomial = {((Symbol(free[0]), 1),): Fraction(modulus)}
        for residue in range(modulus):
            form = plus(plus(first.polynomial(), multiple, -1), {(): Fraction(residue)}, -1)
            form = {m: c for m, c in form.items() if c}
            within: list[Condition] = [*known, ("=", form)]
            if self._reasoner.contradictory(within):
                self.excluded.append(partial(self._reasoner.excluded, within))
                continue
            if not self._cell(_decided(pieces, first, residue == 0), within, opaque):
                return False
        return True

    def _whole(self, condition: Condition) -> Condition:
        op, p = condition
        if op == ">" and self._integer(p):
            return ">=", plus(p, {(): Fraction(1)}, -1)
        return condition

    def _opaque_cell(
        self, first: Literal, pieces: list[Piece], known: list[Condition], opaque: Literals
    ) -> bool:
        other = first._replace(op="is not" if first.op == "is" else "is")
        for here, there in ((first, other), (other, first)):
            rest = _decided(_decided(pieces, here, True), there, False)
            if not self._cell(rest, known, (*opaque, here)):
                return False
        return True

    def _next(self, pieces: list[Piece]) -> Literal | None:
        """The literal that most pieces have, the first of them in the order of writing."""
        counts: dict[Literal, int] = {}
        for piece in pieces:
            for each in piece.literals:
                counts[each] = counts.get(each, 0) + 1
        if not counts:
            return None
        most = max(counts.values())
        return next(each for each, count in counts.items() if count == most)

    def _vanishes(self, weight: Formula, known: list[Condition]) -> bool:
        if self._is_zero(weight, ()):
            return True
        solved = weight
        for op, p in known:
            if op != "=":
                continue
            for name in free_names(solved):
                factor = slope(p, name)
                if factor is not None and factor in ({(): Fraction(1)}, {(): Fraction(-1)}):
                    sign = factor[()]
                    rest = plus(p, {((Symbol(name), 1),): sign}, -1)
                    value = as_formula({m: -c / sign for m, c in rest.items()})
                    solved = substitute(solved, {name: value})
                    break
        bounds = tuple(bound for condition in known for bound in _bounds(condition))
        return (solved != weight or bool(bounds)) and self._is_zero(solved, bounds)


def _bounds(condition: Condition) -> Iterator[Formula]:
    """What the condition says about a single name."""
    op, p = condition
    names = names_in(p)
    factor = slope(p, names[0]) if len(names) == 1 else None
    if factor is not None and tuple(factor) == ((),):
        scale = factor[()]
        end = number(-p.get((), Fraction(0)) / scale)
        yield Compare(op if scale > 0 else op.replace(">", "<"), Symbol(names[0]), end)


def normal(each: Literal) -> Literal:
    """A literal whose form is sorted and without a common factor."""
    if each.condition is not None:
        return each
    p = each.polynomial()
    if each.op.startswith("mod"):
        return _residual(each, p)
    if not p:
        return each
    order = sorted(p, key=repr)
    scale = abs(p[order[-1]])
    if each.op == "=":
        scale = p[order[-1]]
    return literal(each.op, {m: p[m] / scale for m in order})


def _residual(each: Literal, p: Polynomial) -> Literal:
    """Coefficients between 0 and the modulus: those of the form or of its negative."""
    modulus = int(each.op.split()[1])
    if any(c.denominator != 1 for c in p.values()):
        return each
    forms = []
    for sign in (1, -1):
        reduced = {m: sign * c % modulus for m, c in p.items()}
        forms.append({m: reduced[m] for m in sorted(reduced, key=repr) if reduced[m]})
    return literal(each.op, min(forms, key=repr))


def _gathered(pieces: list[Piece]) -> list[Piece]:
    """Literals in normal form; pieces of equal literals are added, contradictory ones dropped."""
    found: dict[frozenset[Literal], Piece] = {}
    for piece in pieces:
        literals = _plain(tuple(dict.fromkeys(map(normal, piece.literals))))
        if literals is None:
            continue
        key = frozenset(literals)
        before = found.get(key)
        weight = piece.weight if before is None else before.weight + piece.weight
        found[key] = Piece(weight, literals if before is None else before.literals)
    return list(found.values())


def _plain(literals: Literals) -> Literals | None:
    """Literals between numbers are decided; None where one is false."""
    kept = []
    for each in literals:
        if each.condition is None and all(m == () for m, _ in each.form):
            value = each.polynomial().get((), Fraction(0))
            if not _holds(each.op, value):
                return None
        else:
            kept.append(each)
    return tuple(kept)


def _holds(op: str, value: Fraction) -> bool:
    match op.split():
        case ["="]:
            return value == 0
        case [">="]:
            return value >= 0
        case [">"]:
            return value > 0
        case [_, modulus]:
            return value % int(modulus) == 0
    raise ValueError(op)


def _decided(pieces: list[Piece], which: Literal, holds: bool) -> list[Piece]:
    found = []
    for piece in pieces:
        if which not in piece.literals:
            found.append(piece)
        elif holds:
            rest = tuple(each for each in piece.literals if each != which)
            found.append(Piece(piece.weight, rest))
    return found
