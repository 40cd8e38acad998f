"""Running programs on one core and reading off what they cost."""

import csv
import dataclasses
import json
import os
import pathlib
import resource
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCENARIOS = pathlib.Path("Benchmarks") / "scenarios"
# 20 ms × exp(0.6² / 2), in milliseconds.
SERVICE = 23.943468
# Exit statuses of podstorm: fine, a threshold undecided, a threshold crossed.
VERDICTS = (0, 98, 99)


def pin():
    """Keeps this process and its children on one core: the last, as the first serves interrupts."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def run(command, environment=None):
    """The output of a command, and its CPU seconds (user and system, all threads)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, **(environment or {})},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in VERDICTS:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@dataclasses.dataclass
class Cost:
    """What some operations took, and the mean latency that they had if they were requests."""

    operations: int
    seconds: float
    latency: float | None = None

    @property
    def nanoseconds(self):
        return self.seconds / self.operations * 1e9


def load_settings(pods, requests, speed=1.0, window=10):
    """Overrides for a load of 70 % on so many pods until about so many requests have come."""
    rate = 0.7 * pods / SERVICE * 1e3 * speed
    return {
        "manifests.deployment.server.spec.replicas": pods,
        "traffic.customers.arrivals.poisson.rate": f"{rate:.3f}/s",
        "run.duration": f"{requests / rate:.0f}s",
        "run.window": f"{window}s",
    }


def command_line(program, scenario, settings, output):
    """How one replication is run; summary, timeseries, latency and load go to the output."""
    command = [program, "run", SCENARIOS / scenario, "--replications", "1", "--jobs", "1"]
    command += ["--quiet", "--output", output]
    return command + [word for pair in settings.items() for word in ("--set", "=".join(
        map(str, pair)))]


def simulate(program, scenario, settings, environment=None):
    """The cost of one replication, with start-up, reading, and writing of tables."""
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder) / "out"
        _, seconds = run(command_line(program, scenario, settings, output), environment)
        with open(output / "summary.csv", newline="") as table:
            means = {row["metric"]: row["mean"] for row in csv.DictReader(table)}
    return Cost(int(float(means["offered_total"])), seconds, float(means["latency_mean_ms"]))


def reference(program, workload, design, size, operations):
    """The cost that the reference program reports of itself, its own start-up left out."""
    output, _ = run([program, workload, design, size, operations])
    found = json.loads(output)
    return Cost(int(found["ops"]), found["cpu_s"], found.get("meanMs"))


def kernel(program, workload, *numbers):
    """The cost that Benchmarks/KernelBench reports of the kernel alone."""
    output, _ = run([program, workload, *numbers])
    found = json.loads(output)
    # Time advances by 1/n of a mean increment per hold: otherwise the queue lost something.
    assert abs(found.get("advance", 1) - 1) < 0.01, found
    return Cost(found["ops"], found["cpu_s"], found.get("meanMs"))


@dataclasses.dataclass
class Comparison:
    """Two measurements made A B A B …: medians, their ratio, and the ratios of the rounds."""

    first: float
    second: float
    rounds: list[float]

    @property
    def ratio(self):
        return self.first / self.second


def in_turn(first, second, rounds):
    """Compares two measurements round by round; with latencies, those must agree to 2 %."""
    pairs = [(first(), second()) for _ in range(rounds)]
    for a, b in pairs:
        if a.latency is not None and abs(a.latency / b.latency - 1) > 0.02:
            raise SystemExit(f"not the same workload: mean {a.latency} ms and {b.latency} ms")
    costs = [(a.nanoseconds, b.nanoseconds) for a, b in pairs]
    medians = (statistics.median(column) for column in zip(*costs))
    return Comparison(*medians, [a / b for a, b in costs])


@dataclasses.dataclass
class Memory:
    """Allocations of a whole run and of what precedes its reports, and its peak memory in kB."""

    requests: int
    allocations: int
    before_reports: int
    peak: int


def memory(program, shim, scenario, settings):
    """What one replication allocates, counted by Benchmarks/allocations.c."""
    with tempfile.NamedTemporaryFile() as file:
        environment = {"LD_PRELOAD": str(shim), "PODSTORM_ALLOCATIONS": file.name}
        cost = simulate(program, scenario, settings, environment)
        return Memory(cost.operations, *map(int, pathlib.Path(file.name).read_text().split()))


def startup(program, repeats=50):
    """Milliseconds of `--version`: median CPU time, median and least by the wall clock."""
    discard = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    cpu, wall = [], []
    for _ in range(repeats):
        start = time.perf_counter()
        arguments = [str(program), "--version"]
        child = os.posix_spawn(program, arguments, os.environ, file_actions=discard)
        _, status, usage = os.wait4(child, 0)
        wall.append((time.perf_counter() - start) * 1e3)
        cpu.append((usage.ru_utime + usage.ru_stime) * 1e3)
        assert status == 0, status
    return statistics.median(cpu), statistics.median(wall), min(wall)
