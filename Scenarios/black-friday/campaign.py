#!/usr/bin/env python3
"""Runs Black Friday's ablations and the ±20 % moves, and writes what they show into a table.

    python3 Scenarios/black-friday/campaign.py PODSTORM FOLDER REPORT.md

Every run has all three arms and the replications of the scenario. Only the standard library is
used; the report has no times in it, so the same program writes the same bytes.
"""

import csv
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
TABLES = ["summary", "calls", "outages", "timeseries"]
# Student's t for 97.5 % and 9 degrees of freedom: ten replications.
STUDENT_T9 = 2.262157
ARMS = ["hardcoded-ip", "service", "long-lived"]
PROFILE = "traffic.shoppers.arrivals.poisson.profile"


def profile(peak_minutes=180, rate=300):
    """The day's rate profile with another length or height of the peak."""
    end = 30 + peak_minutes
    return f"[[0m, 50/s], [30m, 50/s], [31m, {rate}/s], [{end}m, {rate}/s], [{end + 1}m, 50/s]]"


MOVES = {
    "as shipped": [],
    "peak 144 min": [f"{PROFILE}={profile(peak_minutes=144)}"],
    "peak 216 min": [f"{PROFILE}={profile(peak_minutes=216)}", "run.duration=5h"],
    "rate 240/s": [f"{PROFILE}={profile(rate=240)}"],
    "rate 360/s": [f"{PROFILE}={profile(rate=360)}"],
    "value 3.68 USD": ["traffic.shoppers.value=3.68 USD"],
    "value 5.52 USD": ["traffic.shoppers.value=5.52 USD"],
}


def run(podstorm, scenario, output, sets):
    """One run of all arms; returns the rows of its tables by name."""
    command = [podstorm, "run", str(scenario), "--output", str(output), "--quiet"]
    command += ["--tables", ",".join(TABLES)]
    for item in sets:
        command += ["--set", item]
    code = subprocess.run(command, stdout=subprocess.DEVNULL).returncode
    if code not in (0, 98, 99):
        sys.exit(f"exit {code}: {' '.join(command)}")
    return {name: read(output / f"{name}.csv") for name in TABLES}


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def estimate(summary, arm, metric):
    """Mean and half-width of a metric of an arm."""
    for row in summary:
        if row["variant"] == arm and row["metric"] == metric:
            mean = float(row["mean"])
            return mean, (float(row["ci_high"]) - float(row["ci_low"])) / 2
    return None


def minutes(pair):
    return f"{pair[0] / 60:.1f} ± {pair[1] / 60:.1f}"


def millions(pair):
    return f"{pair[0] / 1e6:.3f} ± {pair[1] / 1e6:.3f}"


def percent(pair):
    return f"{100 * pair[0]:.2f} ± {100 * pair[1]:.2f}"


def cells(summary, arm):
    """One arm of one run as table cells."""
    return [
        percent(estimate(summary, arm, "availability_ratio")),
        minutes(estimate(summary, arm, "outage_s")),
        millions(estimate(summary, arm, "lost_revenue")),
        f"{estimate(summary, arm, 'idle_pods_total')[0]:.1f}",
        f"{estimate(summary, arm, 'replicas_max_total')[0]:.1f}",
    ]


def causes(calls, arm):
    """Shares of an arm's failed attempts by what the caller saw and why, the largest first."""
    counts = {}
    for row in calls:
        if row["variant"] != arm or row["outcome"] == "succeeded":
            continue
        key = f"{row['caller']} → {row['call']}: {row['outcome']} ({row['cause']})"
        counts[key] = counts.get(key, 0) + int(row["attempts_total"])
    total = sum(counts.values())
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(name, count / total) for name, count in order if count and count / total >= 0.001]


def paired(outages, a, b):
    """Outage of arm `a` minus that of arm `b` in minutes, paired by replication."""
    seconds = {}
    for row in outages:
        key = row["variant"], int(row["replication"])
        seconds[key] = seconds.get(key, 0) + float(row["duration_s"])
    numbers = sorted({replication for _, replication in seconds})
    differences = [
        (seconds.get((a, n), 0) - seconds.get((b, n), 0)) / 60 for n in numbers
    ]
    mean = statistics.fmean(differences)
    half = STUDENT_T9 * statistics.stdev(differences) / len(differences) ** 0.5
    return f"{mean:.1f} min, [{mean - half:.1f}, {mean + half:.1f}]"


def peak_below(timeseries, arm):
    """The smallest share, over replications, of peak windows below 99 %."""
    shares = {}
    for row in timeseries:
        if row["variant"] != arm or not 31 * 60 <= float(row["time_s"]) < 210 * 60:
            continue
        decided = int(row["offered_total"]) - int(row["undecided_total"])
        below = int(row["succeeded_total"]) < 0.99 * decided
        shares.setdefault(row["replication"], []).append(below)
    return min(sum(values) / len(values) for values in shares.values())


def recovery(outages, arm):
    """Minutes from the end of the peak to the end of the last outage, at the worst replication."""
    return max(float(row["end_s"]) for row in outages if row["variant"] == arm) / 60 - 210


def facts(run):
    """The claims of the README about the shipped day, with their figures."""
    below = 100 * peak_below(run["timeseries"], "hardcoded-ip")
    late = recovery(run["outages"], "hardcoded-ip")
    middle = paired(run["outages"], "long-lived", "service")
    most = paired(run["outages"], "hardcoded-ip", "long-lived")
    return [
        "## The claims",
        "",
        "| claim | figure |",
        "|---|---|",
        f"| hardcoded-ip: peak windows below 99 %, worst replication | {below:.1f} % |",
        f"| hardcoded-ip: recovered after the peak, worst replication | {late:.1f} min |",
        f"| outage of long-lived − service, paired | {middle} |",
        f"| outage of hardcoded-ip − long-lived, paired | {most} |",
    ]


def table(title, runs):
    lines = [
        f"## {title}",
        "",
        "| run | arm | answered, % | outage, min | lost, million USD | idle pods | most pods |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, run_tables in runs.items():
        for arm in ARMS:
            row = " | ".join(cells(run_tables["summary"], arm))
            lines.append(f"| {name} | {arm} | {row} |")
    return lines


def slug(name):
    return "".join(c if c.isalnum() else "-" for c in name)


def main(podstorm, folder, report):
    folder = pathlib.Path(folder)
    moves = {
        name: run(podstorm, HERE / "scenario.yaml", folder / slug(name), sets)
        for name, sets in MOVES.items()
    }
    ablations = {
        path.stem: run(podstorm, path, folder / path.stem, [])
        for path in sorted((HERE / "ablations").glob("*.yaml"))
    }
    lines = ["# Black Friday: every arm of every run", ""]
    lines += ["Written by `make campaign`; means of 10 replications, ± half a 95 % interval.", ""]
    lines += facts(moves["as shipped"]) + [""]
    lines += table("The day, and its inputs moved by 20 %", moves) + [""]
    lines += table("Ablations and traps", ablations) + [""]
    lines += ["## Why attempts failed, as shipped", ""]
    lines += ["| arm | attempt | share of failed |", "|---|---|---|"]
    for arm in ARMS:
        for name, share in causes(moves["as shipped"]["calls"], arm):
            lines.append(f"| {arm} | {name} | {100 * share:.1f} % |")
    pathlib.Path(report).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
