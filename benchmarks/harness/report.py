"""Tables in Markdown and a chart in SVG of what was measured."""

from xml.sax.saxutils import escape

import contenders

OURS = "torchscribe"


def of(step, name):
    return next((c for c in step["contenders"] if c["name"] == name), None)


def contestants(step):
    return [c for c in step["contenders"] if c["name"] != contenders.PRODUCT.name]


def rate(step):
    """How near a step comes to what the machine can do."""
    product = contenders.PRODUCT_FLOP / of(step, contenders.PRODUCT.name)["ms"]
    ours = contenders.FLOP[step["workload"]] / of(step, OURS)["ms"]
    return (f"\nTorchscribe's step does {ours / 1e6:.0f} GFLOP/s, {ours / product:.0%} of the {product / 1e6:.0f} that one"
            " product of 1024 × 1024 matrices does here.")


def digits(ms):
    return f"{ms * 1e3:.1f} µs" if ms < 0.1 else f"{ms:.2f} ms" if ms < 10 else f"{ms:.1f} ms"


GROUPS = {
    "PyTorch eager": ["pytorch-eager"],
    "best of PyTorch": [
        "pytorch-eager", "pytorch-fused", "pytorch-channels-last", "pytorch-compile", "pytorch-compile-last", "pytorch-jit"],
    "DJL": ["djl", "djl-loop"],
    "DL4J": ["dl4j"],
    "SMILE": ["smile"],
    "ONNX Runtime": ["onnx"],
}


def summary(results):
    """A line for each workload: Torchscribe's time, and what part it is of the others'."""
    lines = ["| | threads | Torchscribe | of " + " | of ".join(GROUPS) + " |", "|---|---:|---:|" + "---:|" * len(GROUPS)]
    for step in results["steps"]:
        ours = of(step, OURS)
        if not ours:
            continue
        cells = []
        for names in GROUPS.values():
            theirs = [of(step, name)["ms"] for name in names if of(step, name)]
            cells.append(f"{ours['ms'] / min(theirs):.2f} ×" if theirs else "–")
        title = contenders.WORKLOADS[step["workload"]]
        lines.append(f"| {title} | {step['threads']} | {digits(ours['ms'])} | {' | '.join(cells)} |")
    return "\n".join(lines)


def markdown(results):
    lines = [f"{results['machine']}, {results['date']}. Medians of blocks that alternate between all contenders;"
             " the last column is Torchscribe's time over the contender's.", "", summary(results), ""]
    for step in results["steps"]:
        title = contenders.WORKLOADS[step["workload"]]
        threads = "1 thread" if step["threads"] == 1 else f"{step['threads']} threads"
        lines += [f"### {title}, {threads}", "", "| | time | spread | peak memory | ratio |", "|---|---:|---:|---:|---:|"]
        ours = of(step, OURS)
        for one in contestants(step):
            spread = f"{digits(min(one['blocks']))} – {digits(max(one['blocks']))}"
            ratio = f"{ours['ms'] / one['ms']:.2f} ×" if ours else ""
            lines.append(f"| {one['title']} | {digits(one['ms'])} | {spread} | {one['peak_mb']} MB | {ratio} |")
        lines += [rate(step), ""] if of(step, contenders.PRODUCT.name) and ours else [""]
        lines += failed_lines(step["failed"])
    for program in results["programs"]:
        lines += program_lines(program)
    return "\n".join(lines)


def failed_lines(failed):
    lines = []
    for one in failed:
        lines += [f"{one['title']} gave no result: it {one['why']}.", ""]
        if one["words"]:
            lines += ["```", *one["words"], "```", ""]
    return lines


def failures(results):
    """A line for each contender and program that gave no result."""
    return [
        *(f"{step['workload']}, {step['threads']} threads: {one['title']} {one['why']}"
          for step in results["steps"] for one in step["failed"]),
        *(f"{program['what']}: {one['title']} {one['why']}"
          for program in results["programs"] for one in program["failed"])]


def program_lines(program):
    rows = program["rows"]
    lines = [f"### {program['what'][0].upper()}{program['what'][1:]}", ""]
    if not rows:
        return lines + failed_lines(program["failed"])
    if "mb" in rows[0]:
        lines += ["| | MB |", "|---|---:|", *(f"| {row['title']} | {row['mb']:,.0f} |" for row in rows), ""]
        return lines
    lines += ["| | seconds | peak memory | accuracy | ratio |", "|---|---:|---:|---:|---:|"]
    ours = next((row for row in rows if row["title"] == "Torchscribe"), None)
    for row in rows:
        ratio = f"{ours['seconds'] / row['seconds']:.3f} ×" if ours else ""
        lines.append(f"| {row['title']} | {row['seconds']:.2f} | {row['peak_mb']:.0f} MB | {row['accuracy']} | {ratio} |")
    return [*lines, "", *failed_lines(program["failed"])]


WIDTH, LEFT, ROW = 760, 300, 22
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f } .quiet { fill: #6e7781 } .title { font-weight: 600 }
.bar { fill: #8c959f } .ours { fill: #0969da }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .quiet { fill: #8b949e } .bar { fill: #6e7681 } .ours { fill: #58a6ff }
}
"""


def chart(results):
    """Each workload's contenders, as long as they take; those beyond the edge say so."""
    parts, y = [], 10
    for step in results["steps"]:
        ours = of(step, OURS)
        if not ours:
            continue
        threads = "1 thread" if step["threads"] == 1 else f"{step['threads']} threads"
        y += 18
        parts.append(text(10, y, f"{contenders.WORKLOADS[step['workload']]}, {threads}", "title"))
        longest = min(max(c["ms"] for c in contestants(step)), 4 * ours["ms"])
        for one in sorted(contestants(step), key=lambda c: c["ms"]):
            y += ROW
            length = min(one["ms"] / longest, 1) * (WIDTH - LEFT - 130)
            kind = "ours" if one["name"] == OURS else "bar"
            label = digits(one["ms"]) + (" →" if one["ms"] > longest else "")
            parts += [
                text(20, y, one["title"], ""),
                f'<rect class="{kind}" x="{LEFT}" y="{y - 12}" width="{length:.1f}" height="14" rx="2"/>',
                text(LEFT + length + 6, y, label, "quiet")]
        y += 14
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 10}" width="{WIDTH}" role="img">'
            f"<title>Time of a step, shorter is better</title><style>{STYLE}</style>{''.join(parts)}</svg>\n")


def text(x, y, content, kind):
    return f'<text x="{x:.1f}" y="{y}" class="{kind}">{escape(content)}</text>'
