"""The networks that are measured, as a PyTorch user writes them; Java's are in Workload.java and its neighbours.

Drawn from the same seed they begin with the same weights, so that losses can be compared before times are.
"""

import gzip

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

VOCABULARY, LENGTH, WIDTH, HEADS = 96, 64, 128, 4


def mlp(width=200):
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(784, width), nn.ReLU(),
        nn.Linear(width, width), nn.ReLU(),
        nn.Linear(width, 10))


def deep(layers):
    """As mlp, with more layers between the first and the last."""
    between = [module for _ in range(layers - 2) for module in (nn.Linear(200, 200), nn.ReLU())]
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 200), nn.ReLU(), *between, nn.Linear(200, 10))


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(),
        nn.Conv2d(32, 64, 3), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(9216, 128), nn.ReLU(),
        nn.Linear(128, 10))


class Residual(nn.Sequential):
    """y = x + f(x), or y = g(x) + f(x) with a shortcut."""

    def forward(self, x):
        y = x
        for name, module in self.named_children():
            y = y if name == "shortcut" else module(y)
        return y + (self.shortcut(x) if hasattr(self, "shortcut") else x)


def block(channels, out, stride):
    net = Residual(
        nn.Conv2d(channels, out, 3, stride=stride, padding=1, bias=False), nn.BatchNorm2d(out), nn.ReLU(),
        nn.Conv2d(out, out, 3, padding=1, bias=False), nn.BatchNorm2d(out))
    if stride != 1:
        net.add_module("shortcut", nn.Sequential(
            nn.Conv2d(channels, out, 1, stride=stride, bias=False), nn.BatchNorm2d(out)))
    return net


def resnet():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(),
        block(32, 32, 1), nn.ReLU(),
        block(32, 32, 1), nn.ReLU(),
        block(32, 64, 2), nn.ReLU(),
        block(64, 64, 1), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


class SelfAttention(nn.MultiheadAttention):
    """With PyTorch's fused attention, which is faster than its module's own way."""

    def __init__(self, width=WIDTH, heads=HEADS):
        super().__init__(width, heads, batch_first=True)

    def forward(self, x, mask=None):
        n, length, width = x.shape
        projected = F.linear(x, self.in_proj_weight, self.in_proj_bias)
        query, key, value = projected.view(n, length, 3, self.num_heads, self.head_dim).permute(2, 0, 3, 1, 4)
        context = F.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=mask is None)
        return self.out_proj(context.transpose(1, 2).reshape(n, length, width))


class PositionalEmbedding(nn.Embedding):
    def forward(self, x):
        return x + self.weight[: x.shape[1]]


def transformer_block():
    return nn.Sequential(
        Residual(nn.LayerNorm(WIDTH), SelfAttention()),
        Residual(nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 4 * WIDTH), nn.GELU(), nn.Linear(4 * WIDTH, WIDTH)))


def transformer():
    return nn.Sequential(
        nn.Embedding(VOCABULARY, WIDTH), PositionalEmbedding(LENGTH, WIDTH),
        transformer_block(), transformer_block(),
        nn.LayerNorm(WIDTH), nn.Linear(WIDTH, VOCABULARY))


class BertLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention, self.norm1 = SelfAttention(384, 12), nn.LayerNorm(384, 1e-12)
        self.up, self.down, self.norm2 = nn.Linear(384, 1536), nn.Linear(1536, 384), nn.LayerNorm(384, 1e-12)

    def forward(self, x, mask):
        x = self.norm1(x + self.attention(x, mask))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class MiniLm(nn.Module):
    """all-MiniLM-L6-v2, as the sample sentences has it, with the padding as Hugging Face's BERT takes it."""

    def __init__(self):
        super().__init__()
        self.words, self.types = nn.Embedding(30522, 384), nn.Embedding(2, 384)
        self.places, self.norm = PositionalEmbedding(512, 384), nn.LayerNorm(384, 1e-12)
        self.layers = nn.ModuleList(BertLayer() for _ in range(6))

    def forward(self, ids, types, mask):
        hidden = (1 - mask[:, None, None, :]) * torch.finfo(torch.float32).min
        x = self.norm(self.places(self.words(ids) + self.types(types)))
        for layer in self.layers:
            x = layer(x, hidden)
        there = mask.unsqueeze(-1)
        return self.top((x * there).sum(1) / there.sum(1))

    def top(self, mean):
        return F.normalize(mean, dim=1)


