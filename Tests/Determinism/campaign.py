#!/usr/bin/env python3
"""Shows that results do not depend on circumstances and that interruptions lose nothing.

    python3 Tests/Determinism/campaign.py RELEASE DEBUG FOLDER REPORT.md

RELEASE and DEBUG are two builds of podstorm. Ends with 1 at the first promise that is not kept;
otherwise writes the report. Takes some minutes; only the standard library is used.
"""

import pathlib
import sys

import faults
import interruptions
import matrix
from common import Failure


def command_text(command):
    """As it is typed."""
    return "`podstorm " + " ".join(command) + "`"


def table(header, rows):
    """A Markdown table, its first column text and the rest numbers."""
    lines = ["| " + " | ".join(header) + " |"]
    lines.append("|---" + "|--:" * (len(header) - 1) + "|")
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return lines


def determinism(cases, changed, names):
    """The first half of the report."""
    lines = [
        "## Same bytes",
        "",
        "SHA-256 of every output file and of standard output, per-process hash seeding on. The"
        f" matrix is -j {', '.join(map(str, matrix.THREADS))} × {matrix.REPEATS} repeats ×"
        f" locales {', '.join(names)} × time zones {', '.join(matrix.ZONES)}.",
        f" The mask is `GLIBC_TUNABLES={matrix.MASK}`; it takes effect, for it changes"
        f" {changed:,} of 100,000 values of the C library's exp and log.".lstrip(),
        "Debug against release is 10 simulated minutes of one replication. Places are other working"
        " folders, paths spelled relatively, absolutely and through a link, and other values of"
        " HOME, USER, HOSTNAME and COLUMNS. No file contains the path of the repository or of the"
        " output folder, the host, the user or the date.",
        "",
    ]
    rows = [
        (
            f"{title}: {command_text(command)}",
            digests.runs,
            len(digests.of),
            max(len(counter) for counter in digests.of.values()),
        )
        for title, command, digests in cases
    ]
    lines += table(["case", "runs", "files", "most digests of a file"], rows)
    lines += ["", "File by file in the first matrix:", ""]
    rows = [
        (f"`{name}`", sum(counter.values()), len(counter))
        for name, counter in sorted(cases[0][2].of.items())
    ]
    return lines + table(["file", "runs", "digests"], rows)


def interruption(tallies, errors, signals):
    """The second half of the report."""
    lines = [
        "## Interruptions",
        "",
        f"One signal in each run, until {interruptions.INSTANTS} came at random instants between"
        " the start and the end of the process. Every file left behind parses to its end, none is"
        " temporary; every run kept has the fingerprint, and every point of a sweep the bytes, that"
        " it has without a signal; whatever is missing is marked as partial. Exit code 130 or 143,"
        " or that of the finished run where the signal came too late.",
        "",
    ]
    rows = [
        (tally.title, tally.signals, tally.nothing, tally.partial, tally.whole, tally.too_late,
         f"{tally.slowest * 1e3:.0f} ms")
        for tally in tallies
    ]
    header = ["command", "signals", "nothing", "partial", "whole", "too late", "slowest end"]
    lines += table(header, rows)
    if not errors:
        return lines + ["", "strace was not there, so no system call was made to fail."]
    lines += [
        "",
        "## Failing system calls",
        "",
        "The n-th call of its kind fails once, for every n, with results of an earlier run in the"
        " folder: exit 74 with the file's name and all old files, or success and all new ones;"
        " never some of each. (Calls of the dynamic loader and of the reader are among them.)",
        "",
    ]
    rows = [(f"`{call}` {error}", count, refused) for call, error, count, refused in errors]
    lines += table(["failing call", "n up to", "exit 74"], rows)
    lines += ["", "SIGTERM during the n-th call, with an empty folder:", ""]
    rows = [(f"`{call}`", count, kept) for call, count, kept in signals]
    return lines + table(["call", "n up to", "results kept"], rows)


def main(release, debug, folder, report):
    """Runs everything and writes the report."""
    release, debug, folder = (pathlib.Path(path).resolve() for path in (release, debug, folder))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        cases, changed, names = matrix.run(release, debug, folder)
        tallies = interruptions.campaign(release, folder)
        tallies.append(interruptions.second_signals(release, folder))
        errors, signals = [], []
        if faults.is_available():
            errors, signals = faults.errors(release, folder), faults.signals(release, folder)
    except Failure as failure:
        sys.exit(f"not kept: {failure}")
    lines = [
        "# Determinism and interruptions",
        "",
        "Written by `make determinism`, which ends with an error when a promise is not kept.",
        "",
        *determinism(cases, changed, names),
        "",
        *interruption(tallies, errors, signals),
    ]
    pathlib.Path(report).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
