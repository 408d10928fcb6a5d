"""Makes and tells the errors about text that cannot be read; `sentences.py` holds the words."""

from __future__ import annotations

from symcnn.errors import ParseError, printable
from symcnn.reading.pasted_sentences import PASTED_SENTENCES
from symcnn.reading.sentences import FORMULA_SENTENCES

SENTENCES = {**FORMULA_SENTENCES, **PASTED_SENTENCES}


def failure(code: str, text: str, offset: int, piece: str = "", **details: str) -> ParseError:
    """The error for a code, in English; `explain` tells it in another language."""
    message, hint = _sentence(code, "en", {"piece": shown(piece), **details})
    return ParseError(
        message, text=text, offset=offset, piece=piece, hint=hint, code=code, details=details
    )


def shown(piece: str) -> str:
    """A piece of the text that is short and printable."""
    short = piece if len(piece) <= 30 else piece[:29] + "…"
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in short)


def _sentence(code: str, lang: str, details: dict[str, str]) -> tuple[str, str]:
    english, hint, persian, persian_hint = SENTENCES[code]
    details = {name: printable(value) for name, value in details.items()}
    if lang == "fa":
        return persian.format(**details), persian_hint.format(**details)
    return english.format(**details), hint.format(**details)


def explain(error: ParseError, lang: str = "en") -> str:
    """The error in three lines (text, caret with message, hint), in English or Persian.

    An error that carries no code is told as it is.
    """
    if lang != "fa" or error.code not in SENTENCES:
        return str(error)
    details = {"piece": shown(error.piece), **error.details}
    message, hint = _sentence(error.code, lang, details)
    told = ParseError(message, text=error.text, offset=error.offset, piece=error.piece, hint=hint)
    place = told.place.replace("line ", "سطر ").replace(", ", "، ").replace("character ", "نویسه ")
    return str(told).replace(f"({told.place})", f"({place})")
