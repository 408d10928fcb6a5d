"""Fifty vacuous answers to each of a hundred keys; none may be proved.

``{key}`` is the key, ``{name}`` a number that it depends on; ``theta`` and ``answer`` are names
that it does not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.soundness.keys import KEYS, Key

# Answers that have no value anywhere, or not the value of the key; by how they try.
TEMPLATES: tuple[tuple[str, str], ...] = (
    ("0/0", "0/(theta - theta)"),
    ("0/0", "({key})*({name} - {name})/({name} - {name})"),
    ("0/0", "({key}) + 0/({name} - {name})"),
    ("0/0", "0/0"),
    ("0/0", "({key})*0*0^(-1)"),
    ("0/0", "(({key}) - ({key}))/(({key}) - ({key}))*({key})"),
    ("division by zero", "({key})/({name} - {name})"),
    ("division by zero", "({key}) + 1/(2*{name} - {name} - {name})"),
    ("division by zero", "({key})/((theta + 1)^2 - theta^2 - 2*theta - 1)"),
    ("division by zero", "({key}) + 1/0 - 1/0"),
    ("division by zero", "({key}) + 0*(1/0)"),
    ("division by zero", "({key})/floor(1/2)"),
    ("division by zero", "({key}) + mod({name}, 0)"),
    ("division by zero", "({key}) + 0*mod(1, {name} - {name})"),
    ("division by zero", "({key})/Sum(q, (q, 1, 0))"),
    ("division by zero", "max({key}, 1/0)"),
    ("division by zero", "({key}) + sign(1/0)*0"),
    ("even root", "({key}) + 0*sqrt(-1 - {name}^2)"),
    ("even root", "({key})*sqrt(-1)/sqrt(-1)"),
    ("even root", "-sqrt(-1)^2*({key})"),
    ("even root", "({key}) + 0*(-1 - theta^2)^(1/2)"),
    ("even root", "({key}) + root(-1, 4) - root(-1, 4)"),
    ("logarithm", "({key}) + log(-1 - {name}^2) - log(-1 - {name}^2)"),
    ("logarithm", "({key}) + 0*log({name} - {name})"),
    ("logarithm", "({key})*log(-2)/log(-2)"),
    ("logarithm", "({key}) + log(2, 1) - log(2, 1)"),
    ("empty sum", "Sum({key}, (q, 1, 0))"),
    ("empty sum", "Sum({key}, (q, 2, 1)) + 0*({key})"),
    ("empty sum", "Sum({key}, (q, 0, 1/2))"),
    ("endless sum", "Sum({key}, q)"),
    ("endless sum", "({key}) + Sum(1, q) - Sum(1, q)"),
    ("empty product", "Prod({key}, (q, 1, 0)) + 0*({key})"),
    ("empty family", "nothing[0] + 0*({key})"),
    ("empty family", "({key}) + nothing[1/2]"),
    ("no branch", "Cases(({key}, 1 = 2))"),
    ("no branch", "({key}) + Cases((0, {name} < {name}))"),
    ("false bracket", "({key})*Bracket({name} != {name})"),
    ("false bracket", "({key})*Bracket(1/0 = 1/0)"),
    ("not an integer", "({key}) + 0*factorial(-1)"),
    ("not an integer", "({key}) + 0*gcd(1/2, 1)"),
    ("infinity", "({key}) + infinity - infinity"),
    ("infinity", "({key})*infinity/infinity"),
    ("shadow", "Sum({key}, ({name}, 1, 1))"),
    ("shadow", "theta"),
    ("shadow", "({key}) + theta"),
    ("asked", "answer"),
    ("asked", "key"),
    ("asked", "1 = 1"),
)
# Assumptions that no point satisfies: not even the key itself is proved then.
CONTRADICTIONS: tuple[tuple[str, str], ...] = (
    ("{key}", "{name} != {name}"),
    ("({key}) + 1", "{name} < 5; {name} > 7"),
)


class Adversary(NamedTuple):
    """An answer to a key that must not be proved."""

    how: str
    answer: str
    key: str
    given: str

    def __str__(self) -> str:
        return f"{self.how}\n  given  {self.given}\n  key    {self.key}\n  answer {self.answer}"


def adversaries_of(key: Key) -> Iterator[Adversary]:
    """The fifty answers to one key."""
    for how, template in TEMPLATES:
        yield Adversary(how, _filled(template, key), key.text, key.given)
    for template, more in CONTRADICTIONS:
        given = f"{key.given}; {_filled(more, key)}"
        yield Adversary("contradictory given", _filled(template, key), key.text, given)


def adversaries() -> Iterator[Adversary]:
    """All of them, key by key."""
    for key in KEYS:
        yield from adversaries_of(key)


def _filled(template: str, key: Key) -> str:
    return template.format(key=key.text, name=key.name)
