"""Texts of 200 tokens by the samples' GPT in PyTorch, with keys and values kept by hand: as GenerationBenchmark.java has it.

usage: generation.py WEIGHTS THREADS
For each line on its input, "cache" or "whole" and a temperature, it writes a text and prints the seconds and the tokens.
"""

import sys
import time

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

COUNT, LENGTH, HEADS, BLOCKS = 200, 64, 4, 3
KEPT = LENGTH // 2
PROMPT = [52, 73, 66, 77, 77, 1, 42, 1, 68, 80, 78, 81, 66, 83, 70]


class Gpt:
    """The network as functions of its parameters: less is called for each token than by modules."""

    def __init__(self, file):
        self.p = load_file(file)
        width = self.p["tokens.weight"].shape[1]
        self.keys = [torch.empty(1, HEADS, LENGTH, width // HEADS) for _ in range(BLOCKS)]
        self.values = [torch.empty_like(keys) for keys in self.keys]

    def attention(self, x, block, first, name):
        p, rows = self.p, x.shape[0]
        q, k, v = (
            part.view(1, rows, HEADS, -1).transpose(1, 2)
            for part in F.linear(x, p[name + "in_proj_weight"], p[name + "in_proj_bias"]).chunk(3, -1))
        keys, values = self.keys[block], self.values[block]
        keys[:, :, first:first + rows] = k
        values[:, :, first:first + rows] = v
        seen = first + rows
        # Several rows are only read at the beginning of a text.
        y = F.scaled_dot_product_attention(q, keys[:, :, :seen], values[:, :, :seen], is_causal=rows > 1)
        return F.linear(y.transpose(1, 2).reshape(rows, -1), p[name + "out_proj.weight"], p[name + "out_proj.bias"])

    def norm(self, x, name):
        return F.layer_norm(x, x.shape[-1:], self.p[name + ".weight"], self.p[name + ".bias"])

    def linear(self, x, name):
        return F.linear(x, self.p[name + ".weight"], self.p[name + ".bias"])

    def scores(self, tokens, first):
        """Of what comes behind the last of some tokens, the first of which has a position."""
        x = F.embedding(tokens, self.p["tokens.weight"]) + self.p["1.weight"][first:first + len(tokens)]
        for block in range(BLOCKS):
            name = str(block + 2)
            x = x + self.attention(self.norm(x, name + ".0.0"), block, first, name + ".0.1.")
            y = F.gelu(self.linear(self.norm(x, name + ".1.0"), name + ".1.1"))
            x = x + self.linear(y, name + ".1.3")
        return F.linear(self.norm(x[-1:], "5"), self.p["tokens.weight"])[0]


def chosen(scores, temperature):
    if temperature == 0:
        return scores.argmax().item()
    return torch.multinomial((scores / temperature).softmax(-1), 1).item()


def write(net, cached, temperature):
    tokens, begin, read = list(PROMPT), 0, 0
    while len(tokens) < len(PROMPT) + COUNT:
        if len(tokens) - begin > LENGTH:
            begin, read = len(tokens) - KEPT, 0
        first = read if cached else 0
        tokens.append(chosen(net.scores(torch.tensor(tokens[begin + first:]), first), temperature))
        read = len(tokens) - 1 - begin
    return tokens[len(PROMPT):]


torch.set_num_threads(int(sys.argv[2]))
with torch.inference_mode():
    gpt = Gpt(sys.argv[1])
    for line in sys.stdin:
        how, temperature = line.split()
        began = time.perf_counter()
        text = write(gpt, how == "cache", float(temperature))
        print(f"{time.perf_counter() - began:.6f}", *text, flush=True)
