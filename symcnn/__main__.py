"""``python -m symcnn``: the same as the command ``symcnn``."""

from __future__ import annotations

import sys

from symcnn.cli import main

sys.exit(main())
