"""Error carried forward: is an answer right for the student's own earlier value, and earned?

A value that makes the question trivial earns nothing: one that is 0, that the answer repeats, that
removes a name or a part of the key, or that leaves a part of the key alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symcnn.claims.statements import Equation
from symcnn.errors import AuthorError
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Add, Formula, Mul, Rational, Symbol
from symcnn.formula.traverse import free_names, fresh, substitute, walk
from symcnn.prover import settle


def earns(raw: Formula, own: Mapping[str, Formula], given: Given) -> bool:
    """Whether the key ``raw`` with the student's ``own`` values still asks something.

    >>> from symcnn.reading import read
    >>> n, key = read("n").formula, read("n*K + C").formula
    >>> [earns(key, {"n": read(each).formula}, Given()) for each in ("5", "0", "1/K")]
    [True, False, False]
    """
    ours = substitute(raw, own)
    if any(_same(value, Rational(0), given) for value in own.values()):
        return False
    if any(_same(ours, value, given) for value in own.values()):
        return False
    if any(_same(ours, part, given) for part in _parts(raw, frozenset(own))):
        return False
    others = [name for name in free_names(raw) if name not in own]
    return all(not _ignores(ours, name, given) for name in others if not _ignores(raw, name, given))


def _parts(raw: Formula, used: frozenset[str]) -> Iterator[Formula]:
    """What is written in the key without the used names, and the key without a part that has one.

    >>> from symcnn.formula.plain import plain
    >>> n, K = Symbol("n"), Symbol("K")
    >>> [plain(each) for each in _parts(n * (K + 1) * 7, frozenset("n"))]
    ['(K + 1)*7', 'K + 1', 'K', '1', '7']
    """
    if isinstance(raw, (Add, Mul)):
        rest = tuple(each for each in raw.args if used.isdisjoint(free_names(each)))
        if rest:
            yield rest[0] if len(rest) == 1 else type(raw)(rest)
    for node in walk(raw):
        if node is not raw and used.isdisjoint(free_names(node)):
            yield node


def _same(a: Formula, b: Formula, given: Given) -> bool:
    try:
        return settle(Equation(a, b), given).kind == "proved"
    except AuthorError:
        return False


def _ignores(formula: Formula, name: str, given: Given) -> bool:
    """The value does not change with the name."""
    other = fresh(f"{name}_other", frozenset((*free_names(formula), *dict(given.domains))))
    domain = given.domain(name)
    wider = given if domain is None else Given((*given.domains, (other, domain)), given.relations)
    moved = substitute(formula, {name: Symbol(other)})
    return moved == formula or _same(formula, moved, wider)
