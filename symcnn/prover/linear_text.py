"""A linear system over monomials as SMT-LIB text: what no point satisfies, for another solver.

Every monomial becomes a variable of its own, so the text claims more than is needed: it has no
solution even where the monomials have nothing to do with each other.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symcnn.formula.polynomials import ONE, Monomial, Polynomial


def smt_lib(system: list[tuple[str, Polynomial]], whole: Callable[[Monomial], bool]) -> str:
    """Declarations and one assertion for each ``p >= 0``, ``p > 0`` or ``p = 0``.

    >>> print(smt_lib([(">", {(): Fraction(-1)})], lambda monomial: True))
    (assert (> (- 1.0) 0.0))
    """
    names: dict[Monomial, str] = {}
    lines = []
    for _, p in system:
        for monomial in p:
            if monomial != ONE and monomial not in names:
                names[monomial] = f"m{len(names)}"
                sort = "Int" if whole(monomial) else "Real"
                lines.append(f"(declare-const {names[monomial]} {sort})")
    integers = {monomial for monomial in names if whole(monomial)}
    for op, p in system:
        parts = [_part(m, c, names, m in integers) for m, c in p.items()]
        total = f"(+ {' '.join(parts)})" if len(parts) > 1 else "".join(parts) or "0.0"
        lines.append(f"(assert ({op} {total} 0.0))")
    return "\n".join(lines)


def _part(monomial: Monomial, c: Fraction, names: dict[Monomial, str], integer: bool) -> str:
    number = f"{abs(c.numerator)}.0" if c.denominator == 1 else _quotient(abs(c))
    number = f"(- {number})" if c < 0 else number
    if monomial == ONE:
        return number
    name = f"(to_real {names[monomial]})" if integer else names[monomial]
    return name if c == 1 else f"(* {number} {name})"


def _quotient(c: Fraction) -> str:
    return f"(/ {c.numerator}.0 {c.denominator}.0)"
