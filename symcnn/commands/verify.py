"""``symcnn verify``: decides one formula against another, or an equation by itself."""

from __future__ import annotations

import argparse

from symcnn.commands.output import folded, print_json, text_of
from symcnn.errors import AuthorError, ParseError

_EXIT = {"proved": 0, "holds_under": 0, "refuted": 1, "undecided": 3}


def run(arguments: argparse.Namespace) -> int:
    """0 proved, 1 refuted, 3 undecided; text that cannot be read is 2."""
    from symcnn.claims.as_text import given_lines, statement_lines, verdict_lines
    from symcnn.verify import verify

    against = None if arguments.against is None else text_of(arguments.against)
    try:
        result = verify(text_of(arguments.formula), against, arguments.given)
    except (AuthorError, ParseError) as error:
        if not arguments.json:
            raise
        from symcnn.claims.as_json import invalid_json

        print_json(invalid_json(error))
        return 2
    if arguments.json:
        print_json(result.as_json())
    else:
        for line in verdict_lines(result.verdict):
            print(folded(line))
        for line in statement_lines(result.statement):
            print(f"read:  {line}")
        for line in given_lines(result.given, result.names):
            print(f"given: {line}")
    return _EXIT[result.kind]
