"""Texts of common notation cut into pieces, plain and LaTeX; nothing here knows names.

A piece is an operand with the sign before it and the power behind it, or what opens or closes a
group with the same: there are half as many of them as of signs. What is no part of common notation
makes pieces that mean nothing.
"""

from __future__ import annotations

import re

from symcnn.prover.packed import Outside
from symcnn.reading.folding import FOLDS
from symcnn.reading.reading import PERSIAN_SLASH
from symcnn.reading.words import FUNCTION_WORDS

# Alternatives begin with signs of their own, and end in nothing (`|)`) where others would end in
# `?`: both let the engine pass over most of them at once.
_NUMBER = r"\d+(?![\d.,e])|\d{1,3}(?:,\d{3})+(?![\d,.])|\d+(?:\.\d+|)(?:e[+-]?\d+|)"
_POWER = r"\^(?:\d+(?![\d.e])|\(-\d\d?\)|-\d\d?(?![\d.]))|\*\*\d+(?![\d.e])"
_POWER_TEX = r"\^(?:\d(?!\d)|\{-?\d\d?\}|-\d(?!\d))|\*\*\d(?!\d)"
_SUBSCRIPT = r"_(?:\{[A-Za-z0-9]+\}|[A-Za-z0-9]+|\{\\[a-z]+\{[A-Za-z]+\}\})"
_NAME, _NAME_TEX = "[A-Za-z][A-Za-z0-9_]*", rf"[A-Za-z](?:{_SUBSCRIPT}|)"
_COMMAND = rf"mathrm\{{[A-Za-z]\}}(?!_)|[A-Za-z]+(?:{_SUBSCRIPT}|)"
_FACTOR = rf"(?:{_NAME_TEX}|{_NUMBER})(?:{_POWER_TEX}|)"
_FRACTION = rf"[dt]?frac\{{{_FACTOR}\}}\{{{_FACTOR}\}}"
_END = "(?![A-Za-z])"

_OPERAND = rf"floor\(|ceil\(|{_NAME}(?:{_POWER}|)|(?:{_NUMBER})(?:{_POWER}|)|[(⌊⌈]"
_PLAIN = re.compile(rf"(?:[-+*/] ?(?:{_OPERAND})|{_OPERAND}|[)⌋⌉](?:{_POWER}|)|[^ ]) ?")
_STARTS = (
    rf"{_FRACTION}|[dt]?frac\{{|left(?:[⌊⌈]|\\l(?:floor|ceil){_END})|l(?:floor|ceil){_END}"
    rf"|(?:{_COMMAND})(?:{_POWER_TEX}|)"
)
_OPERAND_TEX = rf"{_NAME_TEX}(?:{_POWER_TEX}|)|[(⌊⌈]|(?:{_NUMBER})(?:{_POWER_TEX}|)|\\(?:{_STARTS})"
_LATEX = re.compile(
    rf"(?:[-+*/] ?(?:{_OPERAND_TEX})|{_NAME_TEX}(?:{_POWER_TEX}|)|[(⌊⌈]"
    rf"|[)⌋⌉](?:{_POWER_TEX}|)|\}}\{{?(?:{_POWER_TEX}|)|(?:{_NUMBER})(?:{_POWER_TEX}|)"
    rf"|\\(?:(?:cdot|times){_END} ?(?:{_OPERAND_TEX})"
    rf"|r(?:ight(?:[⌋⌉]|\\r(?:floor|ceil){_END})|(?:floor|ceil){_END})(?:{_POWER_TEX}|)"
    rf"|{_STARTS})|[^ ]) ?"
)
_BLANKS = re.compile("  +")
_DIVIDED = re.compile("/[۰-۹٠-٩]")
_SHORTER = ((r"\left(", "("), (r"\right)", ")"), (r"\cdot ", "*"), (r"\times ", "*"))
_PADDING = re.compile(r"(?<=\{) +| +(?=\})")
_THIN = re.compile(r"\\[,;:!](?!\d)")
_NAMED = r"\\[A-Za-z]+|_\{[^}]*\}|_[A-Za-z0-9]+"
_GAPS = str.maketrans("", "", " \\,;:!")
_WORDS = tuple(sorted(FUNCTION_WORDS))
_PUNCTUATION = (".", ",", ";", ":")
_FRAMES = {r"\(": r"\)", r"\[": r"\]"}
_FOLDED = str.maketrans(
    {
        **{chr(code): sign for code, sign in FOLDS.items() if sign in "0123456789+-*/.,()"},
        **{sign: f"^{power} " for power, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
        "·": "*",
    }
)


def evened(text: str) -> str:
    """The text in plain signs, without blanks that say nothing. Raises `Outside`."""
    if not text.isascii():
        text = _folded(text)
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    if "^ " in text:
        text = text.replace("^ ", "^")
    if " ^" in text:
        text = text.replace(" ^", "^")
    return text


def _folded(text: str) -> str:
    """The text with foreign digits and signs made plain. Raises `Outside` for what may deceive."""
    if not text.isprintable() or (_DIVIDED.search(text) and PERSIAN_SLASH.search(text)):
        raise Outside
    return text.translate(_FOLDED)


def is_latex(text: str) -> bool:
    """Whether the text has signs that plain notation has not."""
    return "\\" in text or "{" in text or "$" in text


def plain_pieces(text: str) -> list[str]:
    """The pieces of a plain text.

    >>> plain_pieces("2*K^3 + floor(N / S)")
    ['2', '*K^3 ', '+ floor(', 'N ', '/ S', ')']
    """
    return _PLAIN.findall(_tidied(text))


def bare_latex(text: str) -> str:
    """The text without dollars and what only sets brackets."""
    if text[0] == "$" == text[-1] and len(text) > 1:
        text = text[2:-2] if text[1] == "$" == text[-2] else text[1:-1]
    elif text[0] == "\\" and text[:2] in _FRAMES and text[-2:] == _FRAMES[text[:2]]:
        text = text[2:-2]
    text = _tidied(text)
    for sign, short in _SHORTER:
        if sign in text:
            text = text.replace(sign, short)
    return _THIN.sub(" ", text) if "\\," in text else text


def closed_up(text: str) -> str:
    """LaTeX without blanks of other kinds, and those that pad braces: few write them."""
    return _PADDING.sub("", _THIN.sub(" ", text))


def latex_pieces(text: str) -> list[str]:
    """The pieces of bare LaTeX.

    >>> latex_pieces(r"\\frac{K^2}{C_{in}} + (N")
    ['\\\\frac{K^2}{C_{in}} ', '+ (', 'N']
    """
    return _LATEX.findall(text)


def without_names(text: str) -> str:
    """LaTeX without commands and subscripts: its letters stand by themselves."""
    return re.sub(_NAMED, ".", text)


def may_call(text: str) -> bool:
    """Whether letters before a bracket may be the word of a function: ``max(K, S)``."""
    *before, _ = text.split("(")
    for each in before:
        word = each.removesuffix(r"\left").rstrip()
        if word[-1:].isalpha() and word.translate(_GAPS).endswith(_WORDS):
            return True
    return False


def _tidied(text: str) -> str:
    """Without one sign of punctuation at the end."""
    text = text.rstrip()
    return text[:-1] if text.endswith(_PUNCTUATION) and text[-2:-1] not in _PUNCTUATION else text
