"""Texts of common notation cut into pieces, plain and LaTeX; nothing here knows names.

A piece is a product of names with the sign before it, or what opens or closes a group with its sign
or power: there are a third as many of them as of signs. What is no part of common notation makes
pieces that mean nothing.
"""

from __future__ import annotations

import re

from symcnn.prover.packed import Outside
from symcnn.reading.folding import FOLDS
from symcnn.reading.reading import PERSIAN_SLASH
from symcnn.reading.words import FUNCTION_WORDS

_NUMBER = r"\d+(?![\d.,e])|\d{1,3}(?:,\d{3})+(?![\d,.])|\d+(?:\.\d+|)(?:e[+-]?\d+|)"
_POWER = r"\^(?:\d+(?![\d.e])|\(-\d\d?\)|-\d\d?(?![\d.]))"
_POWER_TEX = r"\^(?:\d(?!\d)|\{-?\d\d?\}|\(-\d\d?\)|-\d(?!\d))|\*\*\d(?!\d)"
_LOWERED = r"_\{[A-Za-z0-9]+\}|_\{\\[a-z]+\{[A-Za-z]+\}\}"
# Words are taken whole (`++`): a product that fits nowhere is not tried letter by letter.
_NAME = rf"[A-Za-z][A-Za-z0-9_]*+(?:{_POWER}|)"
_COUNT = rf"(?:{_NUMBER})(?:{_POWER}|)(?!e)"  # 2e - 3 has a name in it, 2e-3 has none
_NAME_TEX = rf"[A-Za-z](?:{_LOWERED}|_[A-Za-z0-9]++|)(?:{_POWER_TEX}|)"
_COUNT_TEX = rf"(?:{_NUMBER})(?:{_POWER_TEX}|)(?!e)"
_COMMAND = (
    rf"\\(?:mathrm\{{[A-Za-z]\}}(?!_)|[A-Za-z]++(?:{_LOWERED}|_[A-Za-z0-9]++|))(?:{_POWER_TEX}|)"
)
_ENDS = "(?![A-Za-z])"
_TIMES = r" ?\*(?!\*) ?"

# What the factors and products in a piece may be. Texts are cut without looking that closely: most
# pieces are met again.
_FACTOR = re.compile(f"{_NAME}|{_COUNT}")
_FACTOR_TEX = re.compile(f"{_NAME_TEX}|{_COUNT_TEX}|{_COMMAND}")
_PRODUCT = re.compile(
    rf"(?:{_COUNT}(?:{_NAME}|)|{_NAME})(?:{_TIMES}(?:{_NAME}|{_COUNT})| {_NAME})*"
)
_PRODUCT_TEX = re.compile(
    rf"(?:{_NAME_TEX}|{_COUNT_TEX})(?:(?:{_TIMES}| |){_NAME_TEX}|{_TIMES}{_COUNT_TEX})*|{_COMMAND}"
)
_SIGN = re.compile(rf"(\\(?:cdot|times)){_ENDS} ?")

