#!/usr/bin/env python3
"""Measures podstorm against reference programs and writes docs/PERFORMANCE.md.

    bench.py --reference FOLDER [--rounds 5] [--requests 10500000] [--only NAME ...]

The reference is a folder with `limit.cpp`: event loops in C++ without a model around them, which
are not part of this repository. Programs run pinned to one core, in turn, A B A B; what counts are
ratios of medians of CPU time, since absolute times differ by a factor of four with the machine.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import measure
import performance
from measure import ROOT, load_settings
from performance import Row

QUEUE = "hole"
LOOP = "hole+wheel"
HOLDS = 20_000_000
PARTS = ("kernel", "product", "memory", "startup")

# Workload of the reference, pods, scenario, what is drawn. N and the law of the service times vary
# so that a path which recognises one workload would show.
CASES = [
    *(("W3", pods, "pods.yaml", "lognormal") for pods in (37, 100, 1_000)),
    *(("W3", pods, "pods-gamma.yaml", "gamma") for pods in (37, 100, 1_000)),
    *(("W4", pods, "pods-least-request.yaml", "lognormal") for pods in (37, 100, 1_000)),
]


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


def progress(text):
    print(f"  {text}", file=sys.stderr, flush=True)


def kernel_rows(kernel, limit, options):
    """The event queue alone, and the whole workload on the kernel without a cluster around it."""
    requests = options.requests
    cases = [
        *((f"W2, {pending:,} pending", ["hold", pending, HOLDS],
           ["W2", QUEUE, pending, HOLDS], 1.15) for pending in (100, 10_000)),
        *((f"{workload} on the kernel, 100 servers", ["pods", 100, requests, choices],
           [workload, LOOP, 100, requests], None) for workload, choices in (("W3", 1), ("W4", 2))),
    ]
    for name, ours, theirs, most in cases:
        comparison = measure.in_turn(
            lambda: measure.kernel(kernel, *ours),
            lambda: measure.reference(limit, *theirs),
            options.rounds,
        )
        progress(f"{name}: {comparison.ratio:.2f}")
        yield Row(name, comparison, most)


def product_rows(podstorm, limit, options):
    """Whole runs of the product, scenario file to tables, against the bare event loop."""
    for workload, pods, scenario, law in CASES:
        settings = load_settings(pods, options.requests)
        comparison = measure.in_turn(
            lambda: checked(measure.simulate(podstorm, scenario, settings), law),
            lambda: measure.reference(limit, workload, LOOP, pods, options.requests),
            options.rounds,
        )
        row = Row(f"{workload}, {pods:,} pods, {law}", comparison, 3.0)
        progress(f"{row.name}: {comparison.ratio:.2f}")
        yield row


def checked(cost, law):
    """Takes the latency off a run with gamma service times, which the reference does not have.

    It must be that of a queue M/G/1 (Pollaczek and Khinchine) at 70 % with cv² = 1/shape.
    """
    if law == "gamma":
        expected = measure.SERVICE * (1 + 0.7 * (1 + 1 / 2.5) / (2 * (1 - 0.7)))
        if abs(cost.latency / expected - 1) > 0.02:
            raise SystemExit(f"mean latency {cost.latency} ms instead of {expected} ms")
        cost.latency = None
    return cost


def memory_rows(podstorm, shim):
    """Allocations and peak memory; the second run has twice the requests in the same windows."""
    for requests, speed in ((1_000_000, 1.0), (2_000_000, 2.0), (100_000_000, 1.0)):
        settings = load_settings(100, requests, speed)
        law = "workloads.server.serviceTime.lognormal.mean"
        settings[law] = f"{measure.SERVICE / speed:.6f}ms"
        found = measure.memory(podstorm, shim, "pods.yaml", settings)
        progress(f"{found.requests:,} requests: {found.allocations:,} allocations, "
                 f"{found.before_reports:,} of them before reports, {found.peak} kB")
        yield found


def parse():
    parser = argparse.ArgumentParser(description="Measure podstorm against the reference.")
    parser.add_argument("--reference", required=True, help="folder of limit.cpp")
    parser.add_argument("--podstorm", default=ROOT / ".build/release/podstorm")
    parser.add_argument("--static", default=ROOT / ".build/static/release/podstorm")
    parser.add_argument("--kernel", default=ROOT / ".build/release/kernel-bench")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=10_500_000, help="10^7 or more count")
    parser.add_argument("--only", choices=PARTS, nargs="+", help="parts; then nothing is written")
    return parser.parse_args()


def main():
    options = parse()
    parts = options.only or PARTS
    with tempfile.TemporaryDirectory() as folder:
        limit = build_reference(options.reference, pathlib.Path(folder) / "limit")
        shim = build_shim(pathlib.Path(folder) / "allocations.so")
        measure.pin()
        rows, memory, start = [], [], None
        if "kernel" in parts:
            rows += kernel_rows(options.kernel, limit, options)
        if "product" in parts:
            rows += product_rows(options.podstorm, limit, options)
        if "memory" in parts:
            memory += memory_rows(options.podstorm, shim)
        if "startup" in parts:
            start = measure.startup(options.static)
            progress("start-up: {:.1f} ms CPU, {:.1f} ms, fastest {:.1f} ms".format(*start))
    if options.only is None:
        text = performance.page(rows, memory, start, options)
        (ROOT / "docs" / "PERFORMANCE.md").write_text(text)
        print(text)


if __name__ == "__main__":
    main()
