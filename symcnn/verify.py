"""Text in, result out: the one entry that REPL, shell and grader use.

The package imports this file at once, so everything that it needs is imported inside the function.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from symcnn.formula.domains import Given
    from symcnn.verifying.result import Result


def verify(
    formula: Any,
    against: Any = None,
    given: str | Mapping[str, Any] | Given | None = None,
    symbols: Any = None,
    *,
    feedback: str | None = None,
    answers: Sequence[str | Path] = (),
) -> Result:
    """Whether ``formula`` equals ``against``; without it, whether the statement ``formula`` holds.

    Both are text, a Formula, a number, or SymPy; ``against`` may also be the id of a claim, such as
    ``"dl2/q4:output_entries"``, whose domains then hold. ``given`` says what the names stand for
    and what is granted: ``"K: positive integer; S divides N - K"``; ``symbols`` lists names that
    the text may use ("H W C_in"). The result is proved, refuted, undecided or invalid; against a
    claim it says no more than where it fails, unless ``feedback`` names a higher level
    (``feedback.py``). ``answers`` are directories to search for claims.

    Raises ParseError for text that cannot be read, AuthorError where one formula stands alone and
    states nothing, and for assumptions that contradict each other.

    >>> verify("(K + 1)^2", against="K^2 + 2*K + 1").kind
    'proved'
    >>> verify("(K + 1)^2 = K^2 + 1")
    refuted at K = 1: left 4, right 2
    holds when K = 0
    read:  (K + 1)^2 = K^2 + 1
    names: K: real (default)
    """
    from symcnn.verifying.checker import Checker, alone

    if against is not None:
        checker = Checker(against, given, feedback=feedback, symbols=symbols, answers=answers)
        return checker.judged(formula)
    result = alone(formula, given, symbols)
    if feedback is None:
        return result
    from symcnn.verifying.feedback import cut, level_of

    return cut(result, level_of(feedback, key=False))
