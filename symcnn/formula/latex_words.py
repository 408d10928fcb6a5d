"""What LaTeX needs besides structure: words of a language, names, numbers, frames of matrices.

Everything that is emitted is built here from letters, digits and fixed commands; no text of a
caller reaches LaTeX unescaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from symcnn.formula.decimals import certain_digits, decimal_text, outward


class Words(NamedTuple):
    """The words and habits of a language: a value, handed to the printer.

    ``thousands`` is put between groups of three digits ("" for none, else "," or " "). Tables
    beyond ``max_rows`` by ``max_columns`` are elided. A `bmatrix` of more than ten columns needs
    ``MaxMatrixCols`` raised in the preamble.
    """

    if_word: str = "if"
    otherwise: str = "otherwise"
    undefined: str = "undefined"
    thousands: str = ""
    max_rows: int = 16
    max_columns: int = 16
    vectors_as_rows: bool = False


ENGLISH = Words()
PERSIAN = Words(if_word="اگر", otherwise="در غیر این صورت", undefined="تعریف‌نشده")

GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi"
    " pi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi"
    " Pi Sigma ell Upsilon Phi Psi Omega".split()
)
_SUFFIXES = {
    "hat": "hat", "bar": "bar", "tilde": "tilde", "bf": "mathbf", "cal": "mathcal",
}  # fmt: skip
_NAME = re.compile(r"([A-Za-z][A-Za-z0-9_]*)('*)")
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[ \u200c][^\W_]+)*")
# dL_dx: only where both sides begin as a letter of a formula does, so that dim_depth is a word.
_LETTER = "|".join(["[A-Za-z]", "loss", *sorted(GREEK)])
_DERIVATIVE = re.compile(rf"d({_LETTER})_d((?:{_LETTER})(?:_[A-Za-z0-9_]+)?)")


def name_latex(name: str) -> str:
    r"""A name in LaTeX: ``C_in``, ``alpha``, ``x_1``, ``x_hat``, ``dL_dx``; different names differ.

    Raises ValueError for anything but letters, digits, underscores and trailing primes.

    >>> [name_latex(name) for name in ("C_in", "mu_B", "x_hat", "stride")]
    ['C_{\\mathrm{in}}', '\\mu_{B}', '\\hat{x}', '\\mathrm{stride}']
    """
    return split_name(name)[0]


def member_latex(name: str, indices: str) -> str:
    r"""A member of a family, the indices already in LaTeX.

    >>> member_latex("dL_dx", "i")
    '\\frac{\\partial L}{\\partial x_{i}}'
    """
    text, has_subscript = split_name(name)
    parts = derivative_parts(name)
    if parts is not None:
        upper, lower = name_latex(parts[0]), member_latex(parts[1], indices)
        return rf"\frac{{\partial {upper}}}{{\partial {lower}}}"
    return rf"{text}\left[{indices}\right]" if has_subscript else f"{text}_{{{indices}}}"


def derivative_parts(name: str) -> tuple[str, str] | None:
    """``("L", "x_hat")`` for ``dL_dx_hat``; None for a name that is no derivative."""
    found = _DERIVATIVE.fullmatch(name)
    return (found[1], found[2]) if found else None


def split_name(name: str) -> tuple[str, bool]:
    """The name in LaTeX, and whether it already has a subscript."""
    found = _NAME.fullmatch(name)
    if not found:
        raise ValueError(f"{name!r} is no name: a letter, then letters, digits, _ and primes")
    base, primes = found.groups()
    parts = derivative_parts(base)
    if parts is not None and not primes:
        upper, lower = name_latex(parts[0]), name_latex(parts[1])
        return rf"\frac{{\partial {upper}}}{{\partial {lower}}}", False
    head, *rest = base.split("_")
    if "" in rest:
        return _roman(base) + primes, False
    text, subscripts = _letter(head), list[str]()
    for part in rest:
        if part in _SUFFIXES:
            text, subscripts = rf"\{_SUFFIXES[part]}{{{_under(text, subscripts)}}}", []
        else:
            subscripts.append(part if part.isdecimal() else _letter(part))
    return _under(text, subscripts) + primes, bool(subscripts)


def _under(text: str, subscripts: list[str]) -> str:
    return f"{text}_{{{','.join(subscripts)}}}" if subscripts else text


def _letter(word: str) -> str:
    if word == "eps":
        return r"\varepsilon"
    if word in GREEK:
        return "\\" + word
    return word if len(word) == 1 else _roman(word)


def _roman(word: str) -> str:
    return rf"\mathrm{{{word.replace('_', chr(92) + '_')}}}"


def words_latex(words: str) -> str:
    r"""``\text{...}`` around words of letters; anything else is refused with ValueError."""
    if not _WORD.fullmatch(words):
        raise ValueError(f"{words!r}: only letters and single spaces can stand inside a formula")
    return rf"\text{{{words}}}"


def literal_latex(value: Fraction, places: int, words: Words) -> str:
    r"""A literal as written, in groups of three digits where the words ask for it.

    >>> literal_latex(Fraction(120422400), 0, Words(thousands=","))
    '120{,}422{,}400'
    """
    whole, point, rest = decimal_text(value, places).partition(".")
    return _grouped(whole, words) + point + rest


def _grouped(whole: str, words: Words) -> str:
    if not words.thousands:
        return whole
    if words.thousands not in (",", " "):
        raise ValueError(f"{words.thousands!r} does not separate thousands: a comma or a space")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    separator = r"\," if words.thousands == " " else f"{{{words.thousands}}}"
    first = len(digits) % 3 or 3
    groups = [digits[:first], *(digits[k : k + 3] for k in range(first, len(digits), 3))]
    return sign + separator.join(groups)


def enclosure_latex(low: Fraction, high: Fraction) -> str:
    """An enclosure: its certain digits and dots, or both ends rounded outwards."""
    found = certain_digits(low, high)
    if found is None:
        return r"\left[{},\ {}\right]".format(*outward(low, high))
    digits, exponent = found
    power = rf" \cdot 10^{{{exponent}}}" if exponent else ""
    return rf"{digits}\ldots{power}"


def grid_latex(
    size: tuple[int, ...], entry: Callable[[int], str], words: Words, offset: int = 0
) -> str:
    r"""A vector, a matrix, or a column of them; ``entry(k)`` is the k-th one in row-major order.

    Only the entries that are shown are asked for.

    >>> grid_latex((2, 2), str, ENGLISH)
    '\\begin{bmatrix} 0 & 1 \\\\ 2 & 3 \\end{bmatrix}'
    """
    if not size:
        return entry(offset)
    if len(size) == 1 and words.vectors_as_rows:
        return _frame([_line(size[0], lambda k: entry(offset + k), words)])
    if len(size) == 1:
        rows = _shown(size[0], words.max_rows)
        return _frame([[r"\vdots" if k is None else entry(offset + k)] for k in rows])
    step = 1
    for length in size[1:]:
        step *= length
    lines: list[list[str]] = []
    for k in _shown(size[0], words.max_rows):
        if len(size) == 2:
            columns = _shown(size[1], words.max_columns)
            if k is None:
                lines.append([r"\ddots" if c is None else r"\vdots" for c in columns])
            else:
                start = offset + k * step
                lines.append([r"\cdots" if c is None else entry(start + c) for c in columns])
        else:
            nested = None if k is None else grid_latex(size[1:], entry, words, offset + k * step)
            lines.append([r"\vdots" if nested is None else nested])
    return _frame(lines)


def _line(length: int, entry: Callable[[int], str], words: Words) -> list[str]:
    return [r"\cdots" if k is None else entry(k) for k in _shown(length, words.max_columns)]


def _shown(length: int, most: int) -> list[int | None]:
    """The positions that are shown, None where the others are left out."""
    if length <= most or most < 3:
        return list(range(length if length <= most else most))
    return [*range(most - 2), None, length - 1]


def cell_latex(text: str) -> str:
    r"""A cell of a grid: after ``\\`` or ``\begin{...}`` a bare ``[`` would open an argument."""
    return f"{{{text}}}" if text.startswith("[") else text


def _frame(lines: list[list[str]]) -> str:
    rows = r" \\ ".join(" & ".join(map(cell_latex, line)) for line in lines)
    return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"
