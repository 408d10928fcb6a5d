"""The names with which an answer is read: those of the caller, of the key, and undeclared ones."""

from __future__ import annotations

from symcnn.formula.conditions import Compare
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Formula, Index, Symbol, Unknown
from symcnn.formula.traverse import free_names, walk


def unsaid(references: tuple[Formula, ...], given: Given) -> Given:
    """The names of the key that nobody declares, as they occur there: numbers, families, functions.

    A name that stands for two sorts of things there is left to the reader of the answer.
    """
    found: dict[str, Domain] = {}
    for each in references:
        for node in walk(each):
            match node:
                case Unknown(name, _, _):
                    domain = Domain("function", declared=False)
                case Index(name, indices):
                    domain = Domain(indices=len(indices), declared=False)
                case Symbol(name):
                    domain = Domain(declared=False)
                case _:
                    continue
            found[name] = domain if found.get(name, domain) == domain else Domain(declared=False)
    free = [name for each in references for name in free_names(each)]
    rest = [name for name in dict.fromkeys(free) if given.domain(name) is None]
    return Given(tuple((name, found.get(name, Domain(declared=False))) for name in rest))


def joined(first: Given, second: Given) -> Given:
    """Both; what the first says about a name stays."""
    more = tuple(pair for pair in second.domains if first.domain(pair[0]) is None)
    if not more and not second.relations:
        return first
    return Given((*first.domains, *more), (*first.relations, *second.relations))


def declared(given: Given) -> tuple[tuple[str, Domain], ...]:
    """The domains that somebody has said."""
    return tuple(pair for pair in given.domains if pair[1].declared)


def without_name(candidate: Formula, naming: Given) -> tuple[Formula, str]:
    """``y = formula`` names the answer where nobody else uses y."""
    match candidate:
        case Compare("=", Symbol(name) | Index(name, _), rhs):
            if naming.domain(name) is None and name not in free_names(rhs):
                return rhs, name
    return candidate, ""
