"""The shell: arguments -> one command -> exit code.

0 as hoped, 1 not as expected or refuted, 2 unusable input, 3 undecided, 4 a tool is missing, 70 a
bug (with its traceback). The commands are in ``commands``; each is imported when it is called.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from symcnn.errors import ParseError, SymcnnError, ToolMissing

UNUSABLE, TOOL_MISSING, BUG, INTERRUPTED = 2, 4, 70, 130
# What `verify` and `read` are mostly called with is read here: argparse costs more than a verdict.
_DEFAULTS = {"json": False, "given": None, "against": None, "steps": None, "feedback": None}
_QUICK = {"read": ("--given",), "verify": ("--given", "--against")}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code.

    >>> main(["verify", "(K + 1)^2 = K^2 + 2*K + 1"])
    proved ...
    0
    """
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(words)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader of our output has left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(words: list[str]) -> int:
    arguments = _quick(words)
    if arguments is None:
        from symcnn.arguments import parsed

        try:
            arguments = parsed(words)
        except SystemExit as done:  # argparse has printed the help or what is wrong
            return done.code if isinstance(done.code, int) else UNUSABLE
    try:
        command = import_module(f"symcnn.commands.{arguments.command}")
        code = command.run(arguments)
        assert isinstance(code, int)
        return code
    except SymcnnError as error:
        told = str(error).replace("\n", "\n        ") if isinstance(error, ParseError) else error
        print(f"symcnn: {told}", file=sys.stderr)
        return TOOL_MISSING if isinstance(error, ToolMissing) else UNUSABLE
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception:  # noqa: BLE001  anything else is a bug, and its exit code says so
        import traceback

        traceback.print_exc()
        print(
            "symcnn: this is a bug in symcnn; please report it with the lines above",
            file=sys.stderr,
        )
        return BUG


def _quick(words: list[str]) -> Any:
    """The arguments of a plain call of `read` or `verify`; None for everything else.

    >>> _quick(["verify", "-x^2 = x", "--json"]).formula, _quick(["verify", "--help"])
    ('-x^2 = x', None)
    """
    options = _QUICK.get(words[0]) if words else None
    if options is None:
        return None
    found: dict[str, Any] = {**_DEFAULTS, "answers": [], "command": words[0]}
    rest = iter(words[1:])
    for word in rest:
        if word == "--json":
            found["json"] = True
        elif word in options:
            value = next(rest, "--")
            if value[:2] == "--":
                return None
            found[word[2:]] = value
        elif "formula" in found or word[:2] == "--" or word == "-h":
            return None
        else:
            found["formula"] = word
    return SimpleNamespace(**found) if "formula" in found else None
