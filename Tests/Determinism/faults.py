"""System calls that fail, or during which a signal comes, one after the other (needs strace)."""

import json
import shutil
import subprocess

from common import (FINISHED, ROOT, SMALL, check_whole, contents, demand, emptied, environment,
                    podstorm)

# What fails and how; `close` is where network file systems tell of a full disk.
ERRORS = [
    ("write", "ENOSPC", 40),
    ("write", "EIO", 40),
    ("rename", "EIO", 14),
    ("rename", "EPERM", 14),
    ("openat", "EROFS", 115),
    ("close", "EIO", 115),
    ("link", "EPERM", 14),
]
# During which calls a signal comes.
CALLS = [("openat", 115), ("write", 40), ("close", 115), ("rename", 14), ("link", 14),
         ("unlink", 14), ("mkdir", 2)]


def is_available():
    """Whether strace can be used here."""
    if shutil.which("strace") is None:
        return False
    probe = subprocess.run(["strace", "-f", "true"], capture_output=True, check=False)
    return probe.returncode == 0


def injected(binary, folder, call, what):
    """Runs the small scenario with something injected into a system call."""
    return subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
         f"inject={call}:{what}",
         str(binary), "run", SMALL, "--quiet", "--seed", "2", "-j", "1",
         "--output", str(folder)],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def errors(binary, folder):
    """Every n-th call fails once: either all files are new, or all are the old ones."""
    old_folder = emptied(folder / "old")
    podstorm(binary, "run", SMALL, "--quiet", "--seed", 1, "--output", old_folder)
    new_folder = emptied(folder / "new")
    podstorm(binary, "run", SMALL, "--quiet", "--seed", 2, "--output", new_folder)
    old, new = contents(old_folder), contents(new_folder)
    rows = []
    for call, error, count in ERRORS:
        refused = 0
        for ordinal in range(1, count + 1):
            out = emptied(folder / "injected")
            shutil.copytree(old_folder, out)
            result = injected(binary, out, call, f"error={error}:when={ordinal}")
            where = f"{call} {ordinal} fails with {error}, exit {result.returncode}"
            left = contents(out)
            check_whole(left, where)
            demand(left in (old, new), f"{where}: old and new files side by side")
            if result.stdout.startswith("OVERVIEW"):
                # Swift has lost the arguments: it reads them from /proc.
                demand(left == old, f"{where}: {result.stdout}")
            elif result.returncode == 74:
                refused += 1
                demand("cannot write '" in result.stderr, f"{where}: {result.stderr}")
            elif result.returncode in FINISHED:
                demand(left == new, f"{where}: results are missing")
            else:
                # The dynamic loader and the reader of the input meet the error, too.
                demand(left == old, f"{where}: {result.stderr}")
        rows.append((call, error, count, refused))
        print(f"{call} {error}: {count} injected, {refused} refused with 74", flush=True)
    return rows


def signals(binary, folder):
    """A signal comes during the n-th call: whole files or none, and the signal's exit code."""
    rows = []
    for call, count in CALLS:
        kept = 0
        for ordinal in range(1, count + 1):
            out = emptied(folder / "injected")
            result = injected(binary, out, call, f"signal=TERM:when={ordinal}")
            where = f"SIGTERM during {call} {ordinal}, exit {result.returncode}"
            left = contents(out)
            check_whole(left, where)
            # Before the program's own first line a signal ends it as it ends any other.
            demand(result.returncode in FINISHED | {143, -15}, f"{where}: {result.stderr}")
            if left:
                kept += 1
                record = json.loads(left["run.json"])
                runs = sum(len(variant["runs"]) for variant in record["variants"])
                demand(record["partial"] == (runs < 6), f"{where}: partial is wrong")
        rows.append((call, count, kept))
        print(f"{call} SIGTERM: {count} injected, {kept} with results", flush=True)
    return rows
