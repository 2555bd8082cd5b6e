"""Makes the fixture of what Visdom's Python client sends: runtime/src/test/resources/parity/visdom.jsonl.

usage: python parity/visdom_messages.py     from the repository's root; needs visdom==0.2.4 and numpy
(scripts/visdom-server.sh installs them). Each line holds the name of a call, which VisdomMessagesTest
makes from Java with the same data, and the messages that the Python client sends for it.
"""

import json
import math

import numpy as np
import visdom


class Recorder(visdom.Visdom):
    """A client whose messages go into a list instead of to a server."""

    def __init__(self):
        self.sent = []
        super().__init__(use_incoming_socket=False)
        self.sent.clear()

    def _handle_post(self, url, data=None):
        self.sent.append([url.split("8097/", 1)[1], json.loads(data)])
        return "true"


viz = Recorder()
rows = np.array([[1.0, 2.0, 3.5], [4.0, 5.0, 6.25]])
grey = (np.arange(12) / 12.0).reshape(3, 4).astype(np.float32)
colour = (np.arange(24) / 24.0).reshape(2, 1, 3, 4).astype(np.float32)

CALLS = {
    "line": lambda: viz.line([0.0], [0.0], win="train_loss", opts=dict(title="train loss")),
    "line without options": lambda: viz.line([1.0, 2.0], [0.0, 1.0], win="w"),
    "line with gap": lambda: viz.line([1.0, math.nan, 3.0], [0.0, 1.0, 2.0], win="w"),
    "line with axes": lambda: viz.line(
        [1.0, 2.0], [0.0, 1.0], win="w",
        opts=dict(title="t", xlabel="step", ylabel="loss", ytype="log", markers=True, width=400)),
    "lines": lambda: viz.line(
        np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]]), np.array([0.0, 1.0, 2.0]), win="w",
        opts=dict(legend=["loss", "accuracy"], showlegend=True)),
    "line appended": lambda: viz.line([2.5], [1.0], win="w", update="append", name="loss"),
    "line replaced": lambda: viz.line([2.5, 3.5], [1.0, 2.0], win="w", update="replace", name="loss"),
    "scatter": lambda: viz.scatter(
        np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]), [1, 3, 1], win="w", opts=dict(markersize=5)),
    "scatter without labels": lambda: viz.scatter(np.array([[0.0, 1.0], [2.0, 3.0]]), win="w"),
    "bar": lambda: viz.bar(
        rows, win="w", opts=dict(stacked=True, legend=["a", "b", "c"], rownames=["first", "second"])),
    "bar without options": lambda: viz.bar(rows, win="w"),
    "histogram": lambda: viz.histogram(
        np.array([0.0, 0.5, 1.0, 1.0, 2.5, 4.0]), win="w", opts=dict(numbins=4, title="h")),
    "histogram without options": lambda: viz.histogram(np.array([3.0, 1.0, 2.0]), win="w"),
    "heatmap": lambda: viz.heatmap(
        rows, win="w",
        opts=dict(columnnames=["a", "b", "c"], rownames=["x", "y"], colormap="Electric", title="m")),
    "heatmap without options": lambda: viz.heatmap(np.array([[1.0, math.nan]]), win="w"),
    "image": lambda: viz.image(grey, win="w", opts=dict(caption="a grey one", title="i")),
    "images": lambda: viz.images(colour, nrow=2, padding=2, win="w"),
    "images in rows": lambda: viz.images(np.repeat(colour, 3, 1)[[0, 1, 0]], nrow=2, padding=1, win="w"),
    "text": lambda: viz.text("<b>bold</b>", win="w", opts=dict(title="words")),
    "close": lambda: viz.close("w"),
    "close all": lambda: viz.close(),
    "winExists": lambda: viz.win_exists("w"),
    "windowData": lambda: viz.get_window_data("w"),
    "save": lambda: viz.save(["main", "other"]),
    "deleteEnv": lambda: viz.delete_env("other"),
}

with open("runtime/src/test/resources/parity/visdom.jsonl", "w") as file:
    for name, call in CALLS.items():
        viz.sent.clear()
        call()
        print(json.dumps({"call": name, "sent": viz.sent}), file=file)
