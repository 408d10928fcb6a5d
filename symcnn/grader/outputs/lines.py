"""One answer as lines of plain text: what was typed, how it was read, what is said about it."""

from __future__ import annotations

from symcnn.grader.outputs.seen import Seen
from symcnn.grader.outputs.texts import cut, isolated, spoken, visible, wrapped
from symcnn.grader.outputs.words import say


def typed(text: str, language: str) -> tuple[str, str]:
    """An answer as it may be shown, and the note on what was cut.

    >>> typed("K\\x1b", "en")
    ('K⟨U+001B⟩', '')
    """
    kept, left = cut(text)
    note = say("cut", language, count=left) if left else ""
    return visible(kept).strip("\n"), note


def heading(seen: Seen, language: str) -> str:
    """``wrong, 0 of 2``."""
    amount = seen.amount(language)
    comma = "، " if language == "fa" else ", "
    if seen.outcome in ("unreadable", "undecided", "manual"):
        return say(seen.outcome, language) + " (" + say("of", language, of=seen.of) + ")"
    return say(seen.outcome, language) + (comma + amount if amount else "")


def answer_lines(seen: Seen, language: str) -> list[str]:
    """The answer and its reading, formulas indented under their labels where they need lines."""
    lines: list[str] = []
    if seen.answer:
        text, note = typed(seen.answer, language)
        lines += _labelled(say("answer", language), text, language)
        lines += [note] if note else []
    if seen.read and seen.read != seen.answer:
        text, note = typed(seen.read, language)
        lines += _labelled(say("read", language), text, language)
        lines += [note] if note else []
    return lines


def _labelled(label: str, text: str, language: str) -> list[str]:
    rows = text.split("\n")
    if len(rows) == 1:
        return [f"{label}: {isolated(text, language)}"]
    return [f"{label}:", *(f"  {isolated(row, language)}".rstrip() for row in rows)]


def remark_lines(seen: Seen) -> list[str]:
    """The remarks, each begun by a dash."""
    return [line for each in seen.remarks for line in wrapped(spoken(each.text), "- ", "  ")]


def explained(seen: Seen, language: str) -> str:
    """All of it, for formats that take plain text."""
    return "\n".join([heading(seen, language), *answer_lines(seen, language), *remark_lines(seen)])
