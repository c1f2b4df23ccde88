import gzip
import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
KNOWN = set((ROOT / "haarlemveilig/ui/utrecht-classes.txt").read_text().split())


def test_every_utrecht_class_in_use_is_built_into_the_sheet() -> None:
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "haarlemveilig/ui").rglob("*.py")]
    sources += (ROOT / "static/js").glob("*.js")
    used = {
        name for path in sources for name in re.findall(r"(?<![\w-])utrecht-[a-z\d_-]+", path.read_text())
    }
    # A name that ends in a dash is completed at run time; its endings are on the list.
    used = {name for name in used if not name.endswith("-") and name != "utrecht-classes"}
    assert used <= KNOWN, "add to utrecht-classes.txt and run script/build-assets"


def test_our_own_sheets_stay_small() -> None:
    own = b"".join(
        (ROOT / f"static/css/{name}.css").read_bytes() for name in ("tokens", "base", "components")
    )
    assert len(gzip.compress(own)) < 8 * 1024


def test_the_built_sheet_is_small_and_finds_its_fonts() -> None:
    folder = ROOT / "static/vendor"
    sheet = (folder / "site.css").read_text()
    assert len(gzip.compress(sheet.encode())) < 16 * 1024
    fonts = re.findall(r"url\(([^)]+)\)", sheet)
    assert fonts
    assert all((folder / font).exists() for font in fonts if not font.startswith("data:"))
