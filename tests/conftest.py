"""Tests marked ``tex`` need XeLaTeX. Where it is missing they are left out, which is said at the
end; where ``$SYMCNN_REQUIRE_TEX`` is set, as in ``.ci/run``, they run and fail.
"""

from __future__ import annotations

import os
import shutil

import pytest

LEFT_OUT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.stash[LEFT_OUT] = 0
    if shutil.which("xelatex") or os.environ.get("SYMCNN_REQUIRE_TEX"):
        return
    without = [item for item in items if item.get_closest_marker("tex")]
    config.stash[LEFT_OUT] = len(without)
    config.hook.pytest_deselected(items=without)
    items[:] = [item for item in items if item not in without]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    count = terminalreporter.config.stash.get(LEFT_OUT, 0)
    if count:
        terminalreporter.write_line(
            f"XeLaTeX IS MISSING: {count} tests of PDF files were left out; `symcnn doctor` says "
            "how to install it",
            yellow=True,
        )
