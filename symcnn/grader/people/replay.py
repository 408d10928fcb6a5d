"""One line for the shell that decides an answer again, quoted so that no shell changes it."""

from __future__ import annotations

from shlex import quote

from symcnn.claims.as_text import given_lines
from symcnn.formula.domains import Given
from symcnn.formula.nodes import Formula
from symcnn.formula.plain import plain


def given_text(given: Given) -> str:
    """Domains and relations on one line, as ``--given`` takes them.

    >>> from symcnn.reading import read_given
    >>> given_text(read_given("K, N: positive integer\\nK <= N"))
    'K, N: positive integer; K <= N'
    """
    return "; ".join(given_lines(given))


def replay_formula(typed: str, answer: Formula, key: Formula, given: Given) -> str:
    """``symcnn verify`` of an answer against a key: as it was typed where that reads the same.

    >>> from symcnn.reading import read, read_given
    >>> given, answer, key = read_given("K: real"), read("K^2").formula, read("K*K").formula
    >>> print(replay_formula("K²", answer, key, given))
    symcnn verify 'K²' --against 'K*K' --given 'K: real'
    """
    words = [_as_typed(typed, answer, given), "--against", _formula(plain(key))]
    return _line("verify", words, given)


def replay_statement(statement: str, given: Given) -> str:
    """``symcnn verify`` of a statement that stands by itself."""
    return _line("verify", [_formula(statement)], given)


def replay_text(typed: str, key: Formula, given: Given) -> str:
    """The same for a text that cannot be read: it tells where."""
    return _line("verify", [_formula(typed), "--against", _formula(plain(key))], given)


def replay_reading(typed: str, given: Given) -> str:
    """``symcnn read`` of a text that can be read and is no answer to the question."""
    return _line("read", [_formula(typed)], given)


def replay_chain(typed: str, start: str, key: str, given: Given) -> str:
    """A derivation decided line by line.

    >>> print(replay_chain("K + K\\n= 2*K", "", "2*K", Given()))
    printf '%s\\n' 'K + K' '= 2*K' | symcnn verify --steps - --against '2*K'
    """
    lines = " ".join(_quoted(each) for each in typed.replace("\r\n", "\n").split("\n"))
    words = [_formula(start)] if start else []
    words += ["--steps", "-", *(["--against", _formula(key)] if key else [])]
    return f"printf '%s\\n' {lines} | {_line('verify', words, given)}"


def _as_typed(typed: str, answer: Formula, given: Given) -> str:
    from symcnn.errors import ParseError
    from symcnn.reading import read

    text = typed.strip()
    try:
        reading = read(text, given)
        same = reading.formula == answer and not reading.alternatives
    except ParseError:
        same = False
    return _formula(text if same and "\n" not in text else plain(answer))


def _line(command: str, words: list[str], given: Given) -> str:
    granted = given_text(given)
    more = ["--given", _quoted(granted)] if granted else []
    return " ".join(["symcnn", command, *words, *more])


def _formula(text: str) -> str:
    """A word that is no option, no ``@FILE`` and not standard input."""
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return _quoted(f" {text}" if text[:1] in ("-", "@") else text)


def _quoted(text: str) -> str:
    """The text in quotes, also where a shell would do without them."""
    shown = quote(text)
    return shown if shown.startswith(("'", '"')) else f"'{shown}'"
