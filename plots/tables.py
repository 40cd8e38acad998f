"""Reading the tables of a result folder. The only place that knows their column names."""

import csv
import json
from collections import defaultdict
from pathlib import Path


class MissingTable(Exception):
    """A table or a column that a chart needs is not there."""


class ResultFolder:
    """The CSV tables and the description of one run, read when asked for."""

    def __init__(self, path):
        self.path = Path(path)
        self._tables = {}

    def rows(self, table):
        """All rows of a table as dictionaries of text."""
        if table not in self._tables:
            file = self.path / f"{table}.csv"
            if not file.exists():
                raise MissingTable(f"{file.name} is not in the result folder")
            with open(file, newline="", encoding="utf-8") as stream:
                self._tables[table] = list(csv.DictReader(stream))
        return self._tables[table]

    def variants(self):
        """The names of the variants, in the scenario's order."""
        return unique(row["variant"] for row in self.rows("timeseries"))

    def description(self):
        """What run.json says, empty when it is not there."""
        file = self.path / "run.json"
        return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}

    def scenario(self):
        """The scenario's name."""
        return self.description().get("scenario", self.path.name)

    def replications(self):
        """How many replications every variant had."""
        return len(unique(row["replication"] for row in self.rows("timeseries")))

    def estimate(self, variant, metric, over=sum):
        """(mean, low, high) of a metric of summary.csv, `over` client groups; None without one."""
        found = [
            row
            for row in self.rows("summary")
            if row["variant"] == variant and row["metric"] == metric and row["mean"]
        ]
        if not found:
            return None
        return tuple(
            over(number(row[column]) for row in found) for column in ("mean", "ci_low", "ci_high")
        )

    def currency(self):
        """The currency of money in summary.csv."""
        return next(row["unit"] for row in self.rows("summary") if row["metric"] == "lost_revenue")

    def windows(self):
        """Per variant and replication, {start in seconds: counts}, summed over client groups."""
        result = defaultdict(lambda: defaultdict(lambda: defaultdict(Counts)))
        value = self.value_of_a_request()
        for row in self.rows("timeseries"):
            key = (row["variant"], row["client"])
            counts = result[row["variant"]][int(row["replication"])][start_of(row)]
            offered, succeeded = number(row["offered_total"]), number(row["succeeded_total"])
            failed = offered - succeeded - number(row["undecided_total"])
            counts.offered += offered
            counts.succeeded += succeeded
            counts.failed += failed
            counts.lost += failed * value.get(key, 0)
        return result

    def value_of_a_request(self):
        """Money that one failed request costs, by variant and client group."""
        failed, lost = {}, {}
        for row in self.rows("summary"):
            key = (row["variant"], row["client"])
            if row["metric"] == "failed_total":
                failed[key] = number(row["mean"])
            if row["metric"] == "lost_revenue":
                lost[key] = number(row["mean"])
        return {key: lost[key] / failed[key] for key in lost if failed.get(key)}

    def busiest_client(self):
        """The client group with the most requests."""
        offered = defaultdict(float)
        for row in self.rows("timeseries"):
            offered[row["client"]] += number(row["offered_total"])
        return max(offered, key=lambda name: (offered[name], name))


class Counts:
    """What one window of one replication counted."""

    __slots__ = ("offered", "succeeded", "failed", "lost")

    def __init__(self):
        self.offered = self.succeeded = self.failed = self.lost = 0.0


def start_of(row):
    """When a row's window begins, in seconds since the start of the run."""
    return number(row["time_s"])


def number(text):
    """A cell as a number; an empty cell counts as nothing."""
    return float(text) if text else 0.0


def unique(values):
    """Each value once, in order of first appearance."""
    return list(dict.fromkeys(values))
