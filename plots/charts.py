"""From tables to what a chart draws: one function a chart, each returning (values, data sets).

`values` fill the `$names` of the chart's specification, the data sets its named data. Numbers are
rounded here, so that the drawings do not depend on how a machine prints the last digit.
"""

from collections import defaultdict

from events import event_labels
from tables import MissingTable, number, start_of

WIDTH = 900
CLOCK_LABEL = "floor(datum.value/60) + ':' + (datum.value % 60 < 10 ? '0' : '') + datum.value % 60"
# Okabe and Ito's palette, darkest first: told apart with any colour vision, and in grey.
PALETTE = ["#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#999999"]
DASHES = [[1, 0], [8, 3], [2, 2], [10, 3, 2, 3], [5, 5], [1, 3], [12, 4], [4, 1]]


def clock(minute):
    """Minutes as h:mm, with seconds when there are any."""
    seconds = round(minute * 60)
    text = f"{seconds // 3600}:{seconds // 60 % 60:02d}"
    return text if seconds % 60 == 0 else f"{text}:{seconds % 60:02d}"


def words(seconds):
    """A duration as people say it."""
    seconds = int(seconds + 0.5)  # half up, as the program rounds
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        rest = f" {seconds % 60} s" if seconds < 1200 and seconds % 60 else ""
        return f"{seconds // 60} min{rest}"
    return f"{seconds // 3600} h {seconds // 60 % 60:02d} min"


def time_axis(end_seconds):
    """Domain, ticks and labels of the time axis that every chart over time shares."""
    end = end_seconds / 60
    step = next((s for s in (1, 2, 5, 10, 15, 30, 60, 120, 240) if end / s <= 12), 480)
    return {
        "xDomain": [0, end],
        "xTicks": list(range(0, int(end) + 1, step)),
        "xTitle": "time since the start of the run (h:min)",
        "clockLabel": CLOCK_LABEL,
    }


def each(count, noun):
    """`1 replication`, `10 replications`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def named(pairs):
    """`3 h (a), 2 min (b)`; with many variants only the extremes."""
    if len(pairs) <= 4:
        return ", ".join(f"{text} ({name})" for name, text in pairs)
    return f"from {pairs[0][1]} ({pairs[0][0]}) to {pairs[-1][1]} ({pairs[-1][0]})"


def outage(results):
    """Share of successful requests over time, a panel per variant, with cluster events."""
    windows = results.windows()
    variants = results.variants()
    width = window_width(windows)
    panels, headers = [], {}
    for order, variant in enumerate(variants):
        estimate = results.estimate(variant, "outage_s", over=max)
        headers[variant] = variant if estimate is None else (
            f"{variant}: {words(estimate[0])} of outage"
        )
        common = {"panel": headers[variant], "order": order}
        panels += [{**common, "kind": "window", **row} for row in shares(windows[variant], width)]
        labels = event_labels(results, variant, end_of(windows, width), WIDTH)
        panels += [
            {**common, "kind": "event", "clock": clock(label["minute"]), **label}
            for label in labels
        ]
    outages = ranked(results, "outage_s", max, words)
    title = f"Outage: {outages}" if outages else "Share of requests that succeeded"
    values = {
        "title": title,
        "subtitle": [
            f"{results.scenario()}: share of users' requests that succeeded, by the time they were"
            f" sent, in windows of {words(width)}; filled: failed.",
            f"Line: mean of {each(results.replications(), 'replication')}; grey band: lowest to"
            " highest replication. Events of replication 1.",
        ],
        **time_axis(end_of(windows, width)),
    }
    return values, {"load": offered_load(windows, variants[0], width), "panels": panels}


def ranked(results, metric, over, text):
    """Every variant's mean of a metric as text, lowest first; empty when there is none."""
    found = []
    for variant in results.variants():
        estimate = results.estimate(variant, metric, over)
        if estimate:
            found.append((estimate[0], variant))
    return named([(variant, text(mean)) for mean, variant in sorted(found)])


def window_width(windows):
    """Seconds from one window to the next."""
    first = next(iter(next(iter(windows.values())).values()))
    starts = sorted(first)
    return starts[1] - starts[0] if len(starts) > 1 else 1


def end_of(windows, width):
    """When the last window ends, in seconds."""
    return max(max(counts) for runs in windows.values() for counts in runs.values()) + width


def shares(runs, width):
    """Mean, lowest and highest share of successes per window, runs of equal rows shortened."""
    rows = []
    starts = sorted({start for counts in runs.values() for start in counts})
    for start in starts:
        values = []
        for counts in runs.values():
            decided = counts[start].succeeded + counts[start].failed
            if decided:
                values.append(counts[start].succeeded / decided)
        if values:
            rows.append({
                "minute": round(start / 60, 4),
                "clock": clock(start / 60),
                "share": round(sum(values) / len(values), 4),
                "low": round(min(values), 4),
                "high": round(max(values), 4),
            })
    shown = ("share", "low", "high")
    kept = [
        row for index, row in enumerate(rows)
        if index in (0, len(rows) - 1)
        or any(row[key] != rows[index - 1][key] for key in shown)
    ]
    if kept:
        end = (starts[-1] + width) / 60
        kept.append({**rows[-1], "minute": round(end, 4), "clock": clock(end)})
    return kept