# Alternatives end in nothing (`|)`) where others would end in `?`: so the engine passes over most
# of them at once.
_NO_MORE = r"(?= ?[-+*/)⌋⌉}]| ?\Z)"
_RAISED = r"(?:\^(?:\(-\d\d?\)|-\d\d?)|)"
_LONG = rf"[A-Za-z0-9][A-Za-z0-9_.,^* ]*(?<![_.,^* ]){_RAISED}"
_SHORT = rf"[A-Za-z0-9][A-Za-z0-9_.,^]*(?<![_.,^]){_RAISED}"
_PLAIN = re.compile(
    rf"((?:[-+*] ?|)(?:{_LONG}(?:/ ?{_SHORT}{_NO_MORE}|)|[(⌊⌈\x01\x02])|[)⌋⌉](?:{_POWER}|)"
    rf"|/ ?(?:{_SHORT}|[(⌊⌈\x01\x02])|[^ ])"
)
_MARKED = r"[_^](?:[A-Za-z0-9]|\{(?:[^{}]*|\\[a-z]+\{[A-Za-z]+\})\}|\(-\d\d?\)|-\d)"
_LONG_TEX = rf"[A-Za-z0-9][A-Za-z0-9.,* ]*(?:{_MARKED}[A-Za-z0-9.,* ]*)*(?<![.,* ])"
_SHORT_TEX = rf"[A-Za-z0-9][A-Za-z0-9.,]*(?:{_MARKED}[A-Za-z0-9]*)*(?<![.,])"
_OPERAND_TEX = rf"{_LONG_TEX}(?:/ ?{_SHORT_TEX}{_NO_MORE}|)"
_CLOSER_TEX = (
    rf"(?:[)⌋⌉]|\}}\{{?|\\r(?:ight(?:[⌋⌉]|\\r(?:floor|ceil){_ENDS})|(?:floor|ceil){_ENDS}))"
    rf"(?:{_POWER_TEX}|)"
)
_GROUPED = (
    rf"[(⌊⌈]|\\(?:[dt]?frac\{{{_LONG_TEX}\}}\{{{_LONG_TEX}\}}|[dt]?frac\{{"
    rf"|left(?:[⌊⌈]|\\l(?:floor|ceil){_ENDS})|l(?:floor|ceil){_ENDS}"
    rf"|[A-Za-z]+(?:\{{[A-Za-z]\}}|)(?:{_MARKED}[A-Za-z0-9]*)*)"
)
_LATEX = re.compile(
    rf"((?:[-+*] ?|){_OPERAND_TEX}|{_CLOSER_TEX}|/ ?{_SHORT_TEX}"
    rf"|\\(?:cdot|times){_ENDS} ?(?:{_OPERAND_TEX}|{_GROUPED})|(?:[-+*/] ?|)(?:{_GROUPED})|[^ ])"
)
FLOOR, CEIL = "\x01", "\x02"  # for "floor(" and "ceil(", in texts that have no such signs
_CALLS = {"floor(": FLOOR, "ceil(": CEIL}
_CALLED = re.compile(r"(?<![A-Za-z0-9_.])(\d[\d.]*|)(floor\(|ceil\()")
_DIVIDED = re.compile("/[۰-۹٠-٩]")
_THIN = re.compile(r"\\[,;:!](?!\d)")
_NAMED = r"\\[A-Za-z]+|_\{[^}]*\}|_[A-Za-z0-9]+"
_GAPS = str.maketrans("", "", " \\,;:!")
_WORDS = tuple(sorted(FUNCTION_WORDS))
_PUNCTUATION = (".", ",", ";", ":")
_FRAMES = {r"\(": r"\)", r"\[": r"\]"}
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_FOLDED = {
    **{chr(code): sign for code, sign in FOLDS.items() if sign in "0123456789+-*/.,()"},
    **{sign: f"^{power} " for power, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    "·": "*",
}


def evened(text: str) -> str:
    """The text in plain signs, without blanks that say nothing. Raises `Outside`."""
    if not text.isascii():
        text = _folded(text)
    if "  " in text:
        text = " ".join(text.split())
    if "^ " in text or " ^" in text:
        text = text.replace("^ ", "^").replace(" ^", "^")
    if "**" in text:
        text = text.replace(" **", "**").replace("** ", "**")
    return text


def _folded(text: str) -> str:
    """The text with foreign digits and signs made plain. Raises `Outside` for what may deceive."""
    if not text.isprintable() or (_DIVIDED.search(text) and PERSIAN_SLASH.search(text)):
        raise Outside
    folded = text
    for sign in {*_FOREIGN.findall(text)}:
        folded = folded.replace(sign, _FOLDED.get(sign, sign))
    if "**" in folded and folded.count("**") != text.count("**"):  # K··2 is no power
        raise Outside
    return folded


def is_latex(text: str) -> bool:
    """Whether the text has signs that plain notation has not."""
    return "\\" in text or "{" in text or "$" in text


def plain_pieces(text: str) -> list[str]:
    """The pieces of a plain text.

    >>> plain_pieces("2*K^3 + (N C_in)/ S")
    ['2*K^3', '+ (', 'N C_in', ')', '/ S']
    """
    text = _tidied(text)
    if "**" in text:
        text = text.replace("**", "^")
    if "floor(" in text or "ceil(" in text:
        text = _CALLED.sub(lambda found: found[1] + _CALLS[found[2]], text)
    return _PLAIN.findall(text)


def bare_latex(text: str) -> str:
    """The text without dollars and what only sets brackets."""
    if text[:1] == "$" == text[-1:] and len(text) > 1:
        text = text[2:-2] if text[1] == "$" == text[-2] else text[1:-1]
    elif text[:1] == "\\" and text[:2] in _FRAMES and text[-2:] == _FRAMES[text[:2]]:
        text = text[2:-2]
    text = _tidied(text)
    if "{ " in text or " }" in text:
        text = text.replace("{ ", "{").replace(" }", "}")
    if r"\left" in text:
        text = text.replace(r"\left(", "(").replace(r"\right)", ")")
    if r"\cdot " in text:
        text = text.replace(r"\cdot ", "* ")
    if r"\times " in text:
        text = text.replace(r"\times ", "* ")
    return thinned(text) if "\\," in text else text


def thinned(text: str) -> str:
    """LaTeX with plain blanks for those of other widths: few write them."""
    return " ".join(_THIN.sub(" ", text).split())


def latex_pieces(text: str) -> list[str]:
    """The pieces of bare LaTeX.

    >>> latex_pieces(r"\\frac{K^2}{C_{in}} + (N")
    ['\\\\frac{K^2}{C_{in}}', '+ (', 'N']
    """
    return _LATEX.findall(text)


def signed(piece: str) -> tuple[str, str]:
    """The sign of a piece, and what follows it.

    >>> signed("+ 2*K"), signed("K")
    (('+', '2*K'), ('', 'K'))
    """
    if piece[0] in "-+*/":
        return piece[0], piece[1:].lstrip()
    found = _SIGN.match(piece) if piece[0] == "\\" else None
    return (found[1], piece[found.end() :]) if found else ("", piece)


def parts(sign: str, body: str, *, tex: bool) -> tuple[list[str], list[str]]:
    """The factors above and below in what is no bracket. Raises `Outside`.

    >>> parts("", "2*K^3 C_in/S", tex=False)
    (['2', 'K^3', 'C_in'], ['S'])
    >>> parts("-", r"\\frac{2K^3C_{in}}{K S}", tex=True)
    (['2', 'K^3', 'C_{in}'], ['K', 'S'])
    """
    product, factor = (_PRODUCT_TEX, _FACTOR_TEX) if tex else (_PRODUCT, _FACTOR)
    if sign == "/":
        if not factor.fullmatch(body):
            raise Outside
        return [], [body]
    above, line, below = body.partition("/")
    single = factor
    if "}{" in body:
        above, line, below = body[body.index("{") + 1 : -1].partition("}{")
        single = product
    below = below.strip()
    if not product.fullmatch(above) or (line and not single.fullmatch(below)):
        raise Outside
    found = factor.findall(above), factor.findall(below)
    if _signs(above + below) != _signs("".join(map("".join, found))):  # something is left over
        raise Outside
    return found


def _signs(text: str) -> str:
    return text.replace(" ", "").replace("*", "")


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
