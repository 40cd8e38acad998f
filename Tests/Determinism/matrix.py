"""The same bytes, whatever the threads, the process, the locale, the time zone, the place, the
C library's arithmetic and the build."""

import collections
import datetime
import getpass
import itertools
import os
import socket
import subprocess
import sys

from common import (BLACK_FRIDAY, LAWS, MORNING, ROOT, contents, demand, digest, emptied,
                    environment, podstorm)

THREADS = [1, 2, 3]
REPEATS = 5
ZONES = ["America/St_Johns", "Pacific/Chatham"]
MASK = "glibc.cpu.hwcaps=-FMA,-AVX2,-AVX2_Usable,-FMA_Usable,-FMA4,-FMA4_Usable"

RUN = ["run", *MORNING]
SWEEP = ["sweep", BLACK_FRIDAY, "--replications", "1", "--set", "run.duration=12m"]
LAW_RUN = ["run", LAWS]
SHORT = ["run", BLACK_FRIDAY, "--set", "run.duration=10m", "--replication", "1"]


def locales():
    """C, and one whose numbers and letters differ: Turkish or German where installed."""
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
    names = listed.stdout.split()
    for wanted in ["tr_TR.utf8", "de_DE.utf8"]:
        if wanted in names:
            return ["C", wanted]
    print("no Turkish or German locale is installed: C.UTF-8 stands in", file=sys.stderr)
    return ["C", "C.UTF-8"]


class Digests:
    """Collects the SHA-256 of every file of many runs."""

    def __init__(self):
        self.runs = 0
        self.of = collections.defaultdict(collections.Counter)

    def add(self, folder, result):
        """Takes a run's files and what it said on standard output."""
        self.runs += 1
        for name, data in contents(folder).items():
            self.of[name][digest(data)] += 1
            check_no_place(name, data, folder)
        text = result.stdout.replace(str(folder), "FOLDER")
        self.of["standard output"][digest(text.encode())] += 1

    def check(self, title):
        """Demands one digest a file, in every run."""
        for name, digests in sorted(self.of.items()):
            demand(len(digests) == 1, f"{title}: {name} has {len(digests)} contents")
            demand(sum(digests.values()) == self.runs, f"{title}: {name} is not in every run")


def check_no_place(name, data, folder):
    """Demands that a file tells neither where nor when nor by whom it was written."""
    today = datetime.datetime.now(datetime.timezone.utc)
    words = [str(ROOT), str(folder), socket.gethostname(), today.strftime("%Y-%m-%d")]
    home = os.path.expanduser("~")
    words += [home + "/"] if home != "/" else []
    user = getpass.getuser()
    words += [f"/{user}/"]
    for word in words:
        demand(word.encode() not in data, f"{name} contains {word!r}")


def full_matrix(binary, folder, command):
    """Threads × repeats × locales × time zones."""
    digests = Digests()
    for threads, _, locale, zone in itertools.product(
        THREADS, range(REPEATS), locales(), ZONES
    ):
        out = emptied(folder / "matrix")
        env = environment(LC_ALL=locale, TZ=zone)
        result = podstorm(
            binary, *command, "--quiet", "-j", threads, "--output", out, env=env
        )
        digests.add(out, result)
        print(f"\r{digests.runs} runs ", end="", file=sys.stderr, flush=True)
    return digests


def places(binary, folder, command):
    """Working folder, spelling of the paths, links, user, home, host and terminal."""
    verb, scenario, *rest = command
    absolute = ROOT / scenario
    link = folder / "linked.yaml.d"
    link.unlink(missing_ok=True)
    link.symlink_to(absolute.parent, target_is_directory=True)
    spellings = [
        (ROOT, scenario),
        (ROOT, absolute),
        (absolute.parent, absolute.name),
        (absolute.parent, f"./../{absolute.parent.name}/{absolute.name}"),
        ("/", absolute),
        (folder, link / absolute.name),
    ]
    digests = Digests()
    for cwd, spelling in spellings:
        for changes in [{}, {"HOME": "/", "USER": "nobody", "COLUMNS": "200", "HOSTNAME": "x"}]:
            out = emptied(folder / "places")
            env = environment(**changes)
            digests.add(
                out,
                podstorm(
                    binary, verb, spelling, *rest, "--quiet", "--output", out, cwd=cwd, env=env
                ),
            )
    return digests


def mask_changes_libm():
    """How many of 100,000 values of the C library change under the mask, in this interpreter."""
    program = (
        "import math\n"
        "for i in range(1, 50001): print(math.exp(i * 1.7e-4).hex(), math.log(i * 1.7e-4).hex())"
    )
    texts = [
        subprocess.run(
            [sys.executable, "-c", program],
            env=environment(GLIBC_TUNABLES=tunables),
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for tunables in [None, MASK]
    ]
    return sum(1 for a, b in zip(*texts) if a != b)


def masked(binary, folder, command):
    """With the C library's fused multiply-add, and without."""
    digests = Digests()
    for tunables in [None, MASK]:
        out = emptied(folder / "masked")
        env = environment(GLIBC_TUNABLES=tunables)
        digests.add(
            out, podstorm(binary, *command, "--quiet", "--output", out, env=env)
        )
    return digests


def builds(release, debug, folder, command):
    """Release against debug."""
    digests = Digests()
    for binary in [release, debug]:
        out = emptied(folder / "builds")
        digests.add(out, podstorm(binary, *command, "--quiet", "--output", out))
    return digests


def run(release, debug, folder):
    """Everything; returns (title, command, digests) for each case and what the mask changes."""
    cases = []

    def case(title, command, digests):
        digests.check(title)
        cases.append((title, command, digests))
        print(f"{title}: {digests.runs} runs, {len(digests.of)} files, equal", flush=True)

    matrix = "threads × repeats × locales × time zones"
    for command in [RUN, SWEEP, LAW_RUN]:
        case(matrix, command, full_matrix(release, folder, command))
    case("places and spellings", SHORT, places(release, folder, SHORT))
    changed = mask_changes_libm()
    for command in [RUN, SWEEP, LAW_RUN]:
        case("C library's FMA masked", command, masked(release, folder, command))
    for command in [SHORT, LAW_RUN + ["--replication", "1"]]:
        case("debug and release", command, builds(release, debug, folder, command))
    return cases, changed, locales()
