"""The sources themselves: who imports whom, how long files are, and which words are banned."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
BUDGET = {"answers": 400}  # a question is one file; everything else:
LINES = 300

# What the modules of a storey may import, itself aside. Storeys yet to come have their place.
MATHEMATICS = {"errors", "formula"}
CLAIMS = MATHEMATICS | {"reading", "claims"}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "formula": {"errors"},
    "reading": MATHEMATICS,
    "claims": MATHEMATICS | {"reading"},
    "layers": MATHEMATICS,
    "networks": MATHEMATICS | {"layers"},
    "prover": CLAIMS,
    "diagnosis": CLAIMS | {"prover"},
    "verifying": CLAIMS | {"prover", "diagnosis", "resources"},
    "verify": CLAIMS | {"verifying"},
    "resources": {"errors", "claims"},
    "checking": CLAIMS | {"prover", "resources"},
    "grader": CLAIMS | {"prover", "diagnosis", "verify", "verifying", "resources", "templating"},
    "sheet": MATHEMATICS | {"claims", "resources", "templating"},
    "templating": set(),
    "doctor": {"errors"},
    "new_question": {"errors"},
    "answers": MATHEMATICS | {"claims", "layers", "networks"},
}
ANYTHING = {"commands", "cli", "arguments", "grading_arguments", "__main__", "__init__"}
HEAVY = {"sympy", "numpy", "jinja2", "z3", "rich", "yaml", "flint", "latex2mathml", "distributed"}
WHERE = {  # third-party packages that only some storeys know
    "sympy": {"formula", "layers", "networks", "answers"},
    "jinja2": {"sheet", "grader", "templating"},
    "z3": {"prover"},
    "rich": {"commands"},
    "numpy": {"layers", "networks"},
    "distributed": {"grader"},
}


class Source(NamedTuple):
    path: Path
    storey: str
    tree: ast.Module

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))


def _sources() -> list[Source]:
    found = []
    for path in sorted([*ROOT.glob("symcnn/**/*.py"), *ROOT.glob("answers/**/*.py")]):
        parts = path.relative_to(ROOT).with_suffix("").parts
        storey = parts[0] if parts[0] == "answers" else parts[1]
        found.append(Source(path, storey, ast.parse(path.read_text(encoding="utf-8"))))
    return found


SOURCES = _sources()
EXACT = [source for source in SOURCES if source.storey in ("formula", "prover")]


def _imported(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, at the top or inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            if node.module == "symcnn":
                yield from (f"symcnn.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_imports_point_down(source: Source) -> None:
    if source.storey in ANYTHING:
        return
    known = {name.split(".")[1] for name in _imported(source.tree) if name.startswith("symcnn.")}
    assert source.storey in MAY_IMPORT, f"give {source.storey} its place in MAY_IMPORT"
    assert known - {source.storey} <= MAY_IMPORT[source.storey]


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_third_party_packages_stay_where_they_belong(source: Source) -> None:
    for name in _imported(source.tree):
        package = name.split(".")[0]
        assert source.storey in WHERE.get(package, {source.storey}), f"{package} is not known here"
        assert package != "tests"


def test_only_the_bridge_of_the_formulas_knows_sympy() -> None:
    knowing = [
        source.path.name
        for source in SOURCES
        if source.storey == "formula"
        and "sympy" in {n.split(".")[0] for n in _imported(source.tree)}
    ]
    assert knowing in ([], ["sympy_bridge.py"])


def _top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.If | ast.Try | ast.With):
            yield from _top_level(node.body)
        yield node


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_heavy_packages_are_imported_where_they_are_used(source: Source) -> None:
    top = ast.Module(
        [n for n in _top_level(source.tree.body) if isinstance(n, ast.Import | ast.ImportFrom)], []
    )
    assert not HEAVY & {name.split(".")[0] for name in _imported(top)}


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_every_file_says_what_it_is_and_stays_short(source: Source) -> None:
    assert (ast.get_docstring(source.tree) or "").strip()
    lines = source.path.read_text(encoding="utf-8").count("\n")
    assert lines <= BUDGET.get(source.storey, LINES), "split it: one idea a file"


def _called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr


def _caught(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            yield "everything" if node.type is None else ast.unparse(node.type)


@pytest.mark.parametrize("source", EXACT, ids=str)
def test_the_exact_storeys_do_not_guess(source: Source) -> None:
    called = set(_called(source.tree))
    assert not called & {"simplify", "doit", "float", "time", "monotonic", "perf_counter"}
    for node in ast.walk(source.tree):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_no_text_is_run_as_python(source: Source) -> None:
    assert not set(_called(source.tree)) & {"eval", "exec", "sympify", "parse_expr", "S"}


def test_only_the_shell_and_the_marking_of_a_class_catch_everything() -> None:
    caught = [
        str(source)
        for source in SOURCES
        for name in _caught(source.tree)
        if name in ("everything", "Exception", "BaseException")
    ]
    assert caught == ["symcnn/cli.py", "symcnn/grader/running/batches.py"]


def test_the_house_is_complete() -> None:
    """The storeys that the tests above speak of are really read."""
    storeys = {source.storey for source in SOURCES}
    assert {"formula", "reading", "claims", "prover", "layers", "sheet", "answers"} <= storeys
    assert len(EXACT) > 10


def test_the_tests_bite() -> None:
    bad = ast.parse(
        "def f():\n    import sympy\n    from symcnn.prover import decide\n    x.doit()"
    )
    assert set(_imported(bad)) == {"sympy", "symcnn.prover"}
    assert set(_called(bad)) == {"doit"}
    assert set(_caught(ast.parse("try:\n    1\nexcept:\n    2"))) == {"everything"}
