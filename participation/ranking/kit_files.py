"""The files of a recount kit, as text. Pure: the same kit gives the same bytes.

ballots.csv     one row per ballot, `leaf;area;A>B>C`, in order; nothing else, no heading. The Merkle root is over it.
apart.csv       the leaves of ballots that two people did not let count; they are in ballots.csv too.
cells.csv       per area, cell and theme: how many participants, the part of the area it speaks for, first places ...
population.csv  per wijk and group the residents, from which that part follows.
covariance.csv  per area and pair of themes: the covariance of their shares, with which the intervals are drawn.
pairwise.csv    per area and pair of themes: how many put the first before the second.
results.csv     per area and theme every figure on the pages.
composition.csv per area the participants and the residents by age and gender.
manifest.json   what the round was, what is told of each area, the root, the seed, the hashes of the files.

Where ballots were set apart, cells, covariance, pairwise and results are there a second time, "_with_all", with
the result with those ballots. It is not weighted: see services.counting. Rows tell how many had no preference, also
where they are few: it is one number for the whole municipality, and says nothing about anybody.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
    residents: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def has_rows(self) -> bool:
        """Not of longer ballots, nor where so few took part that nothing is told at all."""
        return self.view.k <= LONGEST_ROW and self.has_enough

    @property
    def tells_all(self) -> bool:
        """Whether all ballots together may be told: without rows they would tell how few had no preference."""
        abstentions = next((area.abstentions for area in self.view.areas.values() if not area.within), None)
        return self.has_rows or (self.has_enough and abstentions is not None)

    @property
    def has_enough(self) -> bool:
        return any(area.participants for area in self.view.areas.values() if not area.within)


def kit_files(kit: Kit) -> list[tuple[str, str, bytes]]:
    """Name, media type and content of each file. The hash in the manifest is over the manifest without it."""
    tables = {
        "composition.csv": _composition(kit.view.areas),
        "population.csv": _population(kit.residents),
        **_tables(kit.view, kit.view.areas, ""),
    }
    if kit.view.areas_with_all:
        tables |= _tables(kit.view, kit.view.areas_with_all, "_with_all")
    if kit.has_rows:
        tables["ballots.csv"] = "".join(f"{row}\n" for row in kit.rows)
        tables["apart.csv"] = "".join(f"{leaf}\n" for leaf in kit.set_apart)
    contents = {name: text.encode() for name, text in sorted(tables.items())}
    manifest = _manifest(kit, contents)
    manifest["sha256"] = sha256(canonical_json(manifest).encode()).hexdigest()
    written = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    scripts = [(path.name, PYTHON, path.read_bytes()) for path in sorted(SCRIPTS.glob("verify*.py"))]
    return [
        *((name, CSV, content) for name, content in contents.items()),
        ("manifest.json", JSON, written.encode()),
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
        "areas": _manifest_areas(view.areas),
        "areas_with_all": _manifest_areas(view.areas_with_all),
        "ballots": len(kit.rows) if kit.tells_all else None,
        "channels": dict(view.channels),
        "closed_on": view.closed_on,
        "configuration": configuration,
        "configuration_sha256": sha256(canonical_json(configuration).encode()).hexdigest(),
        "files": {name: sha256(content).hexdigest() for name, content in contents.items()},
        "participations": kit.participations if kit.tells_all else None,
        "participations_sha256": kit.participations_sha256,
        "root": view.merkle_root,
        "seed": merkle.seed(bytes.fromhex(view.merkle_root)),
        "set_apart": len(kit.set_apart) or None,
        "software": _version(),
        "theme_names": {code: names.get("nl", code) for code, names in view.theme_names.items()},
        "version": 1,
        "ways_in": dict(view.ways_in),
    }


def _manifest_areas(areas: Mapping[str, AreaResultView]) -> dict[str, Any]:
    return {code: _manifest_area(area) for code, area in sorted(areas.items())}


def _manifest_area(area: AreaResultView) -> dict[str, Any]:
    return {
        "counted_with": list(area.merged_with),
        "deff": area.deff,
        "disputed": list(area.disputed),
        "level": area.level,
        "n": area.participants,
        "n_eff": area.n_eff,
        "population": area.residents,
        "raw_because": area.raw_because,
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
Areas = Mapping[str, AreaResultView]


def _tables(view: RoundResultView, areas: Areas, suffix: str) -> dict[str, str]:
    """The tables of a result, that without the ballots that were set apart or that with them."""
    themes = sorted(view.theme_names)
    return {
        f"cells{suffix}.csv": _cells(areas, themes, view.k),
        f"covariance{suffix}.csv": _covariance(areas, themes),
        f"pairwise{suffix}.csv": _pairwise(areas),
        f"results{suffix}.csv": _results(areas),
    }


def _written(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(["" if value is None else _text(value) for value in row] for row in rows)
    return out.getvalue()


def _text(value: Any) -> str:
    # The shortest text that is this number again: nothing is lost, and a spreadsheet reads it.
    return repr(value) if isinstance(value, float) else str(value)


def _shown(areas: Areas) -> list[tuple[str, AreaResultView]]:
    """The areas that have figures, each once: not the wijken that were counted with another."""
    return [
        (code, area)
        for code, area in sorted(areas.items())
        if area.themes and not any(other < code for other in area.merged_with)
    ]


def _cells(areas: Areas, themes: Sequence[str], k: int) -> str:
    def rows() -> Iterable[Sequence[Any]]:
        for code, area in _shown(areas):
            for wijk, name, n, share, counts in _cells_of(code, area, themes):
                for theme, row in zip(themes, counts, strict=True):
                    yield code, wijk, name, n, share, theme, *row

    places = (f"place_{place}" for place in range(1, k + 1))
    return _written(("area", "wijk", "cell", "n", "share", "theme", *places), rows())


def _cells_of(
    code: str, area: AreaResultView, themes: Sequence[str]
) -> Iterable[tuple[str, str, int, float, Any]]:
    """The cells of the population, also where weighting would make the result worse; or everybody as one."""
    if not area.cells:
        by_code = {theme.code: theme.places for theme in area.themes}
        yield code, EVERYBODY, area.participants or 0, 1.0, [by_code[theme] for theme in themes]
    for cell in area.cells:
        yield cell.area, " ".join(cell.codes) or NOT_GIVEN, cell.n, cell.share, cell.places


def _covariance(areas: Areas, themes: Sequence[str]) -> str:
    rows = (
        (code, row, column, value)
        for code, area in _shown(areas)
        for row, values in zip(themes, area.covariance, strict=True)
        for column, value in zip(themes, values, strict=True)
    )
    return _written(("area", "theme", "other", "covariance"), rows)


def _pairwise(areas: Areas) -> str:
    few = {(code, row, column): n for code, area in areas.items() for row, column, n in area.few_pairs}
    rows = (
        (code, row, column, few.get((code, row, column)) if count is None else count)
        for code, area in _shown(areas)
        for row, counts in sorted(area.pairwise.items())
        for column, count in sorted(counts.items())
        if row != column
    )
    return _written(("area", "theme", "before", "ballots"), rows)


RESULT_COLUMNS = (
    "area", "theme", "share", "share_raw", "low", "high", "points", "points_raw", "rank", "rank_low", "rank_high",
    "label",
)  # fmt: skip


def _results(areas: Areas) -> str:
    rows = (
        (
            code, theme.code, theme.share, theme.share_raw, theme.low, theme.high, theme.points, theme.points_raw,
            theme.rank, theme.rank_low, theme.rank_high, theme.label,
        )
        for code, area in _shown(areas)
        for theme in sorted(area.themes, key=lambda theme: theme.code)
    )  # fmt: skip
    return _written(RESULT_COLUMNS, rows)


def _composition(areas: Areas) -> str:
    rows = (
        (code, group.kind, group.code, group.n, group.share, group.population_share)
        for code, area in _shown(areas)
        for group in area.composition
    )
    return _written(("area", "kind", "group", "n", "share", "population_share"), rows)


def _population(residents: Mapping[str, Mapping[str, int]]) -> str:
    rows = (
        (wijk, group, n) for wijk, groups in sorted(residents.items()) for group, n in sorted(groups.items())
    )
    return _written(("wijk", "group", "residents"), rows)
