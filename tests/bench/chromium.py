"""Where the browser is."""

import shutil


def chromium() -> str:
    """The browser of the machine itself."""
    found = shutil.which("chromium")
    if found is None:
        raise SystemExit("bench: Chromium is missing. Run script/setup test.")
    return found
