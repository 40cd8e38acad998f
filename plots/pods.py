"""The load heat map and the bars of causes."""

from collections import defaultdict

from charts import PALETTE, clock, each, named, time_axis
from tables import MissingTable, number, start_of, unique

IDLE = "idle: Ready, < 1 % of a fair share"
NOT_READY = "not Ready"
# Idle is the only warm colour and the lightest; the load darkens through one hue.
IDLE_COLOR, NOT_READY_COLOR = "#ffe119", "#777777"
LOAD_COLORS = ["#9ecae8", "#5ba3d3", "#2478b4", "#0b4a82", "#03223f"]
SLICE_SECONDS = 120
LEAST_IDLE_MINUTES = 6


def load(results):
    """Requests a second and pod over time, rows in order of creation."""
    rows = results.rows("pods")
    workload = busiest_workload(rows)
    rows = [row for row in rows if row["workload"] == workload]
    slices, order = sliced(rows)
    edges = level_edges([cell.rate for cells in slices.values() for cell in cells.values()])
    levels = [IDLE] + level_names(edges)
    cells, most, idle = [], 0, []
    for variant in results.variants():
        runs = []
        for index, pod in enumerate(order[variant]):
            runs += runs_of(variant, pod, index, slices, edges, levels)
        cells += runs
        most = max(most, len(order[variant]))
        idle.append((most_idle(runs), variant))
    end = max(start_of(row) for row in rows) + 60
    values = {
        "title": "Most pods idle at once: " + named([(v, str(n)) for n, v in sorted(idle)]),
        "subtitle": [
            f"{results.scenario()}: requests that each pod of {workload} took in, replication 1."
            " A row is a pod;",
            "thin grey: it exists but is not Ready. The title counts pods that stayed idle for"
            f" {LEAST_IDLE_MINUTES} minutes or more.",
        ],
        "variants": results.variants(),
        "levels": levels + [NOT_READY],
        "colors": [IDLE_COLOR] + LOAD_COLORS[-len(levels) + 1:] + [NOT_READY_COLOR],
        "yDomain": [0, most],
        "height": max(100, min(360, round(3.5 * most))),
        **time_axis(end),
    }
    return values, {"cells": cells}


def most_idle(runs):
    """How many pods of a variant stood idle at its worst moment, short idling not counted."""
    idle = [
        run for run in runs
        if run["level"] == IDLE and run["end"] - run["minute"] >= LEAST_IDLE_MINUTES
    ]
    return max(
        (sum(o["minute"] <= run["minute"] < o["end"] for o in idle) for run in idle), default=0
    )


class Cell:
    """One pod in one slice of time."""

    __slots__ = ("requests", "ready", "seen", "share")

    def __init__(self):
        self.requests = 0.0
        self.ready = self.seen = 0
        self.share = 0.0

    @property
    def rate(self):
        """Requests a second while it was there."""
        return self.requests / (60 * self.seen)


def busiest_workload(rows):
    """The workload with the most pods."""
    pods = defaultdict(set)
    for row in rows:
        pods[row["workload"]].add((row["variant"], row["pod"]))
    if not pods:
        raise MissingTable("pods.csv has no rows")
    return max(pods, key=lambda name: (len(pods[name]), name))


