"""LaTeX -> tokens. Spacing, ``\\left``, displays and labels are gone; letters come one by one.

Kinds beyond those of plain text: "c" a command, "w" upright words, "o" an operator name, "row" and
"&" inside a block, "nl" a line break outside, "begin" and "end" of a block, ``|(`` and ``|)``.
"""

from __future__ import annotations

import re

from symcnn.reading.folding import unknown_character
from symcnn.reading.latex_words import (
    DISPLAYS,
    IDLE_COMMANDS,
    LEFT,
    OPERATOR_COMMANDS,
    RIGHT,
    UNIT_COMMANDS,
)
from symcnn.reading.messages import failure
from symcnn.reading.plain_tokens import OPERATORS, Tokens
from symcnn.reading.words import GREEK

_GREEK = "".join(GREEK)
_WORDS = "text|textrm|textit|textbf|textsf|texttt|textnormal|mbox|hbox|mathrm|mathit|mathsf|mathtt"
LATEX = re.compile(
    rf"""\s*(?:
      (?P<letter>[A-Za-z])
    | (?P<number>\d+(?:(?:\{{,\}}|\\,)\d{{3}}(?!\d))*(?:\.\d+)?|\.\d+)
    | (?P<word>\\(?:{_WORDS})\s*\{{(?P<said>(?:[^{{}}\\$]|\\_)*)\}})
    | (?P<operator>\\operatorname\*?\s*\{{(?P<named>[^{{}}\\$]*)\}})
    | (?P<block>\\(?P<edge>begin|end)\s*\{{(?P<kind>[A-Za-z]+)\*?\}}
        (?:(?<=array\}})\s*\{{[lcr|@{{}}\s]*?\}}|(?<=at\}})\s*\{{\d+\}})?)
    | (?P<dropped>\\(?:label|tag|eqref)\*?\s*\{{[^{{}}]*\}})
    | (?P<command>\\[A-Za-z]+)
    | (?P<line>\\\\(?:\s*\[-?[\d.]+\s*(?:pt|em|ex|mm|cm|in)\])?)
    | (?P<escape>\\[^A-Za-z])
    | (?P<sign><=|>=|!=|:=|\*\*|[-+*/^_(),=<>\[\]{{}}|!%;:.&$~?@]|[∂√⌊⌋⌈⌉≤≥≠≈∞…∑∏∈·‖±⊙⊗]|٬)
    | (?P<prime>['′″]+)
    | (?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+)
    | (?P<greek>[{_GREEK}])
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
_ESCAPES = {r"\{": r"\{", r"\}": r"\}", r"\%": "%", r"\|": "‖", r"\_": "_"}
_SIGNS = {**OPERATORS, ":=": "="}
_SPACES = frozenset([*r"\, \; \: \! \> \/ \-".split(), "\\ ", "\\\n", "\\\t"])
_DELIMITERS = frozenset({r"\(", r"\)", r"\[", r"\]"})


class _Collector:
    """Tokens as they are found, and what was taken off on the way."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds: list[str] = []
        self.values: list[str] = []
        self.offsets: list[int] = []
        self.ends: list[int] = []
        self.blocks: list[str] = []
        self.notes: dict[str, None] = {}
        self.side = ""  # a \left or \right waits for its delimiter

    def add(self, kind: str, value: str, start: int, end: int) -> None:
        if self.side:
            side, self.side = self.side, ""
            if kind == ".":
                return
            if kind == "|":
                kind = "|(" if side == "left" else "|)"
        self.kinds.append(kind)
        self.values.append(value)
        self.offsets.append(start)
        self.ends.append(end)

    def command(self, name: str, start: int, end: int) -> None:
        unit = UNIT_COMMANDS.get(name)
        if unit is not None:
            self.add("a", unit, start, end)
        elif name in OPERATOR_COMMANDS:
            self.add(OPERATOR_COMMANDS[name], name, start, end)
        elif name in LEFT or name in RIGHT:
            self.side = "left" if name in LEFT else "right"
        elif name not in IDLE_COMMANDS:
            self.add("c", name, start, end)

    def block(self, edge: str, kind: str, start: int, end: int) -> None:
        if kind in DISPLAYS:
            if self.blocks:
                self.blocks.append("") if edge == "begin" else self.blocks.pop()
            self.notes["display"] = None
            return
        if edge == "begin":
            self.blocks.append(kind)
        elif self.blocks:
            self.blocks.pop()
        else:
            raise failure("block-open", self.text, start, kind, name=kind)
        self.add(edge, kind, start, end)

    def sign(self, sign: str, start: int, end: int) -> None:
        if sign == "$":
            self.notes["display"] = None
            self.add("$", sign, start, end)
        elif sign == "&":
            if self.blocks:
                self.add("&", sign, start, end)
        elif sign != "~":
            self.add(_SIGNS.get(sign, sign), sign, start, end)

    def escape(self, value: str, start: int, end: int) -> None:
        if value in _ESCAPES:
            self.add(_ESCAPES[value], value, start, end)
        elif value in _DELIMITERS:
            self.notes["display"] = None
            self.add("$", value, start, end)
        elif value not in _SPACES:
            raise failure("unknown-command", self.text, start, value)


def latex_tokens(text: str) -> tuple[Tokens, dict[str, None]]:
    """The tokens of a folded LaTeX text, and notes; ParseError where nothing fits."""
    out = _Collector(text)
    match, at, add = LATEX.match, 0, out.add
    while True:
        found = match(text, at)
        if found is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            raise unknown_character(text, start)
        group = found.lastgroup or "end"
        at = found.end()
        start = found.start(group)
        value = text[start:at]
        if group == "letter":
            add("a", value, start, at)
        elif group == "command":
            out.command(value[1:], start, at)
        elif group == "sign":
            out.sign(value, start, at)
        elif group == "number":
            if not value.isdigit():
                value = value.replace("{,}", "").replace("\\,", "")
            add("n", value, start, at)
        elif group == "end":
            add("end", "", at, at)
            return Tokens(out.kinds, out.values, out.offsets, out.ends), out.notes
        elif group == "escape":
            out.escape(value, start, at)
        elif group == "greek":
            add("a", GREEK[value], start, at)
        elif group == "line":
            add("row" if out.blocks else "nl", value, start, at)
        elif group == "prime":
            add("'", "'" * (value.count("'") + value.count("′") + 2 * value.count("″")), start, at)
        elif group == "super":
            add("^n", value, start, at)
        elif group == "word":
            add("w", found.group("said").replace("\\_", "_").strip(), start, at)
        elif group == "operator":
            add("o", found.group("named").strip(), start, at)
        elif group == "block":
            out.block(found.group("edge"), found.group("kind"), start, at)
        else:
            out.notes["label"] = None
