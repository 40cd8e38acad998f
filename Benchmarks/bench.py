#!/usr/bin/env python3
"""Measures podstorm against reference programs and writes docs/PERFORMANCE.md.

    bench.py --reference FOLDER --podstorm BINARY --static BINARY --kernel BINARY

The reference is a folder with `limit.cpp`: event loops in C++ without a model around them, which
are not part of this repository. Programs run pinned to one core, in turn, A B A B; what counts are
ratios of medians of CPU time, since absolute times differ by a factor of four with the machine.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import measure
from measure import ROOT, in_turn, pod_settings, reference, run, simulate

DESIGN = "hole+wheel"
REQUESTS = 10_500_000
HOLDS = 20_000_000


def build_reference(folder, target):
    """Compiles the reference as its own README says."""
    source = pathlib.Path(folder) / "limit.cpp"
    if not source.is_file():
        raise SystemExit(f"{source}: no such file; give the reference's folder with REFERENCE=…")
    flags = ["-std=c++20", "-O3", "-march=native"]
    subprocess.run(["clang++", *flags, str(source), "-o", str(target)], check=True)
    return target


def build_shim(target):
    """Compiles the allocation counter."""
    source = ROOT / "Benchmarks" / "allocations.c"
    subprocess.run(["clang", "-O2", "-shared", "-fPIC", source, "-o", target], check=True)
    return target


def hold_rows(kernel, limit, rounds):
    """The event queue alone."""
    rows = []
    for pending in (100, 10_000):

        def ours():
            output, _ = run([kernel, pending, HOLDS])
            return json.loads(output)["cpu_s"] / HOLDS * 1e9

        a, b, ratio = in_turn(
            ours, lambda: reference(limit, "W2", "hole", pending, HOLDS), rounds
        )
        rows.append((f"hold model (W2), {pending:,} pending", a, b, ratio, 1.15))
    return rows


def product_rows(podstorm, limit, rounds):
    """Whole runs of the product, scenario file to tables, against the bare event loop."""
    cases = [("W3", pods, "pods.yaml", "lognormal service") for pods in (37, 100, 1_000)]
    cases.append(("W3", 100, "pods-gamma.yaml", "gamma service"))
    cases += [("W4", pods, "pods-least-request.yaml", "lognormal service")
              for pods in (37, 100, 1_000)]
    rows = []
    for workload, pods, scenario, note in cases:

        def ours():
            requests, seconds = simulate(podstorm, scenario, pod_settings(pods, REQUESTS))
            assert requests >= 10_000_000, requests
            return seconds / requests * 1e9

        a, b, ratio = in_turn(
            ours, lambda: reference(limit, workload, DESIGN, pods, 10_000_000), rounds
        )
        rows.append((f"{workload}, {pods:,} pods, {note}", a, b, ratio, 3.0))
        print(f"  {rows[-1][0]}: {ratio:.2f}", file=sys.stderr)
    return rows


def memory_rows(podstorm, shim):
    """Allocations and peak memory at several numbers of requests."""
    short = measure.allocations(podstorm, shim, "pods.yaml", pod_settings(100, 1_000_000))
    # Twice the requests in the same windows: arrivals and servers are both twice as fast.
    dense = measure.allocations(podstorm, shim, "pods.yaml", pod_settings(100, 1_000_000, 2.0))
    dense = (dense[0], *dense[1:])
    long = measure.allocations(podstorm, shim, "pods.yaml", pod_settings(100, 100_000_000))
    return short, dense, long


def verdict(value, limit):
    return "yes" if value <= limit else "**no**"


def ratio_table(rows):
    lines = ["| what | podstorm, ns | reference, ns | ratio | at most | met |",
             "|---|---|---|---|---|---|"]
    for name, ours, theirs, ratio, limit in rows:
        lines.append(f"| {name} | {ours:.1f} | {theirs:.1f} | **{ratio:.2f}** | {limit:.2f} | "
                     f"{verdict(ratio, limit)} |")
    return "\n".join(lines)


def memory_table(short, dense, long):
    extra = dense[1] - short[1]
    growth = long[2] / short[2]
    return "\n".join([
        "| what | value | at most | met |",
        "|---|---|---|---|",
        f"| allocations at {short[0]:,} and {dense[0]:,} requests, same windows | "
        f"{short[1]:,} and {dense[1]:,} | equal | {verdict(abs(extra), 0)} |",
        f"| peak memory at {short[0]:,} requests | {short[2] / 1024:.1f} MiB | 64 MB | "
        f"{verdict(short[2] * 1024, 64e6)} |",
        f"| peak memory at {long[0]:,} requests | {long[2] / 1024:.1f} MiB | 64 MB | "
        f"{verdict(long[2] * 1024, 64e6)} |",
        f"| growth of the peak between the two | {growth:.2f} times | 1.20 | "
        f"{verdict(growth, 1.2)} |",
    ])


def startup_table(cpu, wall):
    return "\n".join([
        "| what | CPU, ms | wall clock, ms | at most | met |",
        "|---|---|---|---|---|",
        f"| `podstorm --version`, `make static` | {cpu:.1f} | {wall:.1f} | 10 | "
        f"{verdict(max(cpu, wall), 10)} |",
    ])


def budget_table():
    budgets = json.loads((ROOT / "Benchmarks" / "budget.json").read_text())
    lines = ["| scenario | instructions per request |", "|---|---|"]
    for budget in budgets:
        lines.append(f"| {budget['scenario']} | {budget['instructionsPerRequest']:,.0f} |")
    return "\n".join(lines)


def report(rounds, rows, memory, start):
    template = (ROOT / "Benchmarks" / "PERFORMANCE.template").read_text()
    return (template.replace("{rounds}", str(rounds))
            .replace("{ratios}", ratio_table(rows))
            .replace("{memory}", memory_table(*memory))
            .replace("{startup}", startup_table(*start))
            .replace("{budget}", budget_table()))


def main():
    parser = argparse.ArgumentParser(description="Measure podstorm against the reference.")
    parser.add_argument("--reference", required=True, help="folder of limit.cpp")
    parser.add_argument("--podstorm", default=ROOT / ".build/release/podstorm")
    parser.add_argument("--static", default=ROOT / ".build/static/release/podstorm")
    parser.add_argument("--kernel", default=ROOT / ".build/release/kernel-bench")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        limit = build_reference(options.reference, pathlib.Path(folder) / "limit")
        shim = build_shim(pathlib.Path(folder) / "allocations.so")
        rows = hold_rows(options.kernel, limit, options.rounds)
        rows += product_rows(options.podstorm, limit, options.rounds)
        memory = memory_rows(options.podstorm, shim)
        start = measure.startup(options.static)
    text = report(options.rounds, rows, memory, start)
    (ROOT / "docs" / "PERFORMANCE.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
