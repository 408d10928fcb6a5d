"""``symcnn gradescope``: writes the autograder zip of an assignment."""

from __future__ import annotations

import argparse
import sys

from symcnn.errors import AuthorError


def run(arguments: argparse.Namespace) -> int:
    """Prints the path of the zip; what to do with it goes to stderr."""
    from symcnn.grader.assignments.assignment_file import load_assignment
    from symcnn.grader.atomic import write_bytes
    from symcnn.grader.ready.gradescope_zip import autograder_zip

    assignment = load_assignment(arguments.assignment)
    data = autograder_zip(assignment)
    try:
        write_bytes(arguments.output, data)
    except OSError as error:
        raise AuthorError(
            f"{arguments.output}: {error.strerror}; name another file with -o"
        ) from error
    print(arguments.output)
    print(
        "upload it under Configure Autograder, with Ubuntu 22.04 or newer as the base image; "
        "it holds no text of a key",
        file=sys.stderr,
    )
    return 0
