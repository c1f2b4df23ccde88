"""Rekent na wie er meededen en hoe zij wogen: python3 verify_groups.py MAP. Alleen Python 3.11 is nodig.

Ook of de telregels het eens zijn: het aandeel, de punten en de onderlinge vergelijking (Schulze).
"""

import json
import re
import sys
from collections import Counter, defaultdict
from hashlib import sha256
from itertools import permutations
from pathlib import Path
from typing import Any

from verify import canonical, faults, read, say

Rows = list[dict[str, str]]


def close(told: Any, counted: Any) -> bool:
    if told is None or counted is None:
        return told is counted
    return abs(float(told) - float(counted)) < 1e-9


def check_weights(area: Any, areas: Any, cells: Rows, population: dict[str, dict[str, int]]) -> list[str]:
    """That each cell speaks for its part of the residents, and what the weights do to the certainty."""
    if cells[0]["cell"] == "all":
        return ["gewogen"] * bool(area["weighted"] or area["deff"] or area["n_eff"] or area["raw_because"])
    residents = []
    for cell in cells:
        counted = {cell["wijk"], *areas[cell["wijk"]]["counted_with"]} if cell["wijk"] else set()
        codes = cell["cell"].split() if cell["cell"] != "none" else []
        residents.append(sum(population[wijk][code] for wijk in counted for code in codes))
    sizes, n = [int(cell["n"]) for cell in cells], area["n"]
    known = sum(size for size, cell in zip(sizes, cells, strict=True) if cell["cell"] != "none")
    shares = [
        part / sum(residents) * known / n if cell["cell"] != "none" else size / n
        for part, size, cell in zip(residents, sizes, cells, strict=True)
    ]
    effective = 1 / sum(share**2 / size for share, size in zip(shares, sizes, strict=True))
    single = max(share / size for share, size in zip(shares, sizes, strict=True))
    limits = {"design-effect": n / effective > 2, "effective-size": effective < 30, "single-weight": single > 0.1}
    because = next((name for name, is_passed in limits.items() if is_passed), "")
    wrong = [f"aandeel van {c['cell']}" for c, s in zip(cells, shares, strict=True) if not close(c["share"], s)]
    wrong += ["groep van minder dan tien"] * any(size < 10 for size in sizes)
    wrong += ["deff, n_eff"] * (not close(area["deff"], n / effective) or not close(area["n_eff"], effective))
    return wrong + ["gewogen"] * ((area["raw_because"], area["weighted"]) != (because, not because))


def schulze(themes: list[str], pairs: dict[Any, int]) -> list[list[str]]:
    path = {(i, j): pairs[i, j] * (pairs[i, j] > pairs[j, i]) for i, j in permutations(themes, 2)}
    for via, i, j in permutations(themes, 3):
        path[i, j] = max(path[i, j], min(path[i, via], path[via, j]))
    wins = Counter(i for i, j in path if path[i, j] > path[j, i])
    return [[t for t in themes if wins[t] == n] for n in sorted({wins[t] for t in themes}, reverse=True)]


def check_rules(area: Any, themes: list[str], results: Rows, pairwise: Rows) -> list[str]:
    """The order by pairs, and the themes that are in the top 3 by one rule and not by another."""
    if area["n"] < 100:
        return ["telregels"] * bool(area["schulze"] or area["disputed"] or area["robust"] is not None)
    groups = schulze(themes, {(row["theme"], row["before"]): int(row["ballots"]) for row in pairwise})
    tops: list[set[str]] = []
    for name in ("share", "points"):
        values = {row["theme"]: float(row[name]) for row in results}
        tops.append({t for t in values if sum(other > values[t] + 1e-9 for other in values.values()) < 3})
    tops.append(set())
    for group in groups:
        tops[2] |= set(group) if len(tops[2]) < 3 else set()
    disputed = sorted((tops[0] | tops[1] | tops[2]) - (tops[0] & tops[1] & tops[2]))
    told = area["schulze"], area["disputed"], area["robust"]
    return ["telregels"] * (told != (groups, disputed, not disputed))


