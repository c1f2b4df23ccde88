"""Rekent de toevalsmarges na: python3 verify_intervals.py MAP. Heeft Python 3.11 en numpy nodig.

Het trekt 10.000 keer een toevalsafwijking met de gepubliceerde covarianties, vanaf het startgetal in het manifest.
Een ander soort computer kan net anders afronden: een rang mag daarom één verschillen.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from verify import faults, read, say

DRAWS, CONFIDENCE, NORMAL_95, ROUNDING = 10_000, 0.95, 1.959963984540054, 1e-12


def rank_intervals(shares: Any, sigma: Any, seed: int) -> tuple[Any, Any]:
    """The best and the worst rank of each theme, right for all of them at once in 95 of 100 cases."""
    variance = np.diag(sigma)[:, None] + np.diag(sigma)[None, :] - 2 * sigma
    both = np.diag(sigma)[:, None] + np.diag(sigma)[None, :]
    errors = np.sqrt(np.where(variance > ROUNDING * both, variance, 0))
    values, vectors = np.linalg.eigh(sigma)
    normals = np.random.Generator(np.random.PCG64(seed)).standard_normal((len(sigma), DRAWS))
    draws = (vectors * np.sqrt(np.maximum(values, 0))) @ normals
    largest = np.zeros(DRAWS)
    for i, j in zip(*np.triu_indices(len(sigma), 1), strict=True):
        if errors[i, j]:
            largest = np.maximum(largest, np.abs(draws[i] - draws[j]) / errors[i, j])
    above = (errors > 0) & (shares[:, None] - shares[None, :] > np.quantile(largest, CONFIDENCE) * errors)
    return 1 + above.sum(axis=0), len(shares) - above.sum(axis=1)


def label(low: int, high: int) -> str:
    if high <= 3:
        return "in"
    return "possible" if low <= 3 else "out"


def diagonal(cells: list[dict[str, str]], theme: str, k: int, weighted: bool, n: int) -> float:
    """How far chance moves the share of one theme, from the cells."""
    rows = [row for row in cells if row["theme"] == theme]
    chosen = [sum(int(row[f"place_{place}"]) for place in range(1, min(k, 3) + 1)) for row in rows]
    parts = [(1.0, n, sum(chosen))]
    if weighted:
        parts = [(float(r["share"]), int(r["n"]), count) for r, count in zip(rows, chosen, strict=True)]
    variance = sum(w * w * x / size * (1 - x / size) / max(size - 1, 1) for w, size, x in parts)
    return max(variance, 1 / (n + 4) * (1 - 1 / (n + 4)) / n)


def check_area(area: Any, themes: list[str], k: int, seed: int, kit: dict[str, list[dict[str, str]]]) -> list[str]:
    rows = {row["theme"]: row for row in kit["results"]}
    sigma = np.array([float(row["covariance"]) for row in kit["covariance"]]).reshape(len(themes), len(themes))
    found = [diagonal(kit["cells"], theme, k, area["weighted"], area["n"]) for theme in themes]
    wrong = [f"marge van {themes[i]}" for i in np.flatnonzero(np.abs(np.diag(sigma) - found) > 1e-9)]
    bound = np.sqrt(np.outer(np.diag(sigma), np.diag(sigma))) + 1e-12
    wrong += ["covarianties"] * bool((np.abs(sigma - sigma.T) > 1e-12).any() or (np.abs(sigma) > bound).any())
    shares = np.array([float(rows[theme]["share"]) for theme in themes])
    half = NORMAL_95 * np.sqrt(np.diag(sigma))
    for name, counted in (("low", np.clip(shares - half, 0, 1)), ("high", np.clip(shares + half, 0, 1))):
        told = np.array([float(rows[theme][name]) for theme in themes])
        wrong += [f"{name} van {themes[i]}" for i in np.flatnonzero(np.abs(told - counted) > 1e-9)]
    if area["n"] < 100:
        return wrong + ["rang"] * any(row["rank_low"] + row["rank_high"] + row["label"] for row in rows.values())
    for t, low, high in zip(themes, *rank_intervals(shares, sigma, seed), strict=True):
        best, worst = int(rows[t]["rank_low"]), int(rows[t]["rank_high"])
        wrong += [f"rang van {t}"] * bool(abs(best - low) > 1 or abs(worst - high) > 1)
        wrong += [f"oordeel over {t}"] * (rows[t]["label"] != label(best, worst))
    return wrong


def main(folder: Path) -> int:
    m = json.loads((folder / "manifest.json").read_text("utf-8"))
    c = m["configuration"]
    for suffix in ("", "_with_all") if m["areas_with_all"] else ("",):
        for code, area in m["areas" + suffix].items():
            kit = {n: read(folder, f"{n}{suffix}.csv", code, area) for n in ("cells", "covariance", "results")}
            if kit["results"]:
                say(f"{code}{suffix}: marges en rangen", check_area(area, c["themes"], c["k"], m["seed"], kit))
    print("Er is iets FOUT." if faults else "Alle toevalsmarges kloppen.")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
