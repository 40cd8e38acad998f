"""Signals at random instants of whole runs: how long until the end, and what is left behind."""

import dataclasses
import json
import random
import signal
import subprocess
import time

from common import (BLACK_FRIDAY, FINISHED, MORNING, ROOT, SMALL, check_whole, contents, demand,
                    emptied, environment, fingerprints, podstorm)

INSTANTS = 50
SEED = 20260101
LIMIT = 1.0
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}

COMMANDS = {
    "run": ["run", *MORNING, "-j", "2"],
    "short run": ["run", SMALL],
    "sweep": ["sweep", BLACK_FRIDAY, "--replications", "2", "--set", "run.duration=20m", "-j", "2"],
    "short sweep": ["sweep", SMALL],
}


@dataclasses.dataclass
class Tally:
    """What came of the signals to one command."""

    title: str
    signals: int = 0
    too_late: int = 0
    nothing: int = 0
    partial: int = 0
    whole: int = 0
    slowest: float = 0.0


def signalled(binary, command, out, instants):
    """Runs with one or two signals; returns exit code, seconds to the end, output, errors."""
    process = subprocess.Popen(
        [str(binary), *command, "--quiet", "--output", str(out)],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    begin = time.monotonic()
    sent = begin
    for instant, number in instants:
        time.sleep(max(0, begin + instant - time.monotonic()))
        sent = time.monotonic()
        process.send_signal(number)
    code = process.wait(timeout=60)
    seconds = time.monotonic() - sent
    output, errors = process.communicate()
    return code, seconds, output, errors


def judge(tally, code, number, left, reference, output, errors):
    """Holds what a signalled command left against the same command left alone."""
    where = f"{tally.title}, {number.name}, exit {code}"
    check_whole(left, where)
    if code in FINISHED:
        tally.too_late += 1
    elif code == -number:
        # Before the program's first line; shells show 128 + the signal for this, too.
        demand(not left, f"{where}: results")
    else:
        demand(code == CODES[number], f"{where}\n{errors}")
    if not left:
        tally.nothing += 1
        demand(code not in FINISHED, f"{where}: nothing was written")
        demand(output == "", f"{where}: results that were not written")
    elif "run.json" in left:
        judge_run(tally, left, reference, output, where)
    else:
        judge_sweep(tally, left, reference, where)


def judge_run(tally, left, reference, output, where):
    """Finished runs must be those of the reference, and missing ones be owned up to."""
    demand(set(left) == set(reference), f"{where}: other files")
    kept = fingerprints(left["run.json"])
    whole = fingerprints(reference["run.json"])
    demand(kept.items() <= whole.items(), f"{where}: other runs")
    is_partial = json.loads(left["run.json"])["partial"]
    demand(is_partial == (len(kept) < len(whole)), f"{where}: partial is {is_partial}")
    if is_partial:
        tally.partial += 1
        demand("partial" in output, f"{where}: the summary does not say that it is partial")
    else:
        tally.whole += 1
        demand(left == reference, f"{where}: all runs, but other bytes")


def judge_sweep(tally, left, reference, where):
    """Points must be the first ones of the reference, and their file's name must say so."""
    demand(len(left) == 1, f"{where}: {sorted(left)}")
    ((name, data),) = left.items()
    whole = reference["sweep.csv"]
    if name == "sweep.partial.csv":
        tally.partial += 1
        demand(whole.startswith(data) and len(data) < len(whole), f"{where}: other points")
    else:
        tally.whole += 1
        demand(data == whole, f"{where}: other bytes")


def alone(binary, folder, command):
    """Seconds that the command takes when nobody signals, and the files it writes."""
    out = folder / "whole"
    lives = []
    for _ in range(2):
        begin = time.monotonic()
        podstorm(binary, *command, "--quiet", "--output", emptied(out))
        lives.append(time.monotonic() - begin)
    return min(lives), contents(out)


def campaign(binary, folder):
    """One signal at each of so many instants, for each command and signal."""
    draw = random.Random(SEED)
    tallies = []
    for title, command in COMMANDS.items():
        for number in CODES:
            life, reference = alone(binary, folder, command)
            tally = Tally(f"{title}, {number.name}")
            # Signals that come too late do not count; on a busy machine lives differ.
            while tally.signals - tally.too_late < INSTANTS and tally.signals < 4 * INSTANTS:
                out = emptied(folder / "signalled")
                instant = draw.uniform(0, life)
                code, seconds, output, errors = signalled(
                    binary, command, out, [(instant, number)]
                )
                tally.signals += 1
                if code in FINISHED:
                    life = 0.9 * life
                else:
                    tally.slowest = max(tally.slowest, seconds)
                    demand(seconds <= LIMIT, f"{tally.title}: {seconds:.3f} s to the end")
                judge(tally, code, number, contents(out), reference, output, errors)
                demand(bool(contents(out)) or not out.exists(), f"{tally.title}: empty folder")
            tallies.append(tally)
            print(tally, flush=True)
    return tallies


def second_signals(binary, folder):
    """A second signal a moment after the first: no file may be half there or temporary."""
    draw = random.Random(SEED + 1)
    tally = Tally("run, SIGINT and SIGTERM within 40 ms")
    command = COMMANDS["run"]
    life, _ = alone(binary, folder, command)
    for _ in range(INSTANTS):
        out = emptied(folder / "signalled")
        # By then there is something to write while the second signal comes.
        first = draw.uniform(0.4, 0.9) * life
        numbers = draw.sample(list(CODES), 2)
        instants = [(first, numbers[0]), (first + draw.uniform(0, 0.04), numbers[1])]
        code, seconds, _, errors = signalled(binary, command, out, instants)
        tally.too_late += code in FINISHED
        demand(code in FINISHED | set(CODES.values()), f"{tally.title}: exit {code}\n{errors}")
        demand(seconds <= LIMIT, f"{tally.title}: {seconds:.3f} s to the end")
        left = contents(out)
        check_whole(left, tally.title)
        tally.signals += 1
        tally.slowest = max(tally.slowest, seconds)
        tally.nothing += not left
        if "run.json" in left:
            is_partial = json.loads(left["run.json"])["partial"]
            tally.partial += is_partial
            tally.whole += not is_partial
    print(tally, flush=True)
    return tally