def age(code: str) -> tuple[int, str]:
    return int((re.match(r"\d+", code) or ["0"])[0]), code


def group_of(kind: str, cell: dict[str, str]) -> str:
    """The gender of a cell ("" for both), or its age bands as one: 16-34 and 35-64 as 16-64."""
    parts = {code.rpartition("/")[2 if kind == "gender" else 0] for code in cell["cell"].split()}
    if kind == "gender" or len(parts) == 1:
        return parts.pop() if len(parts) == 1 else ""
    first, *_, last = sorted(parts, key=age)
    return f"{age(first)[0]}+" if last.endswith("+") else f"{age(first)[0]}-{last.partition('-')[2]}"


def composition(kind: str, cells: Rows) -> list[tuple[str, int, float, float]]:
    """Per group its participants and its part of them and of the residents, where enough is known of it."""
    wijken: dict[str, Rows] = defaultdict(list)
    for cell in cells:
        if cell["cell"] not in ("all", "none"):
            wijken[cell["wijk"]].append(cell)
    position = 2 if kind == "gender" else 0
    use = [
        cell
        for members in wijken.values()
        if len(wijken) == 1 < len(members)
        or all(len({code.rpartition("/")[position] for code in cell["cell"].split()}) == 1 for cell in members)
        for cell in members
    ]
    total = sum(int(cell["n"]) for members in wijken.values() for cell in members)
    n = sum(int(cell["n"]) for cell in use)
    found = {group_of(kind, cell) for cell in use}
    if n < total / 2 or len(found) < 2 or "" in found:
        return []
    share = sum(float(cell["share"]) for cell in use)
    rows = [(name, [cell for cell in use if group_of(kind, cell) == name]) for name in sorted(found, key=age)]
    sums = [(name, sum(int(c["n"]) for c in own), sum(float(c["share"]) for c in own)) for name, own in rows]
    return [(name, count, count / n, part / share) for name, count, part in sums]


def check_composition(cells: Rows, told: Rows) -> list[str]:
    counted = [(kind, *row) for kind in ("age", "gender") for row in composition(kind, cells)]
    names = [(row["kind"], row["group"], int(row["n"])) for row in told]
    same = names == [row[:3] for row in counted] and all(
        close(row["share"], found[3]) and close(row["population_share"], found[4])
        for row, found in zip(told, counted, strict=True)
    )
    return ["samenstelling"] * (not same)


def main(folder: Path) -> int:
    m = json.loads((folder / "manifest.json").read_text("utf-8"))
    population: dict[str, dict[str, int]] = defaultdict(dict)
    for row in read(folder, "population.csv"):
        population[row["wijk"]][row["group"]] = int(row["residents"])
    configuration = sha256(canonical(m["configuration"])).hexdigest()
    say("instellingen van de ronde", ["ze zijn veranderd"] * (configuration != m["configuration_sha256"]))
    for suffix in ("", "_with_all") if m["areas_with_all"] else ("",):
        areas = m["areas" + suffix]
        for code, area in areas.items():
            residents = [sum(population[wijk].values()) for wijk in area["wijken"] if population[wijk]]
            wrong = ["inwoners"] * (area["population"] not in (None, sum(residents)))
            cells, results, pairs = (
                read(folder, f"{name}{suffix}.csv", code, area) for name in ("cells", "results", "pairwise")
            )
            if cells:
                one = [cell for cell in cells if cell["theme"] == cells[0]["theme"]]
                wrong += check_weights(area, areas, one, population)
                wrong += check_rules(area, m["configuration"]["themes"], results, pairs)
                wrong += [] if suffix else check_composition(one, read(folder, "composition.csv", code, area))
            say(f"{code}{suffix}: groepen, inwoners en telregels", wrong)
    print("Er is iets FOUT." if faults else "Alle groepen en telregels kloppen.")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