class Desks(MiniLm):
    """As the sample finetune has it: frozen, so that nothing is recorded of it, and a layer on top that learns."""

    def __init__(self):
        super().__init__()
        self.requires_grad_(False)
        self.head = nn.Linear(384, 6)

    def top(self, mean):
        return self.head(mean)


def idx(path, header):
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


def digits(folder):
    """MNIST's training images, normalised, and their labels."""
    images = torch.from_numpy(idx(f"{folder}/train-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28).copy())
    labels = torch.from_numpy(idx(f"{folder}/train-labels-idx1-ubyte.gz", 8).astype(np.int64))
    return images.float().div_(255).sub_(0.1307).div_(0.3081), labels


def tokens(folder):
    """Random texts, and what comes next in them."""
    torch.manual_seed(2)
    texts = torch.randint(VOCABULARY, (2048, LENGTH + 1))
    return texts[:, :-1].contiguous(), texts[:, 1:].contiguous()


def sentences(folder):
    """Random sentences of 8 to 48 tokens, padded to 48; which of their places are there, and of what kind they are."""
    torch.manual_seed(2)
    ids = torch.randint(30522, (128, 48))
    lengths = torch.randint(8, 49, (128, 1))
    mask = (torch.arange(48) < lengths).float()
    return (ids, torch.zeros_like(ids), mask), torch.randint(6, (128,))


def cross_entropy(output, target):
    return F.cross_entropy(output.flatten(0, -2), target.flatten())


def sgd(parameters, fused):
    return torch.optim.SGD(parameters, lr=1e-2, fused=fused)


def momentum(parameters, fused):
    return torch.optim.SGD(parameters, lr=1e-2, momentum=0.9, fused=fused)


def adamw(parameters, fused):
    return torch.optim.AdamW(parameters, lr=1e-3, fused=fused)


def adamw_of_head(parameters, fused):
    return torch.optim.AdamW(parameters, lr=3e-3, fused=fused)


# name: network, data, optimizer, batch
WORKLOADS = {
    "mlp": (mlp, digits, sgd, 200),
    "mlp-1": (mlp, digits, sgd, 1),
    "mlp-32": (mlp, digits, sgd, 32),
    "mlp-1000": (mlp, digits, sgd, 1000),
    "width-1000": (lambda: mlp(1000), digits, sgd, 200),
    "width-1900": (lambda: mlp(1900), digits, sgd, 200),  # 5.1 million parameters
    "deep-8": (lambda: deep(8), digits, sgd, 200),
    "deep-32": (lambda: deep(32), digits, sgd, 200),
    "wide": (lambda: mlp(4096), digits, sgd, 200),
    "wide-adamw": (lambda: mlp(4096), digits, adamw, 200),
    "cnn": (cnn, digits, sgd, 64),
    "resnet": (resnet, digits, momentum, 64),
    "transformer": (transformer, tokens, adamw, 32),
    "minilm": (MiniLm, sentences, None, 1),  # is only asked
    "minilm-32": (MiniLm, sentences, None, 32),
    "finetune": (Desks, sentences, adamw_of_head, 32),
}

def resnet50():
    import torchvision

    return torchvision.models.resnet50()


def twice(channels, out):
    return nn.Sequential(
        nn.Conv2d(channels, out, 3, padding=1, bias=False), nn.BatchNorm2d(out), nn.ReLU(inplace=True),
        nn.Conv2d(out, out, 3, padding=1, bias=False), nn.BatchNorm2d(out), nn.ReLU(inplace=True))


class Unet(nn.Module):
    def __init__(self, *widths):
        super().__init__()
        self.pool = nn.MaxPool2d(2)
        self.down = nn.ModuleList(twice(before, after) for before, after in zip((3, *widths), widths))
        pairs = list(zip(widths, widths[1:]))[::-1]
        self.wider = nn.ModuleList(nn.ConvTranspose2d(below, above, 2, stride=2) for above, below in pairs)
        self.up = nn.ModuleList(twice(2 * above, above) for above, _ in pairs)
        self.pixels = nn.Conv2d(widths[0], 2, 1)

    def forward(self, x):
        skips = []
        for down in self.down:
            x = down(self.pool(x) if skips else x)
            skips.append(x)
        for wider, up, skip in zip(self.wider, self.up, skips[-2::-1]):
            x = up(torch.cat([skip, wider(x)], 1))
        return self.pixels(x)


def unet():
    return Unet(32, 64, 128, 256, 512)


# What memory is measured of: network, image.
IMAGES = {"resnet": (resnet, (1, 28, 28)), "resnet50": (resnet50, (3, 224, 224)), "unet": (unet, (3, 128, 128))}
