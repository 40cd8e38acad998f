"""Which cluster events a chart names, and where their labels go."""

from collections import defaultdict

from tables import MissingTable, number, unique

# Pixels that a letter of a label takes, and the height of a row of labels.
LETTER, ROW = 6.8, 15
MOST_ROWS = 5
# Events of a kind closer than this are told as one.
GAP_SECONDS = 300


def event_labels(results, variant, end_seconds, width):
    """The labels of a variant's events in its first replication."""
    try:
        rows = results.rows("events")
    except MissingTable:
        return []
    first = unique(row["replication"] for row in rows)[:1]
    mine = [row for row in rows if row["variant"] == variant and row["replication"] in first]
    return placed(grouped(mine), end_seconds, width)


def grouped(rows):
    """Events worth telling, those of a kind that follow each other closely as one."""
    series = defaultdict(list)
    rescales = [row for row in rows if row["reason"] == "SuccessfulRescale"]
    for row in rows:
        kind = row["reason"]
        if kind not in SENTENCES or (kind == "ScalingReplicaSet" and follows(row, rescales)):
            continue
        runs = series[kind, row["object"] if kind in ONE_BY_ONE else ""]
        if runs and number(row["time_s"]) - number(runs[-1][-1]["time_s"]) <= GAP_SECONDS:
            runs[-1].append(row)
        else:
            runs.append([row])
    told = [
        (number(run[0]["time_s"]), SENTENCES[kind](run))
        for (kind, _), runs in series.items()
        for run in runs
    ]
    return sorted(told)


def name_of(row):
    """The last part of an object's name: `node-3` of `node/node-3`."""
    return row["object"].split("/")[-1]


def rescaled(run):
    """`HPA: backend to 40`, the size taken from the words of the last event."""
    words = "".join(c if c.isdigit() else " " for c in run[-1]["message"]).split()
    return f"HPA: {name_of(run[0])}" + (f" to {words[0]}" if words else "")


def follows(row, rescales):
    """Whether a ReplicaSet was scaled because an autoscaler had just said so."""
    return any(
        rescale["namespace"] == row["namespace"]
        and 0 <= number(row["time_s"]) - number(rescale["time_s"]) <= 1
        for rescale in rescales
    )


def scaled(run):
    """`web scaled to 16`, or `web rolled out` when several ReplicaSets take part."""
    sets = {row["message"].split(" from ")[0].split()[-1] for row in run}
    if len(sets) > 1:
        return f"{name_of(run[0])} rolled out"
    return f"{name_of(run[0])} scaled to {run[-1]['message'].split()[-1]}"


def several(noun, verb):
    """A sentence that counts the events of a series."""
    return lambda run: f"{len(run)} {noun}{'s' if len(run) > 1 else ''} {verb}"


ONE_BY_ONE = {"SuccessfulRescale", "NodeLost", "NodeReturned", "ScalingReplicaSet"}
SENTENCES = {
    "SuccessfulRescale": rescaled,
    "NodeLost": lambda run: f"{name_of(run[0])} lost",
    "NodeReturned": lambda run: f"{name_of(run[0])} back",
    "ScalingReplicaSet": scaled,
    "TaintManagerEviction": several("pod", "evicted"),
    "Killing": several("container", "stopped"),
}


def placed(told, end_seconds, width):
    """Each label above the lines of later events that stand in its way, so that none crosses it."""
    later = []
    for time, text in reversed(told):
        left = time / end_seconds * width
        right = left + LETTER * len(text) + 4
        row = 1 + max((r for x, r, _ in later if left <= x < right), default=-1)
        if row < MOST_ROWS:
            later.append((left, row, (time, text)))
    return [
        {"minute": round(time / 60, 4), "top": -ROW * (row + 1), "label": text}
        for _, row, (time, text) in reversed(later)
    ]
