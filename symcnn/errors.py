"""Every error that symcnn raises on purpose, split by who can mend it.

Messages say what is wrong, where, and what to do next. Anything else that escapes is a bug.
"""

from __future__ import annotations

from collections.abc import Mapping


class SymcnnError(Exception):
    """The root: something that a person can mend. The shell turns it into exit code 2."""


class AuthorError(SymcnnError):
    """An answer, an assignment or a call is malformed: names the file, claim or argument."""


class ParseError(SymcnnError):
    """Text that cannot be read. It is invalid, never wrong.

    ``offset`` counts characters from 0; ``piece`` is the offending text; ``hint`` says what to
    write instead. ``str()`` gives three lines: the text, a caret with the message, the hint.
    ``code`` names the kind of error and ``details`` its particulars, so that it can be told in
    another language.

    >>> print(ParseError("a closing bracket is missing", text="2*(K + 1", offset=2, hint="add )"))
    2*(K + 1
      ^ a closing bracket is missing (character 3)
    add )
    """

    def __init__(
        self,
        message: str,
        *,
        text: str = "",
        offset: int = 0,
        piece: str = "",
        hint: str = "",
        code: str = "",
        details: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.text = text
        self.offset = offset
        self.piece = piece
        self.hint = hint
        self.code = code
        self.details = dict(details or {})

    def __reduce__(self) -> tuple[object, ...]:
        state = (self.text, self.offset, self.piece, self.hint, self.code, self.details)
        return _restore_parse_error, (self.message, *state)

    @property
    def place(self) -> str:
        """``character 3``, after ``line 2, `` where the text has several lines."""
        begin = self.text.rfind("\n", 0, self.offset) + 1
        character = f"character {self.offset - begin + 1}"
        if "\n" not in self.text.strip():
            return character
        return f"line {self.text.count(chr(10), 0, begin) + 1}, {character}"

    @property
    def brief(self) -> str:
        """Message, place and hint on one line."""
        told = f"{self.message} ({self.place} of {printable(self.text[:60])!r})"
        return f"{told}: {self.hint}" if self.hint else told

    def __str__(self) -> str:
        if not self.text.strip():
            return f"{self.message}\n{self.hint}" if self.hint else self.message
        shown, column = _excerpt(self.text, self.offset)
        lines = [shown, f"{' ' * column}^ {self.message} ({self.place})"]
        return "\n".join([*lines, self.hint] if self.hint else lines)

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback."""
        return str(self).split("\n")


_BEFORE, _WIDTH = 40, 76


def printable(text: str) -> str:
    """Every character as one that can be printed: blanks for tabs, a box for what is invisible."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)


def _excerpt(text: str, offset: int) -> tuple[str, int]:
    """The line around a place, cut to a screen, and the column of the place in it."""
    begin = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line, column = text[begin : end if end >= 0 else len(text)], offset - begin
    first = max(0, min(column - _BEFORE, len(line) - _WIDTH))
    cut = line[first : first + _WIDTH]
    if first:
        cut = "…" + cut[1:]
    if first + _WIDTH < len(line):
        cut = cut[:-1] + "…"
    return printable(cut), column - first


def _restore_parse_error(
    message: str,
    text: str,
    offset: int,
    piece: str,
    hint: str,
    code: str,
    details: dict[str, str],
) -> ParseError:
    return ParseError(
        message, text=text, offset=offset, piece=piece, hint=hint, code=code, details=details
    )


class SheetError(SymcnnError):
    """A sheet cannot be made: a template, a missing sentence, or TeX itself."""


class ToolMissing(SymcnnError):
    """A program or optional package is not installed; the message holds the line that installs it.

    The shell turns it into exit code 4.
    """


# What the code of an answer can raise while Python runs it: its author's to mend, no bug of ours.
AUTHOR_MISTAKES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    ImportError,
    LookupError,
    NameError,
    OSError,
    RuntimeError,
    SystemExit,
    SymcnnError,
    SyntaxError,
    TypeError,
    ValueError,
)


def mistake(error: BaseException, file: str) -> str:
    """``line 7: NameError: name 'x' is not defined``: the last line of ``file`` that took part.

    An error that arose elsewhere names that place too.
    """
    from traceback import extract_tb

    if isinstance(error, SyntaxError) and error.filename == file:
        return f"line {error.lineno}: Python cannot read it: {error.msg}"
    message = str(error) if isinstance(error, SymcnnError) else f"{type(error).__name__}: {error}"
    if isinstance(error, ParseError):
        message = error.brief
    frames = extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == file]
    if frames and frames[-1].filename != file and not isinstance(error, SymcnnError):
        message += f" (in {frames[-1].name} of {frames[-1].filename}, line {frames[-1].lineno})"
    return f"line {lines[-1]}: {message}" if lines else message
