"""Answers that are a number: numerals of all kinds, closed arithmetic, prefixes such as K and MiB.

``1.2e8`` and ``1.2*10^8`` are exact; ``1 000 000``, ``1'000'000`` and ``1_000_000`` are one
numeral; an ``x`` between digits multiplies; million and میلیون are 10^6. K, M, G and T mean what
the question says, KiB, MiB, GiB and TiB are always powers of 1024.
"""

from __future__ import annotations

import re

from symcnn.errors import ParseError
from symcnn.formula.nodes import Formula, Rational, mul
from symcnn.formula.traverse import free_names
from symcnn.grader.marking.calculation import calculated
from symcnn.grader.marking.finding import Plainly
from symcnn.grader.marking.formulas import Formulas
from symcnn.grader.marking.reading import Answer, Unread, answer_of, reading_of, why_unread
from symcnn.grader.marking.words import Teller
from symcnn.grader.marks import Remark

_SIMPLE = re.compile(r"[0-9 .,+*/^()-]{1,200}")
_LONGEST = 2_000
_APART = re.compile(
    r"[+-]?[0-9۰-۹٠-٩]{1,3}(?:([ \u00a0\u2009\u202f'’_])[0-9۰-۹٠-٩]{3}(?:\1[0-9۰-۹٠-٩]{3})*)"
)
_DECIMALS = re.compile(r"(?:[.٫][0-9۰-۹٠-٩]+)?")
_SEPARATORS = re.compile(r"[ \u00a0\u2009\u202f'’_]")
_TIMES = re.compile(r"(?<=[0-9۰-۹٠-٩)])\s*[xX]\s*(?=[0-9۰-۹٠-٩(])")
_POWER = re.compile(r"\^(\d{2,})(?![\d.}])")  # in TeX only the first digit would be raised
_LEADING = re.compile(r"\A\s*(?:≈|~|\\approx(?![A-Za-z])|\\simeq(?![A-Za-z]))\s*")
_SUFFIX = re.compile(
    r"(?P<number>.*[0-9۰-۹٠-٩)}$.])\s*(?:\\[ ,;!])*\s*(?:\\(?:text|mathrm)\{\s*)?"
    r"(?P<suffix>[KkMGT](?:i?[Bb](?:ytes?)?|ilobytes?|egabytes?|igabytes?)?|[KMGT]i|B|[Bb]ytes?"
    r"|thousand|million|billion|هزار|میلیون|میلیارد|بایت|کیلوبایت|مگابایت|گیگابایت)\s*\}?\s*\$?\.?",
    re.DOTALL,
)
_WORDS = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "هزار": 10**3, "میلیون": 10**6, "میلیارد": 10**9, "بایت": 1,
}  # fmt: skip
_PERSIAN = {"کیلوبایت": "K", "مگابایت": "M", "گیگابایت": "G"}
_STEPS = {"K": 1, "M": 2, "G": 3, "T": 4}


def scale_of(suffix: str, unit: int) -> int | None:
    """What a suffix multiplies by; None where the question does not say.

    >>> [scale_of(each, 1000) for each in ("M", "KiB", "million", "B", "Mb")]
    [1000000, 1024, 1000000, 1, None]
    >>> scale_of("MB", 1024), scale_of("M", 0), scale_of("MiB", 0)
    (1048576, None, 1048576)
    """
    if suffix in _WORDS:
        return _WORDS[suffix]
    if suffix.casefold() in ("byte", "bytes") or suffix == "B":
        return 1
    if suffix.endswith("b"):
        return None
    head = _PERSIAN.get(suffix, suffix[0].upper())
    if suffix[1:2] == "i" and not suffix.startswith(("Kilo", "kilo", "Gig", "gig")):
        return int(1024 ** _STEPS[head])
    return int(unit ** _STEPS[head]) if unit else None


def numeral(text: str) -> str:
    """The text with one way of grouping digits and of multiplying.

    >>> numeral("1 000 000"), numeral("28x28 x 3"), numeral("28 192 000 1")
    ('1000000', '28*28*3', '28 192 000 1')
    """
    text = _LEADING.sub("", text)
    found = _APART.match(text)
    if found is not None and _DECIMALS.fullmatch(text, found.end()):
        text = _SEPARATORS.sub("", found[0]) + text[found.end() :]
    if "$" in text or "\\" in text:
        text = _POWER.sub(r"^{\1}", text)
    return _TIMES.sub("*", text)


class Numbers(Formulas):
    """Marks the answers to a question of type number."""

    __slots__ = ()

    @property
    def plainly(self) -> Plainly | None:
        """Arithmetic in plain digits."""
        found = super().plainly
        if found is None:
            return None
        ask = found.ask

        def in_digits(text: str) -> str | None:
            return ask(text) if _SIMPLE.fullmatch(text) else None

        return found._replace(ask=in_digits, proves=None)

    def read(self, text: str) -> Answer | Unread:
        """Closed arithmetic, times what its suffix stands for."""
        tell = self.asked.tell
        names = self.asked.names
        if len(text) > _LONGEST:
            return super().read(text)
        scale, body = 1, text
        found = _SUFFIX.fullmatch(text)
        if found is not None:
            suffix = found["suffix"]
            scaled = scale_of(suffix, self.question.unit)
            if scaled is None:
                code = "bits" if suffix.endswith("b") else "suffix-refused"
                return Unread((tell.remark("readable", "read", code, suffix=suffix),))
            scale, body = scaled, _closed(found["number"])
        try:
            answer = calculated(answer_of(reading_of(numeral(body), names), names), names)
        except ParseError as error:
            return why_unread(error, tell)
        formulas = tuple(self._scaled(each, scale) for each in answer.formulas)
        for each in answer.steps or formulas:
            loose = [name for name in free_names(each) if name not in self.asked.values]
            if loose or not self._is_number(each):
                return _no_number(loose, tell)
        steps = (*answer.steps[:-1], *formulas) if answer.steps else ()
        return answer._replace(formulas=formulas, steps=steps)

    def _scaled(self, formula: Formula, scale: int) -> Formula:
        return formula if scale == 1 else mul((formula, Rational(scale)))

    def _is_number(self, formula: Formula) -> bool:
        from symcnn.formula.arrays import Array, Table
        from symcnn.formula.conditions import Condition

        return not isinstance(formula, (Array, Table, Condition))

    def _verdict_right(self) -> tuple[Remark, ...]:
        if self.asked.tolerance is None:
            return super()._verdict_right()
        tolerance = self.question.tolerance.strip()
        return (
            self.asked.tell.remark("verdict", "verdict", "right-tolerance", tolerance=tolerance),
        )


def _closed(body: str) -> str:
    """What stands before a suffix, with a dollar sign at both ends or at neither."""
    body = body.strip()
    return body + "$" if body.count("$") % 2 else body


def _no_number(loose: list[str], tell: Teller) -> Unread:
    if not loose:
        return Unread((tell.remark("readable", "read", "condition-for-formula"),))
    told = tell.put("number-asked", names=tell.listed(loose[:6]))
    return Unread((Remark("readable", "name", told),))
