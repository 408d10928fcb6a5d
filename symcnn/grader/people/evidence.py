"""A verdict on an answer as lines for a person: how it was proved, or where both sides differ."""

from __future__ import annotations

from collections.abc import Iterator

from symcnn.claims.certificate import Certificate
from symcnn.claims.verdict import HoldsUnder, Proved, Refuted, Undecided, Witness
from symcnn.formula.plain import plain, plain_value
from symcnn.grader.outputs.texts import one_line
from symcnn.grader.people.words import word
from symcnn.verifying.display import group_text
from symcnn.verifying.result import Invalid, Result

_LEAVES = 6
_WIDE = 160


def evidence_lines(result: Result, language: str) -> tuple[str, ...]:
    """The verdict and what shows it; every number in it was worked out exactly.

    >>> from symcnn import verify
    >>> print("\\n".join(evidence_lines(verify("K + K", against="2*K"), "en")))
    proved by rational normal form
    polynomial identity: K + K = 2*K over K
    point: K = 0
    >>> print("\\n".join(evidence_lines(verify("K + 1", against="2*K"), "en")))
    refuted at K = 0: the answer is 1, the key 0
    it would be right when K = 1
    """
    return tuple(_lines(result, language))


def _lines(result: Result, language: str) -> Iterator[str]:
    match result.verdict:
        case Proved(method, certificate, domain) | HoldsUnder(_, method, certificate, _, domain):
            yield word("proved", language, method=method)
            if domain is not None:
                yield word("wherever", language, condition=plain(domain))
            leaves = list(dict.fromkeys(_leaves(certificate)))
            yield from (one_line(each, _WIDE) for each in leaves[:_LEAVES])
            if len(leaves) > _LEAVES:
                yield word("more-steps", language, count=len(leaves) - _LEAVES)
        case Refuted(witness, holds_when, message):
            yield _witness(witness, language)
            if message:
                yield message
            for group in holds_when:
                yield word("would-hold", language, condition=group_text(group))
        case Undecided(reason, tried):
            yield word("not-decided", language, reason=reason)
            if tried:
                yield word("tried-rungs", language, rungs=", ".join(tried))
        case Invalid(reason, message):
            yield word("not-valid", language, reason=message or reason)
        case other:
            yield other.kind
    if result.where is not None:
        yield word("where-fails", language, where=result.where.text)


def _leaves(certificate: Certificate) -> Iterator[str]:
    """The obligations of a certificate, as they stand in it."""
    if certificate.obligation is not None:
        yield f"{certificate.obligation.kind}: {certificate.obligation.text}"
    for each in certificate.premises:
        yield from _leaves(each)


def _witness(witness: Witness, language: str) -> str:
    point = ", ".join(
        text if "=" in (text := plain_value(value, name)) else f"{name} = {text}"
        for name, value in witness.values
    )
    sides = {}
    for name, value in (("own", witness.lhs), ("right", witness.rhs)):
        if value is not None:
            sides[name] = one_line(plain_value(value), _WIDE)
    if len(sides) < 2:
        return word("refuted-at", language, point=point or "-")
    if not point:
        return word("refuted-values", language, **sides)
    return word("refuted", language, point=point, **sides)
