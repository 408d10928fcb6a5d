"""Sentences are not formulas: ``the answer is K^2`` is refused, never read as a product of names.

Only what nobody declared is taken for a word: letters alone, written like English. Three words
side by side are a sentence, and so is a word such as "is" or "times" beside an operand; two names
of several letters may be factors (``batch size``), and so may declared ones however many they are.
"""

from __future__ import annotations

import re
from functools import cache

from symcnn.reading.latex_tokens import letters_touch
from symcnn.reading.messages import failure
from symcnn.reading.names import Names
from symcnn.reading.words import CONNECTIVES, CONSTANTS, FUNCTION_WORDS, GREEK_COMMANDS, SPECIAL

_SUSPECT = re.compile(
    r"(?<![\\A-Za-z_{])[A-Za-z]{2,}[,:]?\s+[A-Za-z0-9(\\]|[A-Za-z0-9)}!]\s+[a-z]{2,}(?![A-Za-z_({])"
    r"|\\(?:text|mbox|mathrm)\s*\{"
)
# These join what stands beside them in a sentence, and are hardly ever the name of a quantity.
_ALONE = frozenset(
    "the is are we get gets answer equals because therefore hence thus which where then gives plus"
    " minus times divided squared cubed if when for otherwise since let".split()
)
_TOGETHER = _ALONE | frozenset(
    "so it of this that be was have has give find with from as by to an my our should would will"
    " can you on at number equal result solution".split()
)
_NO_WORDS = frozenset({*FUNCTION_WORDS, *CONSTANTS, *GREEK_COMMANDS, *SPECIAL, "eps"}) | CONNECTIVES
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_VOWEL = re.compile("[aeiouyAEIOUY]")
_OPERAND = re.compile(r"[A-Za-z0-9_'(){}\[\]\x00]+")


@cache
def _elsewhere() -> re.Pattern[str]:
    """What holds no words of the formula: commands, their words, scripts, environments."""
    return re.compile(
        r"\\(?:text[a-z]*|mbox|hbox|math[a-z]+|operatorname|begin|end|label|tag)\*?\s*\{[^{}]*\}"
        r"|\\[A-Za-z]+|[_^]\s*\{[^{}]*\}"
    )


def check_prose(text: str, names: Names, latex: bool) -> None:
    """ParseError where words of a sentence stand in a text that should be a formula.

    >>> check_prose("the answer is K^2", Names(None, frozenset(), frozenset()), latex=False)
    Traceback (most recent call last):
    symcnn.errors.ParseError: the answer is K^2
    ^ words of a sentence in a formula: the answer is (character 1)
    give the formula alone; names of several letters have to be declared
    """
    if _SUSPECT.search(text) is None:
        return
    if latex:
        _check_upright(text, names)
        if not letters_touch(text):
            return
        text_of_names = _elsewhere().sub(lambda found: "\x00" * len(found.group()), text)
    else:
        text_of_names = text
    run: list[re.Match[str]] = []
    before = ""
    for found in re.finditer(r"[A-Za-z0-9_'\x00]+|\S", text_of_names):
        word = found.group()
        if _is_word(word, names):
            run.append(found)
            continue
        if run:
            _check(run, before, word, text, latex)
            run = []
        before = word
    if run:
        _check(run, before, "", text, latex)


def _check_upright(text: str, names: Names) -> None:
    """``\\text{the answer is } K^2``; words in cases and at braces are read elsewhere."""
    if r"\begin{cases}" in text or r"\begin{array}" in text:
        return
    for found in re.finditer(r"(?<![_^]\{)\\(?:text|mbox|mathrm)\s*\{([^{}\\]*)\}", text):
        words = re.findall(r"[A-Za-z']+", found.group(1).lower())
        joining = _ALONE if len(words) == 1 else _TOGETHER
        if any(word in joining for word in words) and not names.known("_".join(words)):
            raise failure("prose", text, found.start(1), found.group(1).strip())


def _is_word(word: str, names: Names) -> bool:
    if len(word) < 2 or _WORD.fullmatch(word) is None or not word[1:].islower():
        return False
    if word in _NO_WORDS or _VOWEL.search(word) is None:
        return False
    return not names.known(word) and (names.given is None or names.split(word) is None)


def _check(run: list[re.Match[str]], before: str, after: str, text: str, latex: bool) -> None:
    words = [found.group().lower() for found in run]
    beside = _OPERAND.fullmatch(before) or _OPERAND.fullmatch(after)
    letters = sum(map(len, words))
    if len(words) > 1:
        joining = any(word in _TOGETHER for word in words) and (letters > 4 or not latex)
        long = len(words) > 2 and sum(len(word) > 3 for word in words) > 1
    else:
        joining = words[0] in _ALONE and bool(beside) and not (latex and letters == 2)
        long = False
    if joining or long:
        piece = text[run[0].start() : run[-1].end()]
        raise failure("prose", text, run[0].start(), piece)
