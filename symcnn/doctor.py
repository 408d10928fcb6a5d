"""What is installed, the exact line that mends what is not, and the installation of TeX.

Looks only; the one thing that changes the machine is `install_tex`, which says what it does first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import match

from symcnn.errors import ToolMissing

TEX_PACKAGES = ("texlive-xetex", "texlive-lang-arabic", "lmodern", "poppler-utils")
_APT = ("apt-get", "-o", "DPkg::Lock::Timeout=600")
_LOOK_SECONDS = 60
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that symcnn uses: what was found ("" when it is missing) and how to get it."""

    name: str
    found: str
    used_for: str
    mend: str


def inspect() -> tuple[Item, ...]:
    """Python, the packages, and what PDF sheets need."""
    return (_python(), *_packages(), *tex_items())


def tex_items() -> tuple[Item, ...]:
    """XeLaTeX, its Persian package, the Persian font, and pdftoppm, which shows pages."""
    mend = tex_line()
    return (
        Item("xelatex", shutil.which("xelatex") or "", "PDF sheets", mend),
        Item("xepersian.sty", _printed("kpsewhich", "xepersian.sty"), "Persian PDF sheets", mend),
        Item("Amiri", _amiri(), "Persian letters", mend),
        Item("pdftoppm", shutil.which("pdftoppm") or "", "looking at PDF pages", mend),
    )


def _python() -> Item:
    words = ".".join(map(str, sys.version_info[:3]))
    right = sys.version_info >= (3, 11)
    return Item("python", words if right else "", "everything", "install Python 3.11 or newer")


def _packages() -> list[Item]:
    try:
        needed = [each for each in requires("symcnn") or () if "extra ==" not in each]
    except PackageNotFoundError:
        return [Item("symcnn", "", "the command symcnn", "pip install .")]
    items = []
    for each in needed:
        name = (match(r"[A-Za-z0-9._-]+", each) or [each])[0]
        try:
            found = version(name)
        except PackageNotFoundError:
            found = ""
        items.append(Item(name, found, "everything", f"pip install '{each}'"))
    return items


def _amiri() -> str:
    """The file of the font; XeTeX finds it without the program fc-list, which may be missing."""
    found = _printed("fc-list", "Amiri:style=Regular", "file")
    found = found or _printed("kpsewhich", "Amiri-Regular.ttf")
    for name in _FONTS if not found else ():
        directory = Path(name).expanduser()
        files = sorted(directory.glob("**/Amiri-Regular.[ot]tf")) if directory.is_dir() else []
        found = found or next(map(str, files), "")
    return found


def _printed(*command: str) -> str:
    """The first line that a command prints, or "" when it is missing or finds nothing."""
    program = shutil.which(command[0])
    if program is None:
        return ""
    done = subprocess.run(
        [program, *command[1:]],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=_LOOK_SECONDS,
        check=False,
    )
    lines = done.stdout.strip().splitlines() if done.returncode == 0 else []
    return lines[0].rstrip(": ") if lines else ""


def tex_line() -> str:
    """The line that installs TeX on this system, for a person to type."""
    packages = " ".join(TEX_PACKAGES)
    if shutil.which("apt-get"):
        sudo = "" if _is_root() else "sudo "
        return (
            f"{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {packages}"
        )
    if sys.platform == "darwin":
        return "brew install --cask mactex-no-gui && brew install poppler"
    if shutil.which("dnf"):
        return "sudo dnf install texlive-xetex texlive-xepersian texlive-amiri poppler-utils"
    return (
        f"install XeLaTeX, the LaTeX package xepersian and the font Amiri (on Debian: {packages})"
    )


def install_tex(say: Callable[[str], None]) -> None:
    """Installs TeX when it is missing. Raises ToolMissing, with the line to type, if it cannot."""
    missing = [item.name for item in tex_items() if not item.found]
    if not missing:
        return
    names = ", ".join(missing)
    prefix = _as_root()
    if prefix is None:
        raise ToolMissing(
            f"missing for PDF sheets: {names}; PDFs will not be made. To install:\n  {tex_line()}"
        )
    say(f"missing for PDF sheets: {names}")
    say(f"installing {' '.join(TEX_PACKAGES)}: about 220 MB to fetch, a few minutes")
    install = [*_APT, "install", "-y", "--no-install-recommends", *TEX_PACKAGES]
    for command in ([*_APT, "update"], install):
        say(f"running: {' '.join((*prefix, *command))}")
        _run([*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *command])
    still = [item.name for item in tex_items() if not item.found]
    if still:
        raise ToolMissing(f"still missing after the installation: {', '.join(still)}")


def _as_root() -> tuple[str, ...] | None:
    """What makes a command run as root without a question, or None where nothing does."""
    if not shutil.which("apt-get"):
        return None
    if _is_root():
        return ()
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    ):
        return ("sudo", "-n")
    return None


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        last = "\n".join(f"  {line}" for line in done.stdout.strip().splitlines()[-8:])
        raise ToolMissing(
            f"`{' '.join(command)}` failed; it ended with\n{last}\n"
            f"To install by hand:\n  {tex_line()}"
        )
