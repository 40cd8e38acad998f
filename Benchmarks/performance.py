"""The page docs/PERFORMANCE.md, from what Benchmarks/bench.py has measured."""

import dataclasses
import json
import os
import platform

from measure import ROOT, Comparison, Memory


@dataclasses.dataclass
class Row:
    """A comparison and the ratio that it may have; None where there is no goal."""

    name: str
    comparison: Comparison
    limit: float | None

    @property
    def is_met(self):
        return self.limit is None or self.comparison.ratio <= self.limit

    @property
    def line(self):
        found = self.comparison
        goal = "– | –" if self.limit is None else f"{self.limit:.2f} | {verdict(self.is_met)}"
        return (f"| {self.name} | {found.first:.1f} | {found.second:.1f} | **{found.ratio:.2f}** | "
                f"{min(found.rounds):.2f} to {max(found.rounds):.2f} | {goal} |")


@dataclasses.dataclass
class Figure:
    """A figure, as it is printed, beside what it may be."""

    name: str
    value: str
    limit: str
    is_met: bool

    @property
    def line(self):
        return f"| {self.name} | {self.value} | {self.limit} | {verdict(self.is_met)} |"


def verdict(is_met):
    return "yes" if is_met else "**no**"


def ratio_table(rows):
    return "\n".join([
        "| workload | podstorm, ns | reference, ns | ratio | rounds | at most | met |",
        "|---|---|---|---|---|---|---|",
        *(row.line for row in rows),
    ])


def memory_figures(memory: list[Memory]):
    once, twice, many = memory
    growth = many.peak / once.peak
    assert once.before_reports > 0
    at = f"at {once.requests:,} and {twice.requests:,} requests, same windows"
    yield Figure(
        f"allocations to read and simulate {at}",
        f"{once.before_reports:,} and {twice.before_reports:,}", "equal",
        once.before_reports == twice.before_reports,
    )
    yield Figure(
        f"allocations with the reports {at}",
        f"{once.allocations:,} and {twice.allocations:,}", "equal",
        once.allocations == twice.allocations,
    )
    for found in (once, many):
        yield Figure(
            f"peak memory at {found.requests:,} requests",
            f"{found.peak * 1024 / 1e6:.1f} MB", "64 MB", found.peak * 1024 < 64e6,
        )
    yield Figure("growth of the peak between the two", f"{growth:.2f} times", "1.20 times",
                 growth <= 1.2)


def startup_figures(start):
    cpu, wall, least = start
    name = "`podstorm --version`, "
    yield Figure(name + "CPU time", f"{cpu:.1f} ms", "10 ms", cpu <= 10)
    yield Figure(name + "wall clock", f"{wall:.1f} ms (fastest {least:.1f})", "10 ms", wall <= 10)


def table(figures):
    return "\n".join(["| what | value | at most | met |", "|---|---|---|---|",
                      *(figure.line for figure in figures)])


def budget_table():
    budgets = json.loads((ROOT / "Benchmarks" / "budget.json").read_text())
    return "\n".join([
        "| scenario | overrides | instructions per request |", "|---|---|---|",
        *(f"| {budget['scenario']} | {' '.join(budget['settings'])} | "
          f"{budget['instructionsPerRequest']:,.0f} |" for budget in budgets),
    ])


def missed(rows, figures):
    """Everything that is worse than it may be, in words."""
    found = [f"{row.name}: ratio {row.comparison.ratio:.2f} instead of {row.limit:.2f}"
             for row in rows if not row.is_met]
    found += [f"{figure.name}: {figure.value} instead of {figure.limit}"
              for figure in figures if not figure.is_met]
    return "\n".join(f"- {text}" for text in found) or "Nothing."


def page(rows, memory, start, options):
    """The text of the page: Benchmarks/PERFORMANCE.template with the figures put in."""
    memory, start = list(memory_figures(memory)), list(startup_figures(start))
    text = (ROOT / "Benchmarks" / "PERFORMANCE.template").read_text()
    for name, value in {
        "machine": f"{os.cpu_count()} cores, {platform.machine().replace('_', '-')}",
        "rounds": options.rounds,
        "requests": f"{options.requests:,}",
        "ratios": ratio_table(rows),
        "memory": table(memory),
        "startup": table(start),
        "budget": budget_table(),
        "missed": missed(rows, memory + start),
    }.items():
        text = text.replace("{" + name + "}", str(value))
    return text
