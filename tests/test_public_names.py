"""The names that `import symcnn` promises: adding or losing one is a decision, made here."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

import symcnn

PUBLIC = """
    Answer AuthorError Box Chain Checker Claim Conv1d Conv2d Conv3d ConvTranspose1d
    ConvTranspose2d ConvTranspose3d Derivation Equation Exhibit Figure Finding HoldsUnder
    Implies Limit Link ParseError Part Problem Proved Refuted Relation Report Result Say
    SheetError Show SymcnnError ToolMissing Undecided Verdict Witness check claim confirm grade
    read render verify verify_steps
""".split()


def test_the_list_is_what_is_promised() -> None:
    assert sorted({*symcnn._HOMES, "verify"}) == sorted(PUBLIC)
    assert sorted(dir(symcnn)) == sorted([*PUBLIC, "__version__"])


@pytest.mark.parametrize("name", PUBLIC)
def test_a_name_leads_to_its_home(name: str) -> None:
    value = getattr(symcnn, name)
    if name in symcnn._HOMES:
        assert value is getattr(import_module(symcnn._HOMES[name]), name)


def test_readers_of_types_see_the_same_list() -> None:
    """The imports for type checkers and the table of homes say the same."""
    tree = ast.parse(Path(symcnn.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.asname: node.module
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == symcnn._HOMES


def test_verify_stays_a_function_when_its_module_is_imported() -> None:
    import_module("symcnn.verify")
    assert symcnn.verify.__module__ == "symcnn.verify"
    assert callable(symcnn.verify)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'prove'"):
        symcnn.prove  # noqa: B018
