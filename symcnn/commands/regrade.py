"""``symcnn regrade``: what a run has recorded is marked again, against the assignment as it is now.

Nothing that was found or decided then is taken over: decisions are read from their file again.
"""

from __future__ import annotations

import argparse
import sys


def run(arguments: argparse.Namespace) -> int:
    """What ``symcnn grade`` gives: 0 everything marked, 1 something left for a person, 2, 70."""
    from symcnn.commands import grade
    from symcnn.grader.assignments.assignment_file import load_assignment
    from symcnn.grader.atomic import write_bytes
    from symcnn.grader.people import regrade
    from symcnn.grader.records import read_results
    from symcnn.grader.running.gathering import ROSTER_MAP

    output = regrade.second_place(arguments.run, arguments.output)
    recorded = read_results(arguments.run)
    assignment = load_assignment(arguments.assignment)
    again = regrade.again(recorded, assignment)
    names = regrade.pseudonyms_in(arguments.run)
    decisions = regrade.decisions_for(arguments.decisions, arguments.assignment, assignment, names)
    for problem in again.problems:
        print(f"symcnn: {problem}", file=sys.stderr)
    if names:
        here = regrade.directory_of(arguments.run) / ROSTER_MAP
        write_bytes(output / ROSTER_MAP, here.read_bytes())
        print(f"symcnn: the pseudonyms stay; {ROSTER_MAP} is copied", file=sys.stderr)
    return grade.run(
        argparse.Namespace(
            assignment=assignment,
            submissions=again.submissions,
            output=output,
            phase=arguments.phase or recorded.phase,
            decisions=decisions,
            roster=again.roster,
            anonymous=False,
            format=arguments.format or list(regrade.formats_in(arguments.run)),
            jobs=arguments.jobs,
            scheduler=None,
            require_full_marks=False,
            json=arguments.json,
        )
    )
