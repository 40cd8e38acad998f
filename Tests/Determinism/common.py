"""What the parts of the determinism campaign share."""

import csv
import hashlib
import json
import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLACK_FRIDAY = "Scenarios/black-friday/scenario.yaml"
LAWS = "Tests/Determinism/laws/scenario.yaml"
SMALL = "Tests/CLITests/Fixtures/small/scenario.yaml"
# Two replications of the morning, into which both faults are moved.
MORNING = [BLACK_FRIDAY, "--replications", "2", "--set", "run.duration=42m",
           "--set", "faults[0].at=32m", "--set", "faults[1].at=38m"]
# Run to the end: every threshold held, undecided, broken.
FINISHED = {0, 98, 99}


class Failure(Exception):
    """A promise that was not kept."""


def demand(condition, what):
    """Ends the campaign when a promise was not kept."""
    if not condition:
        raise Failure(what)


def environment(**changes):
    """The caller's environment with changes; `None` takes a variable away.

    Swift seeds its hashing anew in every process unless it is told not to.
    """
    variables = dict(os.environ)
    for name in ["SWIFT_DETERMINISTIC_HASHING", "GLIBC_TUNABLES", "LC_ALL", "LANG", "TZ"]:
        variables.pop(name, None)
    for name, value in changes.items():
        variables.pop(name, None)
        if value is not None:
            variables[name] = value
    return variables


def podstorm(binary, *arguments, cwd=ROOT, env=None, expect=FINISHED):
    """Runs the program to its end."""
    result = subprocess.run(
        [str(binary), *map(str, arguments)],
        cwd=cwd,
        env=env or environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    demand(
        result.returncode in expect,
        f"{arguments}: exit {result.returncode}\n{result.stderr}",
    )
    return result


def emptied(folder):
    """The folder's path, with nothing there."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def contents(folder):
    """File name → bytes, hidden files too."""
    if not folder.exists():
        return {}
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def digest(data):
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def check_whole(files, where):
    """Demands that every file parses to its end and that none is temporary."""
    for name, data in files.items():
        demand(not name.startswith("."), f"{where}: {name} was left behind")
        text = data.decode("utf-8")
        demand(text.endswith("\n"), f"{where}: {name} has no line end")
        if name.endswith(".json"):
            json.loads(text)
        else:
            rows = list(csv.reader(text.splitlines()))
            widths = {len(row) for row in rows}
            demand(len(widths) == 1, f"{where}: {name} has rows of {widths} cells")


def fingerprints(record):
    """(variant, replication) → fingerprint, of the bytes of a run.json."""
    return {
        (variant["name"], run["replication"]): run["fingerprint"]
        for variant in json.loads(record)["variants"]
        for run in variant["runs"]
    }
