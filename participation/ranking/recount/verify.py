"""Telt een gepubliceerde ronde na: python3 verify.py MAP [--receipt BEWIJS.json]. Alleen Python 3.11 is nodig."""
import csv
import json
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

faults: list[str] = []

def say(what: str, wrong: list[str]) -> None:
    faults.extend(wrong)
    print(f"FOUT  {what}: {', '.join(wrong[:4])}" if wrong else f"ok    {what}", flush=True)

def canonical(data: Any) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

def root(hashes: list[bytes]) -> bytes:
    if len(hashes) < 2:
        return hashes[0] if hashes else sha256().digest()
    half = 1 << (len(hashes) - 1).bit_length() - 1  # RFC 6962: the largest power of two below the number
    return sha256(b"\1" + root(hashes[:half]) + root(hashes[half:])).digest()

def read(folder: Path, name: str, code: str = "", area: Any = None) -> list[dict[str, str]]:
    rows = csv.DictReader((folder / name).read_text("utf-8").splitlines())
    return [row for row in rows if area is None or row["area"] == min([code, *area["counted_with"]])]

def check_files(folder: Path, m: dict[str, Any]) -> None:
    say(f"{len(m['files'])} bestanden", [f"{name} is veranderd" for name, digest in m["files"].items()
                                         if sha256((folder / name).read_bytes()).hexdigest() != digest])
    own = sha256(canonical({key: value for key, value in m.items() if key != "sha256"})).hexdigest()
    say(f"manifest, controlegetal {own}", ["het noemt een ander"] * (own != m["sha256"]))

def check_rows(folder: Path, m: dict[str, Any], whole: str) -> tuple[list[list[str]], set[str]]:
    lines, apart = ((folder / name).read_bytes().decode().split("\n") for name in ("ballots.csv", "apart.csv"))
    end, c = lines.pop() + apart.pop(), m["configuration"]
    rows, wrong = [[*line.split(";"), "", ""][:3] for line in lines], []
    for number, (line, (leaf, area, ranking)) in enumerate(zip(lines, rows, strict=True), 1):
        chosen = ranking.split(">") if ranking else []
        fits = area in c["areas"].values() if chosen else area == whole
        fits &= len(chosen) == len({*chosen} & {*c["themes"]}) <= c["k"] and (len(leaf), line.count(";")) == (64, 2)
        wrong += [f"regel {number}"] * (not fits)
    ordered = lines == sorted({*lines}) and apart == sorted({*apart} & {row[0] for row in rows}) and not end
    say(f"{len(rows)} stembiljetten, leesbaar en op volgorde", wrong + ["volgorde"] * (not ordered))
    top = root([sha256(b"\0" + line.encode()).digest() for line in lines]).hex()
    none = [row[2] for row in rows].count("")
    counted = [top, int(top[:16], 16), len(rows), len(rows), len(apart), none, len(rows) - none - len(apart)]
    told = [m["root"], m["seed"], m["ballots"], m["participations"], m["set_apart"] or 0,
            m["abstentions"] or min(none, 9), m["areas"][whole]["n"]]
    say(f"controlegetal van de rijen {top}, en de aantallen", [f"{told} moet {counted} zijn"] * (told != counted))
    return rows, {*apart}

