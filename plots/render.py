"""Draws the charts of a result folder: python plots/render.py RESULT_DIR OUT_DIR

Every chart becomes NAME.svg, NAME.png and NAME.html; the HTML holds the whole interactive chart
and needs no network. Equal tables give equal bytes. Needs vl-convert (see requirements.txt).
"""

import argparse
import json
import os
import sys
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import charts  # noqa: E402
import pods  # noqa: E402
from tables import MissingTable, ResultFolder  # noqa: E402

VEGA_LITE = "6.4"
PIXELS_PER_POINT = 1.5
# The exit code for that in sysexits.h, which podstorm uses too.
CANNOT_WRITE = 74
CHARTS = {
    "outage": charts.outage,
    "latency": charts.latency,
    "load": pods.load,
    "revenue": charts.revenue,
    "causes": pods.causes,
}


def filled(node, values):
    """A specification with every string `$name` replaced by the value of that name."""
    if isinstance(node, dict):
        return {key: filled(child, values) for key, child in node.items()}
    if isinstance(node, list):
        return [filled(child, values) for child in node]
    if isinstance(node, str) and node.startswith("$"):
        return values[node[1:]]
    return node


def specification(name, results):
    """The complete Vega-Lite specification of one chart, data included."""
    values, datasets = CHARTS[name](results)
    template = json.loads((HERE / f"{name}.vl.json").read_text(encoding="utf-8"))
    schema = template.pop("$schema")
    spec = {"$schema": schema, **filled(template, values)}
    spec["config"] = json.loads((HERE / "theme.json").read_text(encoding="utf-8"))
    spec["datasets"] = datasets
    return spec


def write(path, data):
    """Writes under a temporary name first: a killed drawing leaves no half file."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        # A full disk is reported without the name of the file.
        raise OSError(error.errno, error.strerror, str(path)) from error


def draw(spec, stem, formats):
    """Writes one chart in the wanted formats."""
    if not {"svg", "png", "html"} & set(formats):
        return
    import vl_convert as vlc

    if "svg" in formats:
        write(stem.with_suffix(".svg"), vlc.vegalite_to_svg(spec, vl_version=VEGA_LITE))
    if "png" in formats:
        write(
            stem.with_suffix(".png"),
            vlc.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=PIXELS_PER_POINT),
        )
    if "html" in formats:
        html = vlc.vegalite_to_html(spec, vl_version=VEGA_LITE, bundle=True)
        write(stem.with_suffix(".html"), html)


def main():
    """Parses the command line, draws, names what could not be drawn."""
    parser = argparse.ArgumentParser(description="Draw the charts of a result folder.")
    parser.add_argument("results", metavar="RESULT_DIR", help="folder with the tables of a run")
    parser.add_argument("output", metavar="OUT_DIR", help="folder for the charts")
    parser.add_argument(
        "--chart", action="append", choices=sorted(CHARTS), help="draw only this chart (repeatable)"
    )
    parser.add_argument(
        "--formats", default="svg,png,html", help="comma-separated, of svg, png, html and json"
    )
    arguments = parser.parse_args()
    results, output = ResultFolder(arguments.results), Path(arguments.output)
    try:
        output.mkdir(parents=True, exist_ok=True)
        drawn = draw_all(results, output, arguments.chart or CHARTS, arguments.formats.split(","))
    except OSError as error:
        print(f"cannot write '{error.filename}': {error.strerror}", file=sys.stderr)
        return CANNOT_WRITE
    return 0 if drawn else 1


def draw_all(results, output, names, formats):
    """Draws the named charts and returns how many; says which lack their data."""
    drawn = 0
    for name in names:
        try:
            spec = specification(name, results)
        except MissingTable as reason:
            print(f"{name}: not drawn, {reason}", file=sys.stderr)
            continue
        if "json" in formats:
            write(output / f"{name}.vl.json", json.dumps(spec, ensure_ascii=False))
        draw(spec, output / name, formats)
        drawn += 1
    return drawn


if __name__ == "__main__":
    sys.exit(main())
