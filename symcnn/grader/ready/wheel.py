"""A wheel of this very package for marking: its modules, and what marking needs from others.

Answers, sheets' templates and the packages that only they need are left out. The same files give
the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import symcnn
from symcnn.errors import ToolMissing

NEEDED = ("python-flint", "PyYAML", "z3-solver")
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def wheel() -> tuple[str, bytes]:
    """The name of the wheel and its bytes.

    Raises ToolMissing where symcnn was not installed, so that nothing says what it needs.

    >>> name, data = wheel()
    >>> name.startswith("symcnn-"), name.endswith("-py3-none-any.whl"), data[:2]
    (True, True, b'PK')
    """
    version = symcnn.__version__
    about = f"symcnn-{version}.dist-info"
    files = dict(_modules())
    needed = "".join(f"Requires-Dist: {each}\n" for each in _needed())
    stated = f"Metadata-Version: 2.1\nName: symcnn\nVersion: {version}\nRequires-Python: >=3.11\n"
    files[f"{about}/METADATA"] = (stated + needed).encode()
    files[f"{about}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: symcnn\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    files[f"{about}/entry_points.txt"] = b"[console_scripts]\nsymcnn = symcnn.cli:main\n"
    record = [f"{name},{_digest(data)},{len(data)}" for name, data in files.items()]
    files[f"{about}/RECORD"] = "\n".join([*record, f"{about}/RECORD,,", ""]).encode()
    return f"symcnn-{version}-py3-none-any.whl", zipped(files)


def zipped(files: Mapping[str, bytes], programs: tuple[str, ...] = ()) -> bytes:
    """The files in a zip, the same bytes for the same files; ``programs`` may be run.

    >>> zipped({"a": b"1"}) == zipped({"a": b"1"})
    True
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            about = zipfile.ZipInfo(name, _FIRST_DAY)
            about.create_system = 3  # whatever the machine: permissions are those of Unix
            about.external_attr = (0o755 if name in programs else 0o644) << 16
            archive.writestr(about, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _modules() -> Iterator[tuple[str, bytes]]:
    package = Path(symcnn.__file__).resolve().parent
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package)
        if name.parts[0] != "_data" and (path.suffix == ".py" or path.name == "py.typed"):
            yield f"symcnn/{name.as_posix()}", path.read_bytes()


def _needed() -> Iterator[str]:
    """The requirements that the package states, as far as marking needs them."""
    wanted = {each.casefold() for each in NEEDED}
    for each in _stated():
        found = _NAME.match(each)
        if found is not None and found[0].casefold() in wanted and ";" not in each:
            yield each


def _stated() -> list[str]:
    from importlib.metadata import PackageNotFoundError, requires

    project = Path(symcnn.__file__).resolve().parent.parent / "pyproject.toml"
    if project.is_file():  # a checkout: an installation beside it may be older
        import tomllib

        found: list[str] = tomllib.loads(project.read_text("utf-8"))["project"]["dependencies"]
        return found
    try:
        return requires("symcnn") or []
    except PackageNotFoundError as error:
        raise ToolMissing("symcnn itself is not installed: run `pip install symcnn`") from error


def _digest(data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
    return "sha256=" + digest.rstrip(b"=").decode()
