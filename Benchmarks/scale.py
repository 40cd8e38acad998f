"""Runs a cluster at Kubernetes' published limits through the front door and writes docs/SCALE.md.

usage: scale.py PODSTORM REPORT [nodes pods services replicas]
"""

import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import large_cluster

STEADY = 600
END = 1200
TEMPLATE = pathlib.Path(__file__).with_name("SCALE.template")


class Run:
    """A child process: seconds, processor seconds and greatest resident set."""

    def __init__(self, arguments, allowed=(0,)):
        start = time.monotonic()
        child = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.output = child.stdout.read().decode()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.monotonic() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        if child.returncode not in allowed:
            sys.exit(f"{arguments}: {child.returncode}\n{self.output[-4000:]}")


def simulate(podstorm, folder, *settings):
    """Runs the folder's scenario; returns the process, its timings and the folder of tables."""
    output = pathlib.Path(tempfile.mkdtemp(dir=folder))
    timings = folder / "timings.json"
    arguments = [podstorm, "run", folder / "scenario.yaml", "--quiet", "--jobs", "1"]
    for setting in settings:
        arguments += ["--set", setting]
    arguments += ["--output", output, "--timings", timings]
    run = Run([str(argument) for argument in arguments], allowed=(0, 98, 99))
    return run, json.loads(timings.read_text())["runs"][0], output


def progress(output, replicas):
    """Rows of the rollout: what was done by when, and what the limits allow."""
    marks = list(range(STEADY, END + 1, 60))
    kinds = {"SuccessfulCreate": 0, "SuccessfulDelete": 1, "Scheduled": 2}
    counts = [[0, 0, 0] for _ in marks]
    first, last = None, None
    with open(output / "events.csv") as file:
        for row in csv.DictReader(file):
            kind = kinds.get(row["reason"])
            at = float(row["time_s"])
            if kind is None or at < STEADY:
                continue
            first = at if first is None else first
            last = at
            for index, mark in enumerate(marks):
                if at <= mark:
                    counts[index][kind] += 1
    rows = []
    for mark, (created, deleted, bound) in zip(marks, counts):
        passed = mark - STEADY
        calls, calls_limit = created + deleted, 30 + 20 * passed
        bound_limit = 100 + 50 * passed
        assert calls <= calls_limit and bound <= bound_limit, (mark, calls, bound)
        assert created - deleted <= -(-replicas // 4), (mark, created, deleted)
        limit = min(calls_limit, 2 * replicas)
        rows.append(
            f"| {passed} | {created} | {deleted} | {calls} | {limit} | "
            f"{100 * calls / limit:.0f} % | {bound} | {bound_limit} |"
        )
    return rows, first, last


def main(podstorm, report, nodes=5_000, pods=150_000, services=10_000, replicas=5_000):
    figures = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        arguments = (nodes, pods, services, replicas, f"{END}s", f"{STEADY}s")
        objects = large_cluster.write(folder, *arguments)
        size = sum(path.stat().st_size for path in (folder / "manifests").iterdir())
        diagnosis = Run([podstorm, "diagnose", "-f", str(folder / "manifests")])
        start, _, _ = simulate(podstorm, folder, "run.duration=1s", "operations=[]")
        half = folder / "half"
        large_cluster.write(half, nodes, pods // 2, services, replicas // 2, "1s")
        fewer, _, _ = simulate(podstorm, half)
        steady, steady_run, _ = simulate(
            podstorm, folder, f"run.duration={STEADY}s", "operations=[]"
        )
        expected = pods * STEADY // 10
        assert steady_run["probes"] == expected, (steady_run["probes"], expected)
        full, full_run, output = simulate(podstorm, folder)
        rows, first, last = progress(output, replicas)
        figures = dict(
            nodes=f"{nodes:,}", pods=f"{pods:,}", services=f"{services:,}",
            replicas=f"{replicas:,}", objects=f"{objects:,}", megabytes=f"{size / 1e6:.1f}",
            diagnose_cpu=f"{diagnosis.cpu:.1f}", diagnose_peak=f"{diagnosis.peak / 1e6:.0f}",
            start_cpu=f"{start.cpu:.1f}", start_peak=f"{start.peak / 1e6:.0f}",
            steady_cpu=f"{steady.cpu:.1f}", steady_peak=f"{steady.peak / 1e6:.0f}",
            steady_events=f"{steady_run['events']:,}",
            steady_rate=f"{steady_run['events'] / (steady.cpu - start.cpu) / 1e6:.1f}",
            probes=f"{steady_run['probes']:,}", expected=f"{expected:,}",
            full_cpu=f"{full.cpu:.1f}", full_peak=f"{full.peak / 1e6:.0f}",
            full_events=f"{full_run['events']:,}",
            full_rate=f"{full_run['events'] / (full.cpu - start.cpu) / 1e6:.1f}",
            per_pod=f"{(start.peak - fewer.peak) / (pods - pods // 2):,.0f}",
            table=f"{nodes * services * 4 / 1e6:.0f}",
            rows="\n".join(rows), first=f"{first - STEADY:.2f}", last=f"{last - STEADY:.0f}",
            least=f"{(2 * replicas - 30) / 20:.0f}", surge=f"{-(-replicas // 4):,}",
        )
    pathlib.Path(report).write_text(TEMPLATE.read_text().format(**figures))


if __name__ == "__main__":
    main(*sys.argv[1:3], *map(int, sys.argv[3:]))
