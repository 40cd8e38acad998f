"""Running programs on one core and reading off what they cost."""

import csv
import json
import os
import pathlib
import resource
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "Benchmarks" / "scenarios"
# The last core: the first one serves interrupts.
CORE = str((os.cpu_count() or 1) - 1)


def run(command, **options):
    """The output of a command pinned to one core; its CPU seconds (user and system)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        ["taskset", "-c", CORE, *map(str, command)], capture_output=True, text=True, **options
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 98, 99):
        raise SystemExit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, seconds


def simulate(program, scenario, settings, environment=None):
    """Requests of one replication and its CPU seconds, start-up and reports included."""
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "run", SCENARIOS / scenario, "--replications", "1", "--jobs", "1"]
        command += ["--quiet", "--output", pathlib.Path(folder) / "out"]
        for setting in settings:
            command += ["--set", setting]
        _, seconds = run(command, env={**os.environ, **(environment or {})})
        with open(pathlib.Path(folder) / "out" / "summary.csv", newline="") as table:
            rows = [row for row in csv.DictReader(table) if row["metric"] == "offered_total"]
        return int(float(rows[0]["mean"])), seconds


def pod_settings(pods, requests, speed=1.0):
    """Overrides for a load of 70 % on so many pods until about so many requests have come."""
    rate = 0.7 * pods / 0.023943468 * speed
    settings = [
        f"manifests.deployment.server.spec.replicas={pods}",
        f"traffic.customers.arrivals.poisson.rate={rate:.3f}/s",
        f"run.duration={requests / rate:.0f}s",
    ]
    if speed != 1.0:
        path = "workloads.server.serviceTime.lognormal.mean"
        settings.append(f"{path}={23.943468 / speed:.6f}ms")
    return settings


def in_turn(first, second, rounds):
    """Medians of two measurements made A B A B …, and the ratio of the medians."""
    pairs = [(first(), second()) for _ in range(rounds)]
    a = statistics.median(pair[0] for pair in pairs)
    b = statistics.median(pair[1] for pair in pairs)
    return a, b, a / b


def reference(program, workload, design, size, operations):
    """Nanoseconds per operation that the reference program reports of itself."""
    output, _ = run([program, workload, design, size, operations])
    return json.loads(output)["ns_per_op"]


def allocations(program, shim, scenario, settings):
    """Requests of one replication, its allocations and its peak memory in kB."""
    with tempfile.NamedTemporaryFile() as file:
        environment = {"LD_PRELOAD": str(shim), "PODSTORM_ALLOCATIONS": file.name}
        requests, _ = simulate(program, scenario, settings, environment)
        count, peak = pathlib.Path(file.name).read_text().split()
        return requests, int(count), int(peak)


def startup(program, repeats=50):
    """Median CPU and wall-clock milliseconds of `--version`."""
    import time

    wall, cpu = [], []
    for _ in range(repeats):
        start = time.perf_counter()
        _, seconds = run([program, "--version"])
        wall.append((time.perf_counter() - start) * 1e3)
        cpu.append(seconds * 1e3)
    return statistics.median(cpu), statistics.median(wall)
