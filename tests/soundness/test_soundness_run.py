"""The whole soundness run, for ``make soundness``: 100,000 pairs and 5,000 vacuous answers."""

from __future__ import annotations

import pytest

from tests.soundness.cases import KINDS
from tests.soundness.run import main


@pytest.mark.slow
def test_nothing_is_wrong_in_the_whole_run() -> None:
    assert main(["--count", "100000", "--seed", "1"]) == 0


def test_run_counts_and_complains(capsys: pytest.CaptureFixture[str]) -> None:
    """A prover that proves everything is found out: what is false in two rounds is wrong."""
    liar = "tests.soundness.test_soundness_run:proves_everything"
    assert (
        main(
            ["--count", str(2 * len(KINDS)), "--adversaries", "0", "--jobs", "1", "--decide", liar]
        )
        == 1
    )
    told = capsys.readouterr()
    count = told.err.count("WRONG: proved")
    assert count >= len(KINDS)
    assert told.out.endswith(f"\n{count} wrong or crashed\n")


class _Proved:
    kind = "proved"


def proves_everything(statement: object, given: object, needs: object) -> _Proved:
    return _Proved()
