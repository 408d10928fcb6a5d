"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from symcnn.errors import SheetError


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes beside the target and renames; nobody ever sees half a file.

    Raises SheetError when the directory cannot be written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    made = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(data)
        made.replace(path)
    except OSError as error:
        if path.parent.is_dir():
            made.unlink(missing_ok=True)
        raise SheetError(f"{path}: cannot be written ({error.strerror})") from error
