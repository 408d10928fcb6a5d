"""Files that are damaged or meant to hurt: each is told by name, and the others are read."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from symcnn.grader.formats import archive, sources
from symcnn.grader.submissions import read_submissions

GOOD = "student: 7\n```answer q1\nK^2\n```\n"
DEEP = 100_000


def _told(path: Path) -> list[str]:
    """The problems of a folder in which the student 7 has to be found nonetheless."""
    if path.is_dir():
        (path / "good.md").write_text(GOOD, encoding="utf-8")
    found, problems = read_submissions([path], ["q1"])
    assert [each.student for each in found] == ["7"]
    assert [response.text for _, response in found[0].responses] == ["K^2"]
    told = [str(each) for each in problems]
    assert "".join(told).isprintable()
    assert str(path) not in "".join(told)
    return told


BAD = {
    "a.md": (b"", "the file is empty; hand in"),
    "b.yaml": (b" \n\t\n", "the file is empty"),
    "c.md": ("پاسخ".encode("cp1256"), "c.md, line 1: the byte 0x81 is not UTF-8"),
    "d.md": (GOOD.encode("utf-16"), "d.md: the file is UTF-16; save it as UTF-8"),
    "e.md": (GOOD.encode("utf-16-le"), "e.md, line 1: the file holds a NUL character"),
    "f.md": (b"student: 8\nx\0y", "f.md, line 2: the file holds a NUL character"),
    "g.md": (b"student: 9\n# Homework\nK^2\n", "there is no marked answer in it; put each answer"),
    "h.tex": (b"\\student{9} K^2", "there is no marked answer in it; put each answer between \\b"),
    "i.ipynb": (b'{"nbformat": 4, "cells": []}', "there is no marked cell in it"),
    "j.ipynb": (b'{"nbformat": 3, "worksheets": []}', "this is a notebook of format 3; only form"),
    "k.ipynb": (b"[]", "this is no Jupyter notebook"),
    "l.json": (b"[" * DEEP, "l.json: it is nested too deep"),
    "m.json": (b'{"answers": {"q1": ' + b"[" * 40 + b"]" * 40 + b"}}", "it is nested too deep"),
    "n.json": (b'{"answers": {"q1": "K"}', "n.json, line 1: this is no JSON"),
    "o.json": (rb'{"answers": {"q1": "\sum"}}', "write every backslash twice"),
    "p.yaml": (b"[" * DEEP, "p.yaml, line 1: it is nested too deep"),
    "q.yaml": (b"a: &a [x]\nb: [*a, *a]\n", "q.yaml, line 1: &a is an anchor of YAML"),
    "r.yaml": (b"student: 8\nanswers:\n  q1: *K\n", "r.yaml, line 3: *K is an alias of YAML"),
    "s.yaml": (b"answers: !!python/object/apply:os.system [id]\n", "s.yaml, line 1: tag:yaml.org"),
    "t.yaml": (b"answers:\n  q1: a: b\n", "t.yaml, line 2: this is no YAML: a second colon"),
    "u.yaml": (b'answers:\n  q1: "\\sum"\n', "u.yaml, line 2: a backslash in double quotes"),
    "v.yaml": (b"answers: {q1: K}\n---\nanswers: {}\n", "v.yaml, line 2: a second document"),
    "w.yaml": (b"schema: 1\ntitle: x\nquestions: []\n", "this is an assignment and no submission"),
    "x.yaml": (b"anwsers: {q1: K}\n", "did you mean answers by anwsers?"),
    "y.toml": (b'[answers]\nq1 = "\\sum"\n', "y.toml, line 2: a backslash in double quotes"),
    "z.toml": (b"[answers]\nq1 = K^2\n", "z.toml, line 2: this is no TOML"),
    "za.toml": (b"q1 = " + b"9" * 5_000, "a number has too many digits"),
    "zb.toml": (b"q1 = " + b"[" * DEEP, "it is nested too deep"),
    "zc.csv": (b"name,q1\nAli,K\n", "zc.csv, row 1: the first row names no column student"),
    "zd.csv": (b'student,q1\n8,"K\n', "zd.csv, row 2: this is no CSV"),
    "ze.csv": (b"student,q1\n8,max(a,b)\n", "ze.csv, row 2: the row has 3 cells and the header 2"),
    "zf.csv": (b"student,q1\n8," + b"K" * 200_000 + b"\n", "zf.csv, row 2: this is no CSV: field"),
    "zg.pdf": (b"%PDF-1.7", ".pdf is no form that is read; hand in one of .yaml, .toml, .md, "),
    "zh": (b"x", "zh is no form that is read"),
    "zi.zip": (b"PK\x03\x04 not", "the zip is damaged: File is not a zip file"),
    "zj.md": (b"student: 8\nstudent: 9\n```answer q1\nK\n```\n", "zj.md, line 2: the file names"),
    "zk.yaml": (b"answers: [a, b]", "answers are no mapping from questions to texts"),
    "zl.yaml": (b"student: [a]\nanswers: {q1: K}", "student has to be a text"),
    "zm.yaml": (b"answers:\n" + b"  q: K\n" * 2_001, "zm.yaml, line 1: there are more than 2000"),
    "zn.md": (b"```answer q\nK\n```\n" * 2_001, "zn.md: there are more than 2000 entries"),
    "zo.csv": (b"student,q1\n" * 20_001, "zo.csv, row 20001: there are more than 20000 rows or"),
    "zp.json": (b'{"answers": {' + b'"q": 1, ' * 5_000 + b'"q": 1}}', "answers: there are more th"),
    "zq.toml": (b"a" + b".a" * 30 + b" = 1\n", "zq.toml: it is nested too deep"),
    "zr.ipynb": (b'{"nbformat": 4, "cells": [' + b"1, " * 5_000 + b"1]}", "more than 5000 entries"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_told_by_name(tmp_path: Path, name: str) -> None:
    raw, message = BAD[name]
    (tmp_path / name).write_bytes(raw)
    [told] = _told(tmp_path)
    assert told.startswith(name)
    assert message in told


def test_a_large_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "8.md"
    with large.open("wb") as file:
        file.truncate(100_000_000)
    opened = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda each: opened.append(each) or read_bytes(each))
    assert _told(tmp_path) == [
        "8.md: the file has 100000000 bytes, more than 4000000; take pictures and outputs out of it"
    ]
    assert large not in opened


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = tmp_path / "8.md"
    locked.write_text(GOOD, encoding="utf-8")
    read_bytes = Path.read_bytes

    def refuse(each: Path) -> bytes:
        if each == locked:
            raise PermissionError(13, "Permission denied")
        return read_bytes(each)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert _told(tmp_path) == [
        "8.md: the file cannot be opened: Permission denied; make it readable, or hand it in again"
    ]


def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    scan = os.scandir

    def refuse(each: Path) -> object:
        if each.name == "locked":
            raise PermissionError(13, "Permission denied")
        return scan(each)

    monkeypatch.setattr(sources.os, "scandir", refuse)
    [told] = _told(tmp_path)
    assert told.startswith("locked: the file cannot be opened: Permission denied")


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "8.md").symlink_to("/etc/passwd")
    (tmp_path / "round").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.md")
    assert _told(tmp_path) == [
        "8.md: a symbolic link is not followed; hand in the file itself",
        "pipe.md: this is no ordinary file; hand in a file",
        "round: a symbolic link is not followed; hand in the file itself",
    ]


def test_hidden_files_are_not_seen(tmp_path: Path) -> None:
    for name in (".git/x.md", "__MACOSX/y.md", "._good.md", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    assert _told(tmp_path) == []


def test_nothing_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found, problems = read_submissions([tmp_path / "empty", tmp_path / "absent", "a\0b"])
    assert found == ()
    assert [each.where for each in problems] == ["empty", "absent", "a\\x00b"]
    assert problems[0].message == "there is no submission in it"
    assert problems[1].message == "there is no such file"


def _zip(path: Path, files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name), content, method)
    return path


def test_a_zip_of_a_class(tmp_path: Path) -> None:
    other = GOOD.replace("student: 7", "")
    path = _zip(
        tmp_path / "class.zip",
        {
            "Ali_123_assignsubmission_file_/hw.md": other,
            "Sara_7_assignsubmission_file_/hw.md": other.replace("K^2", "N"),
            "__MACOSX/Sara_7_assignsubmission_file_/._hw.md": "x",
            "Reza_9_assignsubmission_file_/figure.png": b"\x89PNG",
        },
    )
    found, [problem] = read_submissions([path], ["q1"])
    assert [(each.student, each.name) for each in found] == [("123", "Ali"), ("7", "Sara")]
    assert found[0].responses[0][1].place == (
        "class.zip/Ali_123_assignsubmission_file_/hw.md, line 3"
    )
    assert problem.where == "class.zip/Reza_9_assignsubmission_file_/figure.png"


def test_a_zip_of_a_student(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("homework/solution.md", GOOD.replace("student: 7", ""))
    (tmp_path / "8").mkdir()
    (tmp_path / "8" / "hw.zip").write_bytes(inner.getvalue())
    (tmp_path / "9.zip").write_bytes(inner.getvalue())
    found, problems = read_submissions([tmp_path])
    assert ([each.student for each in found], problems) == (["8", "9"], ())
    path = _zip(tmp_path / "all.zip", {"5/hw.zip": inner.getvalue(), "6/hw.md": GOOD})
    found, problems = read_submissions([path])
    assert ([each.student for each in found], problems) == (["5", "7"], ())


@pytest.mark.parametrize(
    "name", ["../../evil.md", "/etc/evil.md", "a/../../evil.md", "C:\\evil.md", "..\\evil.md"]
)
def test_paths_that_lead_out_of_a_zip(tmp_path: Path, name: str) -> None:
    path = _zip(tmp_path / "x.zip", {name: GOOD.replace("7", "8"), "good.md": GOOD})
    [told] = _told(path)
    assert "a path that leads out of the zip is not read" in told
    assert [each.name for each in tmp_path.iterdir()] == ["x.zip"]


def test_links_in_a_zip(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("8.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as made:
        made.writestr(link, "/etc/passwd")
        made.writestr("good.md", GOOD)
    assert _told(tmp_path / "x.zip") == [
        "x.zip/8.md: a symbolic link is not followed; hand in the file itself"
    ]


def test_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _zip(tmp_path / "x.zip", {"8.md": b"K" * 3_000_000, "9.md": b"K" * 5_000_000})
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("good.md", GOOD)
    assert _told(path) == [
        "x.zip/8.md: it unpacks to more than 200 times its size and is not read; zip the files "
        "again",
        "x.zip/9.md: the file has 5000000 bytes, more than 4000000; take pictures and outputs out "
        "of it",
    ]
    monkeypatch.setattr(archive, "MAX_TOTAL", len(GOOD) + 10)
    _zip(path, {"good.md": GOOD, "more.md": GOOD})
    [told] = _told(path)
    assert told.startswith("x.zip/more.md: the zip unpacks to more than")


def test_zips_in_zips_in_zips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = b""
    for _ in range(3):
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w") as made:
            made.writestr("a.zip" if raw else "a.md", raw or GOOD)
        raw = box.getvalue()
    path = _zip(tmp_path / "x.zip", {"a.zip": raw, "good.md": GOOD})
    [told] = _told(path)
    assert told.startswith("x.zip/a.zip/a.zip: a zip in a zip in a zip is not read")
    monkeypatch.setattr(archive, "MAX_FILES", 1)
    [problem] = read_submissions([path])[1]
    assert problem.message == "there are more than 1 files in it"


def test_damage_inside_a_zip(tmp_path: Path) -> None:
    path = _zip(tmp_path / "x.zip", {"8.md": GOOD * 9, "good.md": GOOD}, zipfile.ZIP_STORED)
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"K^2")] = ord("N")
    path.write_bytes(raw)
    [told] = _told(path)
    assert told.startswith("x.zip/8.md: the zip is damaged: Bad CRC-32")


def test_passwords_and_unusual_packing(tmp_path: Path) -> None:
    path = _zip(tmp_path / "x.zip", {"8.md": GOOD}, zipfile.ZIP_LZMA)
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("9.md", GOOD)
        made.writestr("good.md", GOOD)
    raw = bytearray(path.read_bytes())
    start = raw.index(b"PK\x01\x02", raw.index(b"PK\x01\x02") + 1)
    raw[start + 8] |= 1  # the flag of encryption in the directory
    path.write_bytes(raw)
    assert _told(path) == [
        "x.zip/8.md: it is packed in a way that is not read; zip it in the ordinary way",
        "x.zip/9.md: it is encrypted; hand it in without a password",
    ]


def test_names_in_a_zip_without_a_word_about_their_encoding(tmp_path: Path) -> None:
    path = _zip(tmp_path / "x.zip", {"AAAA/hw.md": GOOD.replace("student: 7", ""), "7.md": GOOD})
    raw = path.read_bytes().replace(b"AAAA", "علی".encode()[:4])
    path.write_bytes(raw)
    found, _ = read_submissions([path])
    assert [each.student for each in found] == ["7", "عل"]
    path.write_bytes(
        path.read_bytes().replace("عل".encode(), "على ".strip().encode("cp1256") + b"\xe1")
    )
    [told] = _told(path)
    assert "a name in the zip is not UTF-8" in told
