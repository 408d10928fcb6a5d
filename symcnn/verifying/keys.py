"""What an answer is compared with: a formula that a caller gives, or the reference of a claim.

A key is named like ``dl2/q4:output_entries``. Its reference is the right side of the claim, and its
domains are those that the claim grants.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from symcnn.errors import AuthorError
from symcnn.formula.conditions import Condition
from symcnn.formula.domains import Domain, Given
from symcnn.formula.nodes import Formula, Rational, Symbol
from symcnn.reading import Reading, read

if TYPE_CHECKING:
    from pathlib import Path

    from symcnn.claims.claim import Claim

_ID = re.compile(r"[A-Za-z0-9_-][\w.-]*/[\w.-]+:[A-Za-z_]\w*")
UNSAID = Domain("real", declared=False)


class Key(NamedTuple):
    """References (more than one where the text may mean several formulas), domains, and a start.

    ``start`` is the formula that a derivation begins with; ``claim_id`` is empty for a formula that
    the caller gave.
    """

    references: tuple[Formula, ...]
    given: Given
    start: Formula | None = None
    claim_id: str = ""


def is_claim_id(key: object) -> bool:
    """Whether the text is the id of a claim; no formula reads like one.

    >>> is_claim_id("dl2/q4:output_entries"), is_claim_id("a/b")
    (True, False)
    """
    return isinstance(key, str) and _ID.fullmatch(key.strip()) is not None


def read_key(key: Any, naming: Given, answers: Sequence[str | Path] = ()) -> Key:
    """The key that a claim id, a claim, a text, a Formula or SymPy stands for.

    Raises AuthorError for an unknown id and for a claim without a reference, ParseError for text.
    """
    if isinstance(key, str) and is_claim_id(key):
        return _from_id(key.strip(), answers)
    if hasattr(key, "granted") and hasattr(key, "corrected_by"):
        return from_claim(key, {})
    return Key(formulas(key, naming)[0], Given())


def formulas(side: Any, naming: Given) -> tuple[tuple[Formula, ...], Reading | None]:
    """Every formula that a side may mean, the first reading first; the reading if it was text."""
    if isinstance(side, str):
        side = read(side, naming)
    if isinstance(side, Reading):
        return (side.formula, *side.alternatives), side
    from symcnn.claims.statements import as_formula

    return (as_formula(side, naming),), None


def _from_id(claim_id: str, answers: Sequence[str | Path]) -> Key:
    from pathlib import Path

    from symcnn.resources import load_answer, select

    answer_id, _, name = claim_id.partition(":")
    [(_, path)] = select([answer_id], [Path(each) for each in answers])
    answer = load_answer(path)
    for each in answer.claims:
        if each.name == name:
            return from_claim(each, answer.problem.given)._replace(claim_id=claim_id)
    from difflib import get_close_matches

    near = get_close_matches(name, [each.name for each in answer.claims], n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else f"`symcnn show {answer_id}` lists them"
    raise AuthorError(f"{answer_id} has no claim {name!r}; {hint}")


def from_claim(claim: Claim, numbers: Mapping[str, int]) -> Key:
    """The reference of a claim.

    Raises AuthorError where the claim has none, or is expected to be wrong.
    """
    from symcnn.claims.statements import Derivation, Equation, Limit, Relation, equation_of
    from symcnn.claims.verdict import Refuted

    if claim.expect is Refuted:
        other = f"; {claim.corrected_by} corrects it" if claim.corrected_by else ""
        raise AuthorError(f"{claim.where()} is expected to be false and is no key{other}")
    statement = claim.statement(numbers)
    start: Formula | None = None
    reference: Any = None
    match statement:
        case Equation(_, rhs):
            reference = rhs
        case Derivation(first, links) if links:
            start, reference = first, links[-1].rhs
        case Limit(_, _, _, value):
            reference = value
        case Relation(condition):
            reference = equation_of(condition).rhs
    if not isinstance(reference, Formula):
        raise AuthorError(f"{claim.where()} has no formula to compare with: name an equation")
    return Key((reference,), claim.granted(numbers), start, claim.name)


def naming_of(symbols: Any) -> Given:
    """Names that the text may use, as a `Given` that says nothing else about them.

    ``symbols`` is text ("H W C_in"), a mapping from names to domains, or names and symbols in a
    row; SymPy's symbols bring their assumptions as domains.
    """
    if not symbols:
        return Given()
    if isinstance(symbols, Mapping):
        from symcnn.reading import read_given

        return read_given(symbols)
    words: Iterable[Any] = (
        re.split(r"[\s,]+", symbols.strip())
        if isinstance(symbols, str)
        else (symbols if isinstance(symbols, Iterable) else (symbols,))
    )
    return Given(tuple(_named(each) for each in words))


def _named(symbol: Any) -> tuple[str, Domain]:
    if isinstance(symbol, Symbol):
        return symbol.name, UNSAID
    name = symbol if isinstance(symbol, str) else getattr(symbol, "name", None)
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*'*", name):
        raise AuthorError(f"symbols: {symbol!r} is no name; write 'H W C_in' or SymPy symbols")
    if isinstance(symbol, str):
        return name, UNSAID
    if getattr(symbol, "is_integer", None):
        low = 1 if symbol.is_positive else 0 if symbol.is_nonnegative else None
        return name, Domain("integer", None if low is None else Rational(low))
    positive, nonnegative = symbol.is_positive, symbol.is_nonnegative
    if positive or nonnegative:
        return name, Domain("real", Rational(0), low_open=bool(positive))
    return name, UNSAID


def why_not_compared(answer: Formula, reference: Formula) -> str:
    """Why the two sides are of different kinds, in words; empty where both are of one kind.

    >>> from symcnn.formula.conditions import Compare
    >>> why_not_compared(Compare("<", Symbol("a"), Symbol("b")), Symbol("a"))
    'an equation or a condition stands where a formula should'
    """
    if isinstance(answer, Condition) == isinstance(reference, Condition):
        return ""
    if isinstance(answer, Condition):
        return "an equation or a condition stands where a formula should"
    return "a formula stands where an equation or a condition should"