def check_area(area: Any, c: Any, kit: dict[str, Any], rankings: Counter[str] | None) -> tuple[Any, list[str]]:
    themes, k, h, n = c["themes"], c["k"], min(c["k"], 3), area["n"]
    cells = [(float(row["share"]), int(row["n"]), row["theme"], r, int(row[f"place_{r + 1}"]))
             for row in kit["cells"] for r in range(k)]
    places = {(t, r): sum(cell[4] for cell in cells if cell[2:4] == (t, r)) for t in themes for r in range(k)}
    wrong = ["deelnemers"] * (n != sum(cell[1] for cell in cells if cell[2:4] == (themes[0], 0)))
    if rankings is not None:  # what the rows tell must be what the tables tell
        chosen = [(text.split(">"), count) for text, count in rankings.items()]
        wrong += [f"plaats {r + 1} van {t}" for (t, r), told in places.items()
                  if told != sum(count for ballot, count in chosen if ballot[r:r + 1] == [t])]
        for row in kit["pairwise"]:
            i, j = row["theme"], row["before"]
            before = sum(count for ballot, count in chosen if i in ballot and j not in ballot[:ballot.index(i)])
            wrong += [f"{i} voor {j}"] * (before != int(row["ballots"]) if row["ballots"] else before >= 10)
    def mean(theme: str, worth: Any, weighted: bool) -> float:
        return sum((cell[0] / cell[1] if weighted else 1 / n) * worth[cell[3]] * cell[4]
                   for cell in cells if cell[2] == theme and cell[3] < h)
    ones, points, share = [1] * h, range(h, 0, -1), {t: mean(t, [1] * h, area["weighted"]) for t in themes}
    for t, row in ((row["theme"], row) for row in kit["results"]):
        figures = {"share": share[t], "share_raw": mean(t, ones, False), "points_raw": mean(t, points, False),
                   "points": mean(t, points, area["weighted"]),
                   "rank": (n >= 100) * (1 + sum(other > share[t] + 1e-9 for other in share.values()))}
        wrong += [f"{name} van {t}" for name in figures if abs(float(row[name] or 0) - figures[name]) > 1e-9]
    return places, wrong

def check_result(folder: Path, m: dict[str, Any], suffix: str, rows: list[Any] | None) -> None:
    c, areas, results = m["configuration"], m["areas" + suffix], dict[str, Any]()
    for code, area in areas.items():
        kit = {n: read(folder, f"{n}{suffix}.csv", code, area) for n in ("cells", "pairwise", "results")}
        labels = {c["areas"][wijk] for wijk in area["wijken"]}
        tells = {wijk for wijk in c["areas"] if c["areas"][wijk] in labels} <= {*area["wijken"]}
        rankings = Counter(row[2] for row in rows if row[1] in labels and row[2]) if rows and tells else None
        places, wrong = check_area(area, c, kit, rankings) if kit["cells"] else ({}, [])
        wrong += ["aantal rijen"] * (rankings is not None and area["n"] not in (None, rankings.total()))
        places["deelnemers", 0] = area["n"]
        results[code] = places, wrong, "groepen" if rankings is None else "rijen"
    for area, (code, (places, wrong, source)) in zip(areas.values(), results.items(), strict=True):
        parts = {min([w, *areas.get(w, area)["counted_with"]]) for w in area["wijken"]}
        sums = {at: [results.get(part, ({},))[0].get(at) for part in parts] for at in places}
        wrong += [f"som van {at[0]}" for at, all_ in sums.items() if None not in all_ and sum(all_) != places[at]]
        say(f"{code}{suffix}: {area['n'] or 'te weinig'} deelnemers, geteld uit de {source}", wrong)

def check_receipt(path: Path, m: dict[str, Any], rows: list[list[str]], apart: set[str]) -> None:
    receipt = json.loads(path.read_text("utf-8"))
    leaf = sha256(b"\0" + canonical(receipt)).hexdigest()
    row = next((row for row in rows if row[0] == leaf), None)
    names = ", ".join(m["theme_names"].get(theme, theme) for theme in receipt["top3"]) or "geen voorkeur"
    say(f"uw stembiljet ({names}) {'is apart gezet en telt niet mee' if leaf in apart else 'telt mee'}",
        ["het staat zo niet in de lijst"] * (row is None or row[2] != ">".join(receipt["top3"])))

def main(folder: Path, receipt: Path | None) -> int:
    m = json.loads((folder / "manifest.json").read_text("utf-8"))
    check_files(folder, m)
    whole = next(code for code, area in m["areas"].items() if not area["within"])
    rows, apart = check_rows(folder, m, whole) if "ballots.csv" in m["files"] else (None, set())
    for suffix in ("", "_with_all") if m["areas_with_all"] else ("",):
        check_result(folder, m, suffix, rows and [row for row in rows if suffix or row[0] not in apart])
    for path in [receipt] if receipt else []:
        check_receipt(path, m, rows or [], apart)
    print("Er is iets FOUT." if faults else "Alles klopt. Vergelijk de controlegetallen met de raadsbrief.")
    return min(len(faults), 1)

if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]), Path(sys.argv[-1]) if "--receipt" in sys.argv else None))
    except (OSError, ValueError, LookupError, TypeError) as error:
        sys.exit(f"FOUT  er ontbreekt iets, of het is onleesbaar: {error!r}")
