"""Both languages say the same things, in the terms of the glossary."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from symcnn.errors import SheetError
from symcnn.sheet.language import read_language

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
GLOSSARY = tomllib.loads((TEMPLATES / "lang" / "glossary.toml").read_text(encoding="utf-8"))
PERSIAN = [TEMPLATES / "lang" / "fa.toml", *sorted((ROOT / "answers").glob("**/*.fa.toml"))]


def test_the_languages_have_the_same_words_with_the_same_holes() -> None:
    en, fa = (read_language(code, (TEMPLATES,)).table for code in ("en", "fa"))
    assert en.keys() == fa.keys()
    for section, words in en.items():
        if not isinstance(words, dict):
            continue
        assert words.keys() == fa[section].keys(), section
        for key, text in words.items():
            holes = {part.split("}")[0] for part in text.split("{")[1:]}
            assert holes == {part.split("}")[0] for part in fa[section][key].split("{")[1:]}, key


@pytest.mark.parametrize("path", PERSIAN, ids=lambda path: path.stem)
def test_persian_keeps_to_the_glossary(path: Path) -> None:
    text = "\n".join(
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    )
    for term in GLOSSARY["term"]:
        for other in term.get("instead_of", []):
            assert other not in text, f"{path.name}: {other}; the glossary says {term['fa']}"


def test_every_method_of_the_prover_has_words() -> None:
    methods = set()
    for path in sorted((ROOT / "symcnn" / "prover").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        methods.update(re.findall(r'\bProof\(\s*"([^"]+)",', text))
        methods.update(re.findall(r'\brule = "([^"]+)"', text))
    assert "rational normal form" in methods
    for code in ("en", "fa"):
        known = read_language(code, (TEMPLATES,)).table["method"]
        assert sorted(methods - set(known)) == [], f"[method] in lang/{code}.toml"


def test_own_words_go_before_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "lang").mkdir()
    (tmp_path / "lang" / "en.toml").write_text('[verdict]\nproved = "Shown"\n', encoding="utf-8")
    language = read_language("en", (tmp_path, TEMPLATES))
    assert language.word("verdict", "proved") == "Shown"
    assert language.word("verdict", "refuted") == "Refuted"


def test_an_unknown_language_says_what_to_write() -> None:
    with pytest.raises(SheetError, match=r"lang/de\.toml"):
        read_language("de", (TEMPLATES,))


def test_a_missing_word_is_an_error() -> None:
    with pytest.raises(SheetError, match=r"\[verdict\] maybe"):
        read_language("en", (TEMPLATES,)).word("verdict", "maybe")


def test_methods_are_said_part_by_part() -> None:
    fa = read_language("fa", (TEMPLATES,))
    assert fa.method("entries and literal arithmetic") == "درایه‌به‌درایه و حساب عددی دقیق"
    assert fa.method("induction on n, brackets") == "استقرا روی n، حذف کروشه‌ها"
    assert fa.method("a method of tomorrow") == "محاسبه‌ی دقیق"  # never English in Persian
    assert read_language("en", (TEMPLATES,)).method("a method of tomorrow").endswith("tomorrow")
