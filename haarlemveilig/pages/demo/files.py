"""The demo's own files, and the files it generates for the importers."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def read(name: str) -> bytes:
    return (HERE / name).read_bytes()


def read_json(name: str) -> Any:
    return json.loads(read(name))


def generated(write: Callable[[Path], None], name: str) -> bytes:
    """What `write` puts into a file called `name`: the importers read files, so they get one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        return path.read_bytes()
