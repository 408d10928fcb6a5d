"""The zip that Gradescope takes as an autograder: two programs, a wheel, a compiled assignment.

``setup.sh`` runs once, when Gradescope builds the image; ``run_autograder`` runs for each student.
Below ``$SYMCNN_ROOT`` (nothing on Gradescope) both find the directory ``autograder``.
"""

from __future__ import annotations

from symcnn.grader.assignment import Assignment
from symcnn.grader.marking import Marker
from symcnn.grader.ready.compiled import compiled
from symcnn.grader.ready.wheel import wheel, zipped

ASSIGNMENT = "assignment.bin"
_SETUP = r"""#!/usr/bin/env bash
# Installs Python 3.11 or newer and symcnn. Gradescope runs this once, when it builds the image.
set -euo pipefail
autograder="${SYMCNN_ROOT:-}/autograder"

find_python() {
  local name
  for name in python3.13 python3.12 python3.11 python3; do
    if command -v "$name" >/dev/null &&
      "$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
    then
      echo "$name"
      return
    fi
  done
  return 1
}

if ! python="$(find_python)"; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update
  for version in 3.13 3.12 3.11; do
    if apt-get install -y "python$version" "python$version-venv"; then break; fi
  done
  if ! python="$(find_python)"; then
    echo "symcnn needs Python 3.11 or newer: choose a newer Ubuntu as the base image" >&2
    exit 1
  fi
fi

"$python" -m venv "$autograder/symcnn"
"$autograder/symcnn/bin/python" -m pip --disable-pip-version-check install \
  "$autograder"/source/symcnn-*.whl
"$autograder/symcnn/bin/python" -P -m symcnn.grader.ready.autograder --check "$autograder"
"""
_RUN = r"""#!/usr/bin/env bash
# Marks one submission: reads submission/ and submission_metadata.json, writes results/results.json.
set -euo pipefail
autograder="${SYMCNN_ROOT:-}/autograder"
exec "$autograder/symcnn/bin/python" -P -m symcnn.grader.ready.autograder "$autograder"
"""


def autograder_zip(assignment: Assignment) -> bytes:
    """The zip, the same bytes for the same assignment and package.

    Raises AuthorError for an assignment that cannot be used, ToolMissing where symcnn was not
    installed.
    """
    Marker(assignment)  # an unusable key is told before anything is written
    name, package = wheel()
    files = {
        "setup.sh": _SETUP.encode(),
        "run_autograder": _RUN.encode(),
        ASSIGNMENT: compiled(assignment),
        name: package,
    }
    return zipped(files, programs=("setup.sh", "run_autograder"))
