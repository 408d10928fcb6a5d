"""The bracket rung: sums are equal when their terms, over generic members of families, are.

Every member ``x[e]`` becomes ``x[h]`` with the bracket ``[h = e]`` at a generic index h; equations
then eliminate the old bound variables. Terms over the same members are one region question.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import permutations, product
from typing import NamedTuple

from symcnn.claims.certificate import Certificate
from symcnn.formula.binders import Binder
from symcnn.formula.nodes import Call, Formula, Index, Pow, Rational, Symbol, mul, number
from symcnn.formula.polynomials import Polynomial, TooLarge, as_formula, polynomial
from symcnn.formula.sums import Expander, Literal, Term, determined, literal, put_in
from symcnn.formula.traverse import bound_variables, free_names, substitute, walk
from symcnn.prover.closing import closed
from symcnn.prover.constraints import Reasoner, integral
from symcnn.prover.domains import Facts
from symcnn.prover.identities import certified, shown
from symcnn.prover.proof import Draft
from symcnn.prover.regions import QUOTIENTS, Piece, Regions

SYMMETRIES = 24


class Member(NamedTuple):
    """A factor with its index arguments taken out: the skeleton holds ``h0'...`` for them."""

    skeleton: Formula
    arguments: tuple[Formula, ...]


class Calculus:
    """One question: do these terms add up to 0?"""

    __slots__ = ("_expander", "_facts", "_generic", "_inside", "premises")

    def __init__(self, facts: Facts, formulas: tuple[Formula, ...]) -> None:
        self._facts = facts
        taken = tuple(name for f in formulas for name in _all_names(f))
        self._inside = (0, facts)
        self._expander = Expander(self._integer, taken)
        self._generic: dict[int, str] = {}
        self.premises: list[Draft] = []

    def _integer(self, f: Formula) -> bool:
        return self._within().integer(f)

    def _within(self) -> Facts:
        """The facts with every name made here as an integer."""
        made = self._expander.made
        if len(made) != self._inside[0]:
            self._inside = (len(made), self._facts.with_integers(tuple(made)))
        return self._inside[1]

    def vanishes(self, f: Formula, g: Formula) -> bool:
        """``f - g`` is 0 wherever both are defined. Raises `TooLarge`."""
        terms = self._expander.terms(f)
        terms += [t._replace(number=-t.number) for t in self._expander.terms(g)]
        reduced = [each for term in terms for each in self._closed(self._eliminated(term))]
        groups: dict[tuple[str, ...], list[tuple[Term, tuple[Member, ...]]]] = {}
        for term in reduced:
            members, rest = self._members(term)
            key = tuple(repr(member.skeleton) for member in members)
            groups.setdefault(key, []).append((term._replace(factors=rest), members))
        return all(self._group_vanishes(group) for group in groups.values())

    def _eliminated(self, term: Term) -> Term:
        while True:
            found = self._determined(term)
            if found is None:
                return term
            name, value, condition = found
            term = put_in(term, name, value, as_formula(value))
            if condition is not None:
                term = term._replace(literals=(*term.literals, condition))

    def _closed(self, term: Term) -> list[Term]:
        """Bound variables that only powers and one range mention are summed in closed form."""
        for name in term.bound:
            found = closed(term, name, lambda p: integral(self._within(), p), self._positive)
            if found is not None:
                return [each for part in found for each in self._closed(part)]
        return [term]

    def _positive(self, p: Polynomial) -> bool:
        return self._within().interval(as_formula(p)).positive

    def _determined(self, term: Term) -> tuple[str, Polynomial, Literal | None] | None:
        """A bound variable, its value, and what makes the value an integer."""
        for name, value, modulus in determined(term):
            rest = {m: c * modulus for m, c in value.items()}
            if integral(self._within(), rest):
                return name, value, literal(f"mod {modulus}", rest) if modulus > 1 else None
        return None

    def _members(self, term: Term) -> tuple[tuple[Member, ...], tuple[Formula, ...]]:
        """Factors with members of families, sorted; and the other factors."""
        members, rest = [], []
        for factor in term.factors:
            arguments: list[Formula] = []
            skeleton = self._skeleton(factor, arguments, frozenset(), term.bound)
            if arguments:
                members.append(Member(skeleton, tuple(arguments)))
            else:
                rest.append(factor)
        return tuple(sorted(members, key=lambda each: repr(each.skeleton))), tuple(rest)

    def _skeleton(
        self, f: Formula, arguments: list[Formula], inner: frozenset[str], bound: tuple[str, ...]
    ) -> Formula:
        def hole(argument: Formula) -> Formula:
            if argument not in arguments:
                arguments.append(argument)
            return Symbol(f"h{arguments.index(argument)}''''")

        def visit(node: Formula, inside: bool, hidden: frozenset[str]) -> Formula:
            seen = (n for i in node.children() for n in free_names(i))
            if isinstance(node, Index) and not hidden.intersection(seen):
                return Index(node.name, tuple(map(hole, node.indices)))
            if isinstance(node, Symbol) and node.name in bound and not inside:
                return hole(node)
            place = self._place(node, bound)
            if place is not None and not hidden.intersection(free_names(place)):
                return node.rebuild(
                    tuple(
                        hole(c) if c is place else visit(c, inside, hidden) for c in node.children()
                    )
                )
            children = node.children()
            if not children:
                return node
            names = bound_variables(node)
            if names and isinstance(node, Binder):
                canonical = f"c{len(hidden)}''''"
                node = type(node)(
                    substitute(node.body, {node.variable: Symbol(canonical)}),
                    canonical,
                    node.low,
                    node.high,
                )
                hidden = hidden.union((canonical,))
                children = node.children()
            return node.rebuild(tuple(visit(child, inside, hidden) for child in children))

        has_member = any(
            isinstance(node, Index) or self._place(node, bound) is not None for node in walk(f)
        )
        return visit(f, not has_member, inner)

    def _place(self, node: Formula, bound: tuple[str, ...]) -> Formula | None:
        """The integer in an exponent, a divisor or a counting function that a sum varies."""
        match node:
            case Pow(base, Rational(value=value)) if value < 0:
                found = base
            case Pow(_, Rational()):
                return None
            case Pow(_, exponent):
                found = exponent
            case Call("factorial" | "binomial", (*_, last)):
                found = last
            case _:
                return None
        varied = any(name in bound for name in free_names(found))
        return found if varied and self._integer(found) else None

    def _group_vanishes(self, group: list[tuple[Term, tuple[Member, ...]]]) -> bool:
        members = group[0][1]
        fixed = self._common(group)
        count = sum(len(member.arguments) for member in members)
        names = {slot: self._name(slot) for slot in range(count) if slot not in fixed}
        by_variables: dict[int, list[Piece]] = {}
        for term, own in group:
            orders = self._orders(own)
            for order in orders:
                arguments = [a for member in order for a in member.arguments]
                scaled = term._replace(number=term.number / len(orders))
                piece, free = self._piece(scaled, arguments, names)
                by_variables.setdefault(free, []).append(piece)
        return all(self._zero(pieces) for pieces in by_variables.values())

    def _common(self, group: list[tuple[Term, tuple[Member, ...]]]) -> frozenset[int]:
        """Argument positions at which all terms have the same argument, free of bound names."""
        if any(len(self._orders(members)) > 1 for _, members in group):
            return frozenset()
        seen: dict[int, set[Formula | None]] = {}
        for term, members in group:
            arguments = [a for member in members for a in member.arguments]
            for slot, argument in enumerate(arguments):
                bound = any(name in term.bound for name in free_names(argument))
                form = None if bound else as_formula(polynomial(argument))
                seen.setdefault(slot, set()).add(form)
        return frozenset(
            slot for slot, forms in seen.items() if len(forms) == 1 and None not in forms
        )

    def _name(self, slot: int) -> str:
        if slot not in self._generic:
            self._generic[slot] = self._expander.fresh(f"h{slot}")
        return self._generic[slot]

    def _orders(self, members: tuple[Member, ...]) -> list[tuple[Member, ...]]:
        """All orders of members with equal skeletons: a product does not tell them apart."""
        runs: list[list[Member]] = []
        for member in members:
            if runs and runs[-1][0].skeleton == member.skeleton:
                runs[-1].append(member)
            else:
                runs.append([member])
        count = 1
        for run in runs:
            for length in range(2, len(run) + 1):
                count *= length
        if count > SYMMETRIES:
            raise TooLarge
        choices = [list(permutations(run)) for run in runs]
        return [tuple(m for run in choice for m in run) for choice in product(*choices)]

    def _piece(
        self, term: Term, arguments: list[Formula], names: dict[int, str]
    ) -> tuple[Piece, int]:
        """The term at generic indices, and how many bound variables nothing determines."""
        equations = tuple(
            literal("=", polynomial(Symbol(name) - arguments[slot])) for slot, name in names.items()
        )
        at = self._eliminated(term._replace(literals=(*term.literals, *equations)))
        left = at.bound
        for position, name in enumerate(left):
            other = self._expander.named(f"v{position}''''")
            at = put_in(at, name, polynomial(Symbol(other)), Symbol(other))
        return Piece(mul((number(at.number), *at.factors)), at.literals), len(left)

    def _zero(self, pieces: list[Piece]) -> bool:
        facts = self._within().with_integers(QUOTIENTS)

        decided: dict[tuple[Formula, tuple[Formula, ...]], bool] = {}

        def is_zero(weight: Formula, known: tuple[Formula, ...]) -> bool:
            found = decided.get((weight, known))
            if found is None:
                ring = shown(weight, Rational(0), facts.assuming(known))
                found = decided[weight, known] = ring is not None
                if ring is not None:
                    self.premises.append(partial(certified, weight, Rational(0), ring))
            return found

        regions = Regions(Reasoner(facts), is_zero, lambda p: integral(facts, p))
        vanishes = regions.vanish(pieces)
        self.premises += regions.excluded
        return vanishes


def _all_names(top: Formula) -> list[str]:
    return [
        name
        for node in walk(top)
        for name in (*free_names(node), *bound_variables(node))
        if isinstance(node, (Symbol, Index)) or bound_variables(node)
    ]


def sums_premises(
    f: Formula, g: Formula, facts: Facts
) -> Callable[[], tuple[Certificate, ...]] | None:
    """Equal by brackets wherever both are defined: the weights that are 0, the empty cells.

    The certificates are written when they are asked for.

    >>> from symcnn.formula.binders import Sum
    >>> from symcnn.formula.domains import Given
    >>> i, n, x = Symbol("i"), Symbol("n"), lambda k: Index("x", (k,))
    >>> shifted = Sum(x(i + 1), "i", Rational(-1), n - 1)
    >>> whole = Sum(x(i), "i", Rational(0), n)
    >>> found = sums_premises(shifted, whole, Facts(Given(), (whole,)))
    >>> [each.rule for each in found()] if found else None
    ['rational normal form']
    """
    calculus = Calculus(facts, (f, g))
    try:
        if not calculus.vanishes(f, g):
            return None
    except TooLarge:
        return None
    return lambda: tuple(dict.fromkeys(draft() for draft in calculus.premises))
