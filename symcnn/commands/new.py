"""``symcnn new question``: writes an answer to start from."""

from __future__ import annotations

import argparse


def run(arguments: argparse.Namespace) -> int:
    """Prints the files that were written and the commands that use them."""
    from symcnn.new_question import new_question

    for path in new_question(arguments.id, arguments.into):
        print(f"wrote {path}")
    where = str(arguments.into)
    shown = f"'{where}'" if " " in where else where
    print("next:")
    print(f"  symcnn check {arguments.id} --answers {shown}")
    print(f"  symcnn sheet {arguments.id} --answers {shown} --lang en,fa --format html")
    return 0