def sliced(rows):
    """Cells by (variant, pod) and slice, and each variant's pods in order of appearance."""
    slices = defaultdict(lambda: defaultdict(Cell))
    fair = defaultdict(lambda: [0.0, 0])
    first = {}
    for row in rows:
        key, index = (row["variant"], row["pod"]), int(start_of(row) // SLICE_SECONDS)
        first.setdefault(key, start_of(row))
        if row["phase"] != "Running":
            continue
        cell = slices[key][index]
        cell.seen += 1
        cell.requests += number(row["requests_total"])
        cell.ready += is_true(row["is_ready"])
        total = fair[row["variant"], index]
        total[0] += number(row["requests_total"])
        total[1] += is_true(row["is_ready"])
    for (variant, _), cells in slices.items():
        for index, cell in cells.items():
            requests, ready = fair[variant, index]
            cell.share = cell.requests / (requests / ready) / cell.seen if requests * ready else 1
    order = defaultdict(list)
    for variant, pod in sorted(first, key=lambda key: (first[key], key)):
        order[variant].append(pod)
    return slices, order


def is_true(text):
    """A yes-or-no cell as 1 or 0."""
    return 1 if text == "true" else 0


def level_edges(rates):
    """Four round rates that split the busiest pod's range evenly."""
    highest = max(rates, default=0) or 1
    step = next(
        digit * 10.0**power
        for power in range(-4, 8)
        for digit in (1, 2, 5)
        if digit * 10.0**power * 5 >= highest
    )
    return [step * factor for factor in (1, 2, 3, 4)]


def level_names(edges):
    """`0–5`, `5–10` … and `≥ 20`."""
    texts = ["0"] + [f"{edge:g}" for edge in edges]
    names = [f"{low}–{high}" for low, high in zip(texts, texts[1:])]
    return names + [f"≥ {texts[-1]}"]


def level_of(cell, edges, levels):
    """The colour class of a cell."""
    if cell.ready * 2 < cell.seen and cell.requests == 0:
        return NOT_READY
    if cell.share < 0.01:
        return IDLE
    return levels[1 + sum(cell.rate >= edge for edge in edges)]


def runs_of(variant, pod, index, slices, edges, levels):
    """A pod's row: neighbouring slices of one class are one rectangle."""
    runs = []
    cells = slices[variant, pod]
    minutes = SLICE_SECONDS / 60
    for position in sorted(cells):
        level = level_of(cells[position], edges, levels)
        start, end = position * minutes, (position + 1) * minutes
        if runs and runs[-1]["level"] == level and runs[-1]["end"] == start:
            runs[-1]["end"], runs[-1]["until"] = end, clock(end)
            continue
        thin = level == NOT_READY
        runs.append({
            "variant": variant, "pod": pod, "level": level, "minute": start, "end": end,
            "clock": clock(start), "until": clock(end),
            "bottom": index + (0.35 if thin else 0), "top": index + (0.65 if thin else 1),
        })
    return runs


def causes(results):
    """Why attempts failed: a bar per call and variant, its parts in the order of their size."""
    counts = defaultdict(lambda: defaultdict(float))
    for row in results.rows("calls"):
        if row["outcome"] != "succeeded":
            key = (f"{row['caller']} → {row['call']}", row["variant"])
            counts[key][cause_of(row)] += number(row["attempts_total"]) / results.replications()
    totals = defaultdict(float)
    for parts in counts.values():
        for cause, count in parts.items():
            totals[cause] += count
    ranked = [cause for cause in sorted(totals, key=lambda c: (-totals[c], c)) if totals[cause]]
    if not ranked:
        raise MissingTable("no attempt failed")
    kept = ranked[:7]
    names = kept + (["other"] if len(ranked) > len(kept) else [])
    colors = dict(zip(names, CAUSE_COLORS[: len(kept)] + ["#999999"]))
    rows = []
    for order, variant in enumerate(results.variants()):
        for (call, of), parts in counts.items():
            if of == variant and sum(parts.values()):
                rows += bar(call, variant, order, parts, names)
    values = {
        "title": "Why attempts failed",
        "subtitle": [
            f"{results.scenario()}: parts of all failed attempts of a call; number: failed attempts"
            f" per replication, mean of {each(results.replications(), 'replication')}."
        ],
        "calls": unique(call for call, _ in counts),
        "causes": names,
        "colors": [colors[name] for name in names],
    }
    return values, {"causes": rows}


# Dark and light in turn, so that neighbours differ in a grey print.
CAUSE_COLORS = [PALETTE[i] for i in (1, 6, 0, 5, 2, 4, 3)]
DARK_COLORS = {"#000000", "#0072b2", "#d55e00", "#009e73"}


def cause_of(row):
    """The cause, or what the caller saw when no deeper cause is known."""
    return words_of(row["outcome"] if row["cause"] in ("", "none") else row["cause"])


def words_of(name):
    """`databasePoolTimeout` or `database_pool_timeout` as words."""
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in name)
    return spaced.replace("_", " ").strip()


def bar(call, variant, order, parts, names):
    """The parts of one bar; small ones at the end of the ranking are one part."""
    grouped = defaultdict(float)
    for cause, count in parts.items():
        grouped[cause if cause in names else "other"] += count
    total = sum(grouped.values())
    rows, start = [], 0.0
    for name in names:
        share = grouped[name] / total
        if share == 0:
            continue
        rows.append({
            "call": call, "row": f"{variant}  ({total:,.0f})", "order": order, "cause": name,
            "share": round(share, 6), "count": round(grouped[name], 1),
            "start": round(start, 6), "end": round(start + share, 6),
            "middle": round(start + share / 2, 6),
            "label": f"{share:.0%}" if share >= 0.025 else "",
            "dark": CAUSE_COLORS[names.index(name) % 7] in DARK_COLORS and name != "other",
        })
        start += share
    return rows
