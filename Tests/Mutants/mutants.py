#!/usr/bin/env python3
"""Plants known bugs, one at a time, and sees whether the suite notices.

Each `NN-name.patch` beside this file is a bug that somebody could write on a bad day. Its header
says what is wrong (`Wrong:`), which test target is built for it (`Build:`), which suites of that
target are run first (`First:`, a pattern for --filter), which test was written because the suite
missed the bug at first (`Taught:`), and, for one that no test can see, why (`Survives:`).

A bug is killed when a test fails, the test process traps, or the tests exceed the time limit. The
tests named run first, then the rest of their target, then, in a complete build, every other test,
and at the very end the comparisons with reference results: those see that something moved, not
that it is wrong, so a bug that only they notice counts as a survivor. TidyTests and BudgetTests are
left out: they judge the text of a program and its cost, not what it does. A patch that does not
apply or does not compile is a defect of the patch and no kill.

When code around a bug has moved, --refresh writes the patches anew.
"""

import argparse
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
REPORT = ROOT / "docs" / "MUTANTS.md"
REQUIRED = 23
REFERENCES = "GoldenTests|TranscriptTests"
# No judges of behaviour.
SKIPPED = ("--skip", "TidyTests", "--skip", "BudgetTests")

# Appended to the copy's manifest: building one test target takes a fraction of the time.
NARROW = """
func needs(_ target: Target) -> [String] {
  target.dependencies.compactMap {
    switch $0 {
    case .targetItem(let name, _), .byNameItem(let name, _): name
    default: nil
    }
  }
}
var kept: Set<String> = ["TARGET"]
while true {
  let more = package.targets.filter { kept.contains($0.name) }.flatMap(needs)
  if kept.isSuperset(of: more) { break }
  kept.formUnion(more)
}
package.targets.removeAll { !kept.contains($0.name) }
"""


class Defect(Exception):
    """Something that is wrong with a patch or with the unchanged program."""


class Mutant:
    """A patch and what its header says."""

    def __init__(self, path):
        self.path = path
        self.number, self.name = path.stem.split("-", 1)
        text = path.read_text(encoding="utf-8")
        head = text.split("\n--- ", 1)[0]
        fields = dict(re.findall(r"^(\w+): (.*(?:\n  .*)*)", head, re.MULTILINE))
        self.fields = {key: " ".join(value.split()) for key, value in fields.items()}
        for key in ("Wrong", "Build", "First"):
            if key not in self.fields:
                raise Defect(f"{path.name} has no '{key}:' in its header")
        self.file = re.search(r"^\+\+\+ b/(\S+)", text, re.MULTILINE).group(1)

    def __getattr__(self, name):
        return self.fields.get(name.capitalize(), "")


class Outcome:
    """What became of a mutant."""

    def __init__(self, word, stage="", tests=(), suites=()):
        self.word = word
        self.stage = stage
        self.tests = list(tests)
        self.suites = list(suites)

    @property
    def is_killed(self):
        return self.word == "killed"

    @property
    def witnesses(self):
        """At most three tests, in order of name, and how many more there were."""
        shown = ", ".join(f"`{name}`" for name in self.tests[:3])
        rest = len(self.tests) - 3
        return shown + (f" and {rest} more" if rest > 0 else "")


