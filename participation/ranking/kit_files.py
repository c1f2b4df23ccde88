"""The files of a recount kit, as text. Pure: the same kit gives the same bytes.

ballots.csv    one row per ballot, `leaf;area;A>B>C`, in order; nothing else, no heading. The Merkle root is over it.
apart.csv      the leaves of ballots that two people did not let count; they are in ballots.csv too.
cells.csv      per area, cell and theme: how many participants, the part of the area it speaks for, first places ...
covariance.csv per area and pair of themes: the covariance of their shares, with which the intervals are drawn.
pairwise.csv   per area and pair of themes: how many put the first before the second.
results.csv    per area and theme every figure on the pages.
manifest.json  what the round was, the counts per area, the root, the seed, the version of the software.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from haarlemveilig.canonical import canonical_json
from participation.ranking import merkle
from participation.ranking.published import AreaResultView, RoundResultView

CSV, JSON, PYTHON = "text/csv", "application/json", "text/x-python"
# Rows of longer ballots could be recognised by their order (section 4.1).
LONGEST_ROW = 3
SCRIPTS = Path(__file__).parent / "recount"
EVERYBODY, NOT_GIVEN = "all", "none"


@dataclass(frozen=True)
class Kit:
    """What the files are written from. `rows` in order, as the root is over them."""

    view: RoundResultView
    rows: Sequence[str]
    published_areas: Mapping[str, str]
    set_apart: Sequence[str]
    participations: int
    participations_sha256: str


def kit_files(kit: Kit) -> list[tuple[str, str, bytes]]:
    """Name, media type and content of each file. Without ballots.csv where more than three may be put in order."""
    tables = {
        "cells.csv": _cells(kit.view),
        "covariance.csv": _covariance(kit.view),
        "pairwise.csv": _pairwise(kit.view),
        "results.csv": _results(kit.view),
    }
    if kit.view.k <= LONGEST_ROW:
        tables["ballots.csv"] = "".join(f"{row}\n" for row in kit.rows)
        tables["apart.csv"] = "".join(f"{leaf}\n" for leaf in kit.set_apart)
    contents = {name: text.encode() for name, text in sorted(tables.items())}
    manifest = (
        json.dumps(_manifest(kit, contents), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    )
    scripts = [(path.name, PYTHON, path.read_bytes()) for path in sorted(SCRIPTS.glob("verify*.py"))]
    return [
        *((name, CSV, content) for name, content in contents.items()),
        ("manifest.json", JSON, manifest),
        *scripts,
    ]


def _manifest(kit: Kit, contents: Mapping[str, bytes]) -> dict[str, Any]:
    view = kit.view
    configuration = {
        "areas": dict(sorted(kit.published_areas.items())),
        "k": view.k,
        "kind": view.kind,
        "round": view.code,
        "themes": sorted(view.theme_names),
        "year": view.for_year,
    }
    return {
        "abstentions": next((area.abstentions for area in view.areas.values() if not area.within), None),
        "areas": {code: _manifest_area(area) for code, area in sorted(view.areas.items())},
        "ballots": len(kit.rows),
        "configuration": configuration,
        "configuration_sha256": sha256(canonical_json(configuration).encode()).hexdigest(),
        "files": {name: sha256(content).hexdigest() for name, content in contents.items()},
        "participations": kit.participations,
        "participations_sha256": kit.participations_sha256,
        "root": view.merkle_root,
        "seed": merkle.seed(bytes.fromhex(view.merkle_root)),
        "set_apart": len(kit.set_apart) or None,
        "software": _version(),
        "version": 1,
    }


def _manifest_area(area: AreaResultView) -> dict[str, Any]:
    return {
        "counted_with": list(area.merged_with),
        "deff": area.deff,
        "disputed": list(area.disputed),
        "level": area.level,
        "n": area.participants,
        "n_eff": area.n_eff,
        "population": area.residents,
        "robust": area.robust,
        "schulze": [list(group) for group in area.schulze],
        "weighted": area.is_weighted,
        "wijken": list(area.members),
        "within": area.within,
    }


def _version() -> str:
    try:
        return f"haarlemveilig {metadata.version('haarlemveilig')}"
    except metadata.PackageNotFoundError:
        return "haarlemveilig"


# --- tables -----------------------------------------------------------------------------------------
def _written(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(["" if value is None else _text(value) for value in row] for row in rows)
    return out.getvalue()


def _text(value: Any) -> str:
    # The shortest text that is this number again: nothing is lost, and a spreadsheet reads it.
    return repr(value) if isinstance(value, float) else str(value)


def _shown(view: RoundResultView) -> list[tuple[str, AreaResultView]]:
    """The areas that have figures, each once: not the wijken that were counted with another."""
    found = sorted(view.areas.items())
    return [
        (code, area)
        for code, area in found
        if area.themes and not any(other < code for other in area.merged_with)
    ]


def _cells(view: RoundResultView) -> str:
    places = range(1, view.k + 1)
    themes = sorted(view.theme_names)

    def rows() -> Iterable[Sequence[Any]]:
        for code, area in _shown(view):
            for wijk, name, n, share, counts in _cells_of(code, area, themes):
                for theme, row in zip(themes, counts, strict=True):
                    yield code, wijk, name, n, share, theme, *row

    return _written(("area", "wijk", "cell", "n", "share", "theme", *(f"place_{r}" for r in places)), rows())


def _cells_of(
    code: str, area: AreaResultView, themes: Sequence[str]
) -> Iterable[tuple[str, str, int, float, Any]]:
    """The cells that the shares come from: those of the population, or everybody as one."""
    if not area.is_weighted:
        by_code = {theme.code: theme.places for theme in area.themes}
        yield code, EVERYBODY, area.participants or 0, 1.0, [by_code[theme] for theme in themes]
        return
    for cell in area.cells:
        yield cell.area, "+".join(cell.codes) or NOT_GIVEN, cell.n, cell.share, cell.places


def _covariance(view: RoundResultView) -> str:
    themes = sorted(view.theme_names)
    rows = (
        (code, row, column, value)
        for code, area in _shown(view)
        for row, values in zip(themes, area.covariance, strict=True)
        for column, value in zip(themes, values, strict=True)
    )
    return _written(("area", "theme", "other", "covariance"), rows)


def _pairwise(view: RoundResultView) -> str:
    rows = (
        (code, row, column, count)
        for code, area in _shown(view)
        for row, counts in sorted(area.pairwise.items())
        for column, count in sorted(counts.items())
        if row != column
    )
    return _written(("area", "theme", "before", "ballots"), rows)


RESULT_COLUMNS = (
    "area", "theme", "share", "share_raw", "low", "high", "points", "points_raw", "rank", "rank_low", "rank_high",
    "label",
)  # fmt: skip


def _results(view: RoundResultView) -> str:
    rows = (
        (
            code, theme.code, theme.share, theme.share_raw, theme.low, theme.high, theme.points, theme.points_raw,
            theme.rank, theme.rank_low, theme.rank_high, theme.label,
        )
        for code, area in _shown(view)
        for theme in sorted(area.themes, key=lambda theme: theme.code)
    )  # fmt: skip
    return _written(RESULT_COLUMNS, rows)
