"""Layers that are imported from their files when they are first used."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

import symcnn.layers

NAMES = [(home, name) for home, names in symcnn.layers._HOMES.items() for name in names.split()]


@pytest.mark.parametrize(("home", "name"), NAMES)
def test_a_name_leads_to_its_home(home: str, name: str) -> None:
    assert getattr(symcnn.layers, name) is getattr(import_module(f"symcnn.layers.{home}"), name)


def test_readers_of_types_see_the_same_names() -> None:
    tree = ast.parse(Path(symcnn.layers.__file__).read_text(encoding="utf-8"))
    seen = [
        ((node.module or "").rpartition(".")[2], node.names[0].asname)
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
    ]
    assert sorted(seen, key=str) == sorted(NAMES)


def test_other_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="no Deconv"):
        symcnn.layers.__getattr__("Deconv")
