"""LaTeX -> PDF by XeLaTeX, in a directory of its own: no shell, no foreign files, the same bytes.

Exit code 0 is not enough: a glyph that a font lacks is an error here. What TeX complains of comes
back with the line of the source and the question that it belongs to.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from symcnn.errors import SheetError, ToolMissing

PACKAGES = "texlive-xetex texlive-lang-arabic lmodern poppler-utils"
INSTALL = f"apt-get install -y --no-install-recommends {PACKAGES}"
_COMMAND = ("-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error")
_ENVIRONMENT = {
    "FORCE_SOURCE_DATE": "1",
    "openin_any": "p",
    "openout_any": "p",
    "max_print_line": "10000",
}
_MOST_RUNS = 3
_SECONDS = 180
_RERUN = re.compile(r"Rerun to get|Rerun LaTeX|Label\(s\) may have changed")
_MISSING_GLYPH = re.compile(
    r"Missing character: There is no (.+?)(?: \(U\+([0-9A-F]+)\))? in font (.*)!"
)
_ERROR = re.compile(r"^(?:\./)?(\S+?\.\w+):(\d+): (.*)$", re.MULTILINE)
_MISSING_FILE = re.compile(
    r"File `([^']+\.(?:sty|cls|def|cfg))' not found|The font \"([^\"]+)\" cannot be found"
)
_OVERFULL = re.compile(r"Overfull \\hbox \((\d+(?:\.\d+)?)pt too wide\)[^\n]*")
_TOLERANCE_PT = 5.0


def compile_pdf(
    tex: str,
    files: Mapping[str, bytes] | None = None,
    *,
    name: str = "sheet",
    keep: Path | None = None,
    tell: Callable[[str], None] | None = None,
) -> bytes:
    """The PDF of a LaTeX text; ``files`` lie beside it by name.

    ``tell`` hears of lines that stick out by more than 5 pt. When TeX fails, ``<name>.tex`` and
    ``<name>.log`` are left in the directory ``keep`` (a new one if None), which the message names.
    Raises ToolMissing without XeLaTeX or one of its packages, SheetError for anything else.
    """
    program = shutil.which("xelatex")
    if program is None:
        raise ToolMissing(f"there is no xelatex, which makes PDF files; install it with: {INSTALL}")
    with tempfile.TemporaryDirectory(prefix="symcnn-") as made:
        place = Path(made)
        for each, content in (files or {}).items():
            (place / each).write_bytes(content)
        (place / "sheet.tex").write_text(tex, encoding="utf-8")
        try:
            log = _run(program, place)
            _refuse_missing_glyphs(log)
        except SheetError as error:
            raise SheetError(f"{error}\n{_kept(place, name, keep)}") from error
        if tell is not None:
            for found in _OVERFULL.finditer(log):
                if float(found[1]) > _TOLERANCE_PT:
                    tell(f"{name}.tex: {found[0]}")
        return (place / "sheet.pdf").read_bytes()


def _run(program: str, place: Path) -> str:
    """Runs as often as the log asks for, three times at most; gives the last log."""
    log = ""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    environment = {**os.environ, **_ENVIRONMENT, "SOURCE_DATE_EPOCH": epoch}
    for _ in range(_MOST_RUNS):
        try:
            done = subprocess.run(
                [program, *_COMMAND, "sheet.tex"],
                cwd=place,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise SheetError(
                f"xelatex did not end within {_SECONDS} seconds: look for a command that "
                "calls itself in the LaTeX of the answer"
            ) from error
        path = place / "sheet.log"
        log = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
        if done.returncode != 0 or not (place / "sheet.pdf").exists():
            _refuse(log, place)
        if not _RERUN.search(log):
            break
    return log


def _refuse(log: str, place: Path) -> None:
    missing = _MISSING_FILE.search(log)
    if missing:
        what = missing[1] or f"the font {missing[2]}"
        raise ToolMissing(f"TeX lacks {what}; install it with: {INSTALL}")
    found = _ERROR.search(log)
    if found is None:
        last = [line for line in log.splitlines() if line.startswith("!")]
        raise SheetError(f"xelatex failed: {last[0] if last else 'it left no message in its log'}")
    file, line, message = found[1], int(found[2]), found[3]
    text = [f"{file}:{line}: {message}"]
    source = place / file
    if source.is_file():
        lines = source.read_text(encoding="utf-8").splitlines()
        if 0 < line <= len(lines):
            text.append(f"    {lines[line - 1].strip()[:200]}")
            text += [f"    in {_belongs(lines[:line])}"] if _belongs(lines[:line]) else []
    raise SheetError("\n".join(text))


def _belongs(lines: list[str]) -> str:
    """The question, part or claim named by the last ``%%`` comment."""
    named = [line for line in lines if line.startswith("%% ")]
    return named[-1][3:].strip() if named else ""


def _refuse_missing_glyphs(log: str) -> None:
    found = dict.fromkeys(_MISSING_GLYPH.findall(log))
    if found:
        listed = "; ".join(
            f"{sign} (U+{code or format(ord(sign[0]), '04X')}) in {font.partition('/')[0]}"
            for sign, code, font in found
        )
        raise SheetError(
            f"the font has no glyph for: {listed}. Write it as $...$, or say the text in the "
            "language of the sheet"
        )


def _kept(place: Path, name: str, keep: Path | None) -> str:
    directory = keep if keep is not None else Path(tempfile.mkdtemp(prefix="symcnn-failed-"))
    directory.mkdir(parents=True, exist_ok=True)
    for ending in (".tex", ".log"):
        made = place / f"sheet{ending}"
        if made.exists():
            shutil.copyfile(made, directory / f"{name}{ending}")
    return f"kept: {directory / (name + '.tex')} and .log"