def offered_load(windows, variant, width):
    """Requests a second in slices of a minute or so, mean over replications."""
    runs = windows[variant]
    slices = defaultdict(float)
    slice_width = width * max(1, round(60 / width))
    for counts in runs.values():
        for start, count in counts.items():
            slices[int(start // slice_width)] += count.offered
    rows = [
        {
            "minute": round(index * slice_width / 60, 4),
            "clock": clock(index * slice_width / 60),
            "rate": round(total / slice_width / len(runs), 2),
        }
        for index, total in sorted(slices.items())
    ]
    end = (max(slices) + 1) * slice_width / 60
    return rows + [{**rows[-1], "minute": round(end, 4), "clock": clock(end)}]


def latency(results):
    """Percentiles of the latency of successes over time."""
    client = results.busiest_client()
    slices = defaultdict(list)
    last = 0
    for row in results.rows("timeseries"):
        last = max(last, start_of(row))
        if row["client"] != client:
            continue
        for percentile in ("p50", "p90", "p99"):
            cell = row[f"latency_{percentile}_ms"]
            if cell:
                key = (row["variant"], percentile, int(start_of(row) // 60))
                slices[key].append(number(cell) / 1000)
    if not slices:
        raise MissingTable("no request succeeded, so there is no latency")
    rows = latency_rows(results.variants(), slices)
    lowest = min(row["seconds"] for row in rows)
    highest = max(row["seconds"] for row in rows)
    ticks = [t for t in log_ticks() if lowest / 2.1 <= t <= highest * 2.1]
    whole = ranked(results, "latency_p99_ms", max, lambda ms: f"{ms / 1000:.3g} s")
    values = {
        "title": f"99 % of good answers within {whole}",
        "subtitle": [
            f"{results.scenario()}: time to a good answer for {client}, minute by minute. Median of"
            f" the windows of {each(results.replications(), 'replication')};",
            "a gap: no request of that minute succeeded. Title: over the whole run.",
        ],
        "variants": results.variants(),
        "yDomain": [min(ticks[0], lowest), max(ticks[-1], highest)],
        "yTicks": ticks,
        **time_axis(last + window_width(results.windows())),
    }
    return values, {"percentiles": rows}


def log_ticks():
    """1, 2 and 5 in every decade from a millisecond to an hour."""
    return [digit * 10.0**power for power in range(-3, 4) for digit in (1, 2, 5)]


def latency_rows(variants, slices):
    """One row a minute; a new segment after every gap, so that no line bridges it."""
    rows = []
    for variant in variants:
        for percentile in ("p50", "p90", "p99"):
            minutes = sorted(m for v, p, m in slices if (v, p) == (variant, percentile))
            segment = 0
            for index, minute in enumerate(minutes):
                if index and minute != minutes[index - 1] + 1:
                    segment += 1
                rows.append({
                    "variant": variant,
                    "percentile": percentile,
                    "segment": segment,
                    "minute": minute + 0.5,
                    "clock": clock(minute),
                    "seconds": round(median(slices[variant, percentile, minute]), 4),
                })
    return rows


def median(values):
    """The middle value, the lower of two."""
    return sorted(values)[(len(values) - 1) // 2]


def revenue(results):
    """Money lost so far, over time."""
    windows = results.windows()
    width = window_width(windows)
    variants = results.variants()
    losses, ends = [], []
    for variant in variants:
        losses += cumulative(windows[variant], variant)
    highest = max(row["high"] for row in losses)
    if highest == 0:
        raise MissingTable("no request has a value, or none failed")
    end = end_of(windows, width) / 60
    for variant in variants:
        estimate = results.estimate(variant, "lost_revenue")
        if not estimate:
            raise MissingTable("summary.csv has no lost_revenue")
        mean, low, high = estimate
        label = f"{variant}  {money(mean)} ± {money((high - low) / 2)}"
        ends.append({"variant": variant, "minute": end, "position": mean, "label": label})
    spread(ends, highest * 1.05, height=340, gap=18)
    values = {
        "title": f"Lost {results.currency()}: " + ranked(results, "lost_revenue", sum, money),
        "subtitle": [
            f"{results.scenario()}: value of the requests that failed, summed from the start."
            f" Line: mean of {each(results.replications(), 'replication')};",
            "band: lowest to highest replication; ±: half the width of the confidence interval.",
        ],
        "variants": variants,
        "colors": [PALETTE[i % len(PALETTE)] for i in range(len(variants))],
        "dashes": [DASHES[i % len(DASHES)] for i in range(len(variants))],
        "yDomain": [0, round(highest * 1.05, 2)],
        "yTitle": f"lost so far ({results.currency()})",
        **time_axis(end * 60),
    }
    return values, {"losses": losses, "ends": ends}


def cumulative(runs, variant):
    """Mean, lowest and highest running sum at the end of every minute."""
    sums = []
    for counts in runs.values():
        minutes = defaultdict(float)
        for start, count in counts.items():
            minutes[int(start // 60)] += count.lost
        total, running = 0.0, {}
        for minute in range(max(minutes) + 1):
            total += minutes[minute]
            running[minute] = total
        sums.append(running)
    rows = [{"variant": variant, "minute": 0, "clock": "0:00", "mean": 0, "low": 0, "high": 0}]
    for minute in sums[0]:
        values = [running[minute] for running in sums]
        rows.append({
            "variant": variant,
            "minute": minute + 1,
            "clock": clock(minute + 1),
            "mean": round(sum(values) / len(values), 2),
            "low": round(min(values), 2),
            "high": round(max(values), 2),
        })
    return rows


def money(amount):
    """An amount with three digits and a unit prefix."""
    for limit, suffix in ((1e6, "M"), (1e3, "k")):
        if amount >= limit:
            scaled = amount / limit
            digits = 2 if scaled < 10 else 1 if scaled < 100 else 0
            return f"{scaled:.{digits}f}{suffix}"
    return f"{amount:.0f}"


def spread(labels, top, height, gap):
    """Moves labels apart that would overlap, by `gap` pixels, keeping their order."""
    step = top * gap / height
    lowest = 0.0
    for label in sorted(labels, key=lambda row: row["position"]):
        label["position"] = round(max(label["position"], lowest), 2)
        lowest = label["position"] + step
