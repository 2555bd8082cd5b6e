"""How time and memory grow with the batch, the width and the depth of an MLP: a chart in SVG, both axes logarithmic."""

import math

from report import STYLE, of, text

CONTENDERS = {"torchscribe": "Torchscribe", "pytorch-eager": "PyTorch eager", "pytorch-compile": "torch.compile"}

# What grows, and the workload for each size.
AXES = {
    "batch": {1: "mlp-1", 32: "mlp-32", 200: "mlp", 1000: "mlp-1000"},
    "width": {200: "mlp", 1000: "width-1000", 4096: "wide"},
    "layers": {3: "mlp", 8: "deep-8", 32: "deep-32"},
}
WORKLOADS = list(dict.fromkeys(workload for axis in AXES.values() for workload in axis.values()))

PANEL, HEIGHT, GAP, LEFT, TOP = 210, 170, 70, 60, 56
LINES = """
.line { fill: none; stroke-width: 2; stroke: #8c959f } .line.dashed { stroke-dasharray: 5 3 } .line.mine { stroke: #0969da }
.axis { stroke: #d0d7de; stroke-width: 1 } .end { text-anchor: end } .middle { text-anchor: middle }
@media (prefers-color-scheme: dark) {
  .line { stroke: #6e7681 } .line.mine { stroke: #58a6ff } .axis { stroke: #30363d }
}
"""
KINDS = {"torchscribe": "mine", "pytorch-eager": "", "pytorch-compile": "dashed"}


def chart(results, threads):
    steps = {step["workload"]: step for step in results["steps"] if step["threads"] == threads}
    parts = []
    for number, (name, kind) in enumerate(KINDS.items()):
        x = LEFT + number * 150
        parts += [f'<path class="line {kind}" d="M{x} 14h26"/>', text(x + 32, 18, CONTENDERS[name], "")]
    rows = [("ms", "step, ms"), ("peak_mb", "peak memory, MB")]
    for row, (value, title) in enumerate(rows):
        for column, (axis, sizes) in enumerate(AXES.items()):
            present = {size: steps[workload] for size, workload in sizes.items() if workload in steps}
            if len(present) > 1:
                x, y = LEFT + column * (PANEL + GAP), TOP + row * (HEIGHT + GAP)
                parts += panel(present, value, x, y, axis, title)
    width, height = LEFT + 3 * (PANEL + GAP), TOP + 2 * (HEIGHT + GAP)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">'
            f"<title>How a step's time and the process' memory grow</title><style>{STYLE}{LINES}</style>"
            f"{''.join(parts)}</svg>\n")


def panel(steps, value, x, y, axis, title):
    curves = {
        name: {size: of(step, name)[value] for size, step in steps.items() if of(step, name)} for name in CONTENDERS}
    every = [number for curve in curves.values() for number in curve.values()]
    if not every:
        return []  # nobody is left
    low, high = 10 ** math.floor(math.log10(min(every))), 10 ** math.ceil(math.log10(max(every)))
    sizes = sorted(steps)

    def place(size, number):
        across = math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0])
        up = math.log(number / low) / math.log(high / low)
        return f"{x + across * PANEL:.1f},{y + HEIGHT - up * HEIGHT:.1f}"

    parts = [text(x, y - 10, f"{title} by {axis}", "title")]
    level = low
    while level <= high * 1.01:
        at = y + HEIGHT - math.log(level / low) / math.log(high / low) * HEIGHT
        parts += [f'<path class="axis" d="M{x} {at:.1f}h{PANEL}"/>', text(x - 6, round(at) + 4, f"{level:g}", "quiet end")]
        level *= 10
    for size in sizes:
        across = math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0])
        parts.append(text(x + across * PANEL, y + HEIGHT + 18, str(size), "quiet middle"))
    for name, curve in curves.items():
        points = " ".join(place(size, number) for size, number in sorted(curve.items()))
        parts.append(f'<polyline class="line {KINDS[name]}" points="{points}"/>')
    return parts
