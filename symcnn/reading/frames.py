"""Takes off what surrounds a pasted formula: dollars, trailing punctuation, lines that go on.

A text that holds several formulas is refused here: `read_lines` reads those.
"""

from __future__ import annotations

from symcnn.reading.messages import failure
from symcnn.reading.plain_tokens import AHEAD, Tokens
from symcnn.reading.words import RELATIONS

_ENDS = frozenset({".", ",", ";", ":"})
_GOES_ON = RELATIONS | {"+", "-", "*", "/", "⊙", "⊗", "and", "or"}


def is_framed(tokens: Tokens, text: str) -> bool:
    """Whether something may have to be taken off."""
    kinds = tokens.kinds
    return tokens.broken or "\n" in text or (len(kinds) > AHEAD and kinds[-AHEAD - 1] in _ENDS)


def unframed(tokens: Tokens, text: str, notes: dict[str, None]) -> None:
    """Leaves the tokens of the formula itself, changed in place."""
    kinds = tokens.kinds
    last = len(kinds) - AHEAD - 1
    if last < 0:
        return
    if kinds[last] in _ENDS or kinds[last] in ("$", "nl"):
        last = _strip_end(tokens, last, notes)
    while last >= 0 and kinds[0] in ("$", "nl"):
        tokens.drop(0)
        last -= 1
    if "$" in kinds or "nl" in kinds:
        _join(tokens, text, notes)
    if "\n" in text:
        _check_lines(tokens, text)


def _strip_end(tokens: Tokens, last: int, notes: dict[str, None]) -> int:
    kinds = tokens.kinds
    while last >= 0 and (kinds[last] in _ENDS or kinds[last] in ("$", "nl")):
        if kinds[last] in _ENDS:
            notes["punctuation"] = None
        tokens.drop(last)
        last -= 1
    return last


def _join(tokens: Tokens, text: str, notes: dict[str, None]) -> None:
    """Line breaks before or after an operator are only breaks; other ones part two formulas."""
    kinds = tokens.kinds
    at = 0
    while at < len(kinds):
        if kinds[at] == "$":
            raise failure("several", text, tokens.offsets[at], tokens.values[at])
        if kinds[at] != "nl":
            at += 1
        elif kinds[at + 1] in _GOES_ON or kinds[at - 1] in _GOES_ON:
            notes["lines"] = None
            tokens.drop(at)
        elif kinds[at + 1] == "nl":
            tokens.drop(at)
        else:
            raise failure("several", text, tokens.offsets[at + 1], "")


def _check_lines(tokens: Tokens, text: str) -> None:
    """Two operands on two lines of their own are two formulas, not a product."""
    level = 0
    latex = "\\" in text
    for at in range(1, len(tokens.kinds) - 1):
        before, kind = tokens.kinds[at - 1], tokens.kinds[at]
        level += (before in _OPEN) - (before in _CLOSE)
        gap = text[tokens.ends[at - 1] : tokens.offsets[at]]
        if level > 0 or gap.count("\n") < (2 if latex else 1):
            continue
        if kind in _GOES_ON or before in _GOES_ON or kind in _CLOSE or kind == ",":
            continue
        raise failure("several", text, tokens.offsets[at], tokens.values[at])


_OPEN = frozenset({"(", "[", "{", r"\{", "begin", "⌊", "⌈"})
_CLOSE = frozenset({")", "]", "}", r"\}", "finish", "⌋", "⌉"})
