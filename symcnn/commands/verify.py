"""``symcnn verify``: decides a formula against another, an equation by itself, or a derivation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symcnn.commands.output import folded, text_of
from symcnn.errors import AuthorError, ParseError

if TYPE_CHECKING:
    import argparse

    from symcnn.verifying.chain import Chain
    from symcnn.verifying.result import Result

_EXIT = {"proved": 0, "holds_under": 0, "refuted": 1, "invalid": 2, "undecided": 3, "withheld": 0}


def run(arguments: argparse.Namespace) -> int:
    """0 proved, 1 refuted, 3 undecided; text that cannot be read, or is ambiguous, is 2."""
    try:
        found = _found(arguments)
    except (AuthorError, ParseError) as error:
        if not arguments.json:
            raise
        from symcnn.claims.as_json import invalid_json
        from symcnn.commands.output import print_json

        print_json(invalid_json(error))
        return 2
    if arguments.json:
        from symcnn.commands.output import print_json

        print_json(found.as_json())
    else:
        for line in repr(found).split("\n"):
            print(line if len(line) <= 80 else folded(line))
    return _EXIT[found.kind]


def _found(arguments: argparse.Namespace) -> Result | Chain:
    formula, against = arguments.formula, arguments.against
    more: dict[str, Any] = {"feedback": arguments.feedback, "answers": arguments.answers}
    target = None if against is None else text_of(against)
    if arguments.steps is not None:
        from symcnn.verifying.steps import verify_steps

        start = None if formula is None else text_of(formula)
        lines = text_of(arguments.steps if arguments.steps == "-" else f"@{arguments.steps}")
        return verify_steps(lines, start, target, arguments.given, **more)
    if formula is None:
        raise AuthorError("write a FORMULA, or name the file of a derivation with --steps FILE")
    from symcnn.verify import verify

    return verify(text_of(formula), target, arguments.given, **more)