class Workshop:
    """A copy of the repository in which bugs are planted; it keeps its build between them."""

    def __init__(self, folder, jobs, limit):
        self.folder = folder.resolve()
        self.jobs = jobs
        self.limit = limit
        self.target = None
        # Without this, git would take the copy for a part of the repository around it.
        self.environment = dict(os.environ, GIT_CEILING_DIRECTORIES=str(self.folder.parent))

    def restore(self):
        """Makes the copy equal to the repository; files that are equal keep their time stamps."""
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, check=True, capture_output=True, text=True,
        ).stdout.split("\0")
        wanted = {name for name in listed if name and (ROOT / name).is_file()}
        wanted |= {"Package.resolved"} & set(os.listdir(ROOT))
        for name in sorted(wanted):
            source, copy = ROOT / name, self.folder / name
            if not copy.is_file() or copy.read_bytes() != source.read_bytes():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, copy)
        for top in ("Sources", "Tests"):
            for copy in sorted((self.folder / top).rglob("*")):
                if copy.is_file() and str(copy.relative_to(self.folder)) not in wanted:
                    copy.unlink()
        self.target = None

    def narrow(self, target):
        """Leaves only what a test target needs in the manifest; everything for `None`."""
        text = (ROOT / "Package.swift").read_text(encoding="utf-8")
        if target:
            text += NARROW.replace("TARGET", target)
        manifest = self.folder / "Package.swift"
        if manifest.read_text(encoding="utf-8") != text:
            manifest.write_text(text, encoding="utf-8")

    def plant(self, mutant):
        path = self.folder / mutant.file
        before = path.read_bytes()
        result = subprocess.run(
            ["git", "apply", str(mutant.path)],
            cwd=self.folder, env=self.environment, capture_output=True, text=True,
        )
        if result.returncode != 0 or path.read_bytes() == before:
            raise Defect(f"{mutant.path.name} does not apply: {result.stderr.strip()}")

    def build(self, target):
        self.narrow(target)
        command = ["swift", "build", "-c", "release", "--build-tests", "-j", str(self.jobs)]
        result = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True,
        )
        if result.returncode != 0:
            errors = [line for line in result.stdout.splitlines() if "error:" in line]
            raise Defect("does not compile: " + "; ".join(errors[:3] or ["see the build"]))

    def test(self, *options):
        """Runs tests of the present build; `None` when all of them pass."""
        command = ["swift", "test", "--disable-xctest", "-c", "release", "--skip-build", *options]
        process = subprocess.Popen(
            command, cwd=self.folder, env=self.environment, text=True, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        try:
            output, _ = process.communicate(timeout=self.limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.communicate()
            return Outcome("killed", tests=[f"(no end within {self.limit} s)"])
        if process.returncode == 0:
            if not re.search(r"Test run with [1-9]\d* tests?", output):
                raise Defect(f"no test matches {' '.join(options)}")
            return None
        failed = re.findall(
            r'^✘ Test (?:(\w+)\(.*\)|"(.+)") (?:with \d+ test cases? )?failed after',
            output, re.MULTILINE,
        )
        tests = sorted({name or title for name, title in failed})
        suites = sorted(set(re.findall(r"^✘ Suite (\S+) failed", output, re.MULTILINE)))
        if not tests:
            tests = ["(the process trapped)"]
        return Outcome("killed", tests=tests, suites=suites)


def stages(mutant, is_quick):
    """(name, target to build, options of the test run), the cheapest first."""
    skip = [*SKIPPED, "--skip", REFERENCES]
    yield "first", mutant.build, ["--filter", mutant.first]
    yield "target", mutant.build, skip
    if is_quick:
        return
    yield "everything", None, skip
    yield "references", None, ["--filter", REFERENCES]


def judge(workshop, mutant, is_quick):
    workshop.restore()
    workshop.plant(mutant)
    built = ()
    for stage, target, options in stages(mutant, is_quick):
        if built != (target,):
            workshop.build(target)
            built = (target,)
        outcome = workshop.test(*options)
        if outcome is None:
            continue
        outcome.stage = stage
        if stage == "references":
            outcome.word = "moved"
        return outcome
    return Outcome("survived")


def check_unchanged(workshop, mutants):
    """Without a bug all tests must pass, or their failures would prove nothing."""
    targets = sorted({mutant.build for mutant in mutants})
    for target in targets:
        workshop.restore()
        workshop.build(target)
        outcome = workshop.test(*SKIPPED)
        if outcome:
            raise Defect(f"{target} fails without any bug: {outcome.witnesses}")
        print(f"{target} passes without a bug", flush=True)


def check(mutants):
    """Whether every patch still applies to the repository as it is."""
    broken = []
    for mutant in mutants:
        result = subprocess.run(
            ["git", "apply", "--check", str(mutant.path)],
            cwd=ROOT, capture_output=True, text=True,
        )
        if result.returncode != 0:
            broken.append(mutant)
            print(f"{mutant.path.name} does not apply: {result.stderr.strip()}")
    print(f"{len(mutants) - len(broken)} of {len(mutants)} patches apply")
    return 1 if broken else 0


def refresh(mutants):
    """Rewrites patches whose surroundings have moved; one line of context must still be there."""
    left = 0
    for mutant in mutants:
        source = ROOT / mutant.file
        with tempfile.TemporaryDirectory() as scratch:
            copy = pathlib.Path(scratch) / mutant.file
            copy.parent.mkdir(parents=True)
            shutil.copy(source, copy)
            result = subprocess.run(
                ["git", "apply", "-C1", str(mutant.path)], cwd=scratch, capture_output=True,
                text=True, env=dict(os.environ, GIT_CEILING_DIRECTORIES=scratch),
            )
            old, new = (path.read_text(encoding="utf-8") for path in (source, copy))
        if result.returncode != 0 or old == new:
            left += 1
            print(f"{mutant.path.name} must be mended by hand: {result.stderr.strip()}")
            continue
        head = mutant.path.read_text(encoding="utf-8").split("\n--- ", 1)[0]
        lines = difflib.unified_diff(
            old.splitlines(keepends=True), new.splitlines(keepends=True),
            "a/" + mutant.file, "b/" + mutant.file, n=2,
        )
        mutant.path.write_text(head + "\n" + "".join(lines), encoding="utf-8")
    return 1 if left else 0


def words(mutant, outcome):
    if outcome.is_killed:
        lesson = " (written for it)" if mutant.taught else ""
        return "killed", outcome.witnesses + lesson
    if outcome.word == "moved":
        return "survived", "Only reference results moved. " + mutant.survives
    return "survived", mutant.survives or "Nothing fails."


def report(results):
    killed = sum(outcome.is_killed for _, outcome in results)
    lines = [
        "# Planted bugs",
        "",
        "Written by `make mutants`; change `Tests/Mutants` instead. A mutant is a bug that",
        "somebody could write on a bad day, kept as a patch. The script plants them one at a time",
        "in a copy of the repository and runs the tests. Killed means that a test of behaviour",
        "failed, the process trapped or the tests did not end; comparisons with reference results",
        "do not count, since they say that something moved and not that it is wrong. The cheapest",
        "tests run first, and the run stops there: others may have failed, too. Where the tests of",
        "its own module missed a mutant when it was first planted, the one that now kills it was",
        "written for it, from what Kubernetes or the code's own contract says, and the table says",
        "so.",
        "",
        f"**{killed} of {len(results)} killed**; {REQUIRED} are required.",
        "",
        "| # | mutant | what is wrong | file | outcome | by, or why not |",
        "|--:|---|---|---|---|---|",
    ]
    for mutant, outcome in results:
        word, why = words(mutant, outcome)
        file = mutant.file.removeprefix("Sources/")
        lines.append(
            f"| {mutant.number} | {mutant.name} | {mutant.wrong} | {file} | {word} | {why} |"
        )
    return "\n".join(lines) + "\n"


def run(mutants, options):
    workshop = Workshop(options.scratch, options.jobs, options.limit)
    if not options.no_baseline:
        check_unchanged(workshop, mutants)
    results = []
    defects = 0
    for mutant in mutants:
        try:
            outcome = judge(workshop, mutant, options.quick)
        except Defect as defect:
            defects += 1
            print(f"{mutant.number} {mutant.name}: DEFECT {defect}", flush=True)
            continue
        results.append((mutant, outcome))
        word, why = words(mutant, outcome)
        print(f"{mutant.number} {mutant.name}: {word} ({outcome.stage}) {why}", flush=True)
    workshop.restore()
    workshop.narrow(None)
    killed = sum(outcome.is_killed for _, outcome in results)
    print(f"{killed} of {len(mutants)} killed, {defects} patches defect")
    if options.mutants or options.quick or defects:
        return 1 if defects or killed < len(mutants) else 0
    REPORT.write_text(report(results), encoding="utf-8")
    return 0 if killed >= REQUIRED else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("mutants", nargs="*", metavar="NN", help="only these (default: all)")
    parser.add_argument("--list", action="store_true", help="list the mutants and stop")
    parser.add_argument("--check", action="store_true", help="only see whether patches apply")
    parser.add_argument("--refresh", action="store_true",
                        help="write patches anew whose surroundings have moved")
    parser.add_argument("--quick", action="store_true",
                        help="run no tests beyond the target that is built first; no report")
    parser.add_argument("--no-baseline", action="store_true",
                        help="do not run the tests without a bug first")
    parser.add_argument("--scratch", type=pathlib.Path, default=ROOT / ".build-mutants",
                        help="folder of the copy (default: .build-mutants)")
    parser.add_argument("--limit", type=int, default=300, help="seconds for one run of tests")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    try:
        mutants = [Mutant(path) for path in sorted(FOLDER.glob("*.patch"))]
        if options.mutants:
            mutants = [mutant for mutant in mutants if mutant.number in options.mutants]
        if options.list:
            for mutant in mutants:
                print(f"{mutant.number} {mutant.name}: {mutant.wrong} ({mutant.file})")
            return 0
        if options.refresh:
            return refresh(mutants)
        return check(mutants) if options.check else run(mutants, options)
    except Defect as defect:
        print(f"mutants.py: {defect}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
