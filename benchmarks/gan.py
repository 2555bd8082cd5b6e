"""The sample gan in PyTorch: same networks, losses and optimizers, same measure, for its time of a step.

usage: gan.py ROOT [--seed N] [--epochs N] [--threads N]     (ROOT has MNIST's four idx files, gzipped)

The critic's weights need no gradient while the painter learns, and nothing is computed for them: PyTorch's best.
"""
import argparse
import gzip
import time
import numpy
import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("root")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--epochs", type=int, default=2)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--steps", type=int, default=10**9, help="of an epoch, at most")
args = parser.parse_args()
torch.set_num_threads(args.threads)
torch.manual_seed(args.seed)


def idx(name, header):
    with gzip.open(f"{args.root}/{name}.gz") as file:
        return torch.from_numpy(numpy.frombuffer(file.read(), numpy.uint8, offset=header).copy())


def pictures(which):
    return idx(f"{which}-images-idx3-ubyte", 16).float().div(255).view(-1, 1, 28, 28)


written, digits = pictures("train"), idx("train-labels-idx1-ubyte", 8).long()
painter = nn.Sequential(
    nn.Linear(64, 48 * 7 * 7, bias=False), nn.Unflatten(1, (48, 7, 7)), nn.BatchNorm2d(48), nn.ReLU(),
    nn.ConvTranspose2d(48, 24, 4, 2, 1, bias=False), nn.BatchNorm2d(24), nn.ReLU(),
    nn.ConvTranspose2d(24, 1, 4, 2, 1), nn.Sigmoid())
critic = nn.Sequential(
    nn.Conv2d(1, 24, 4, 2, 1), nn.LeakyReLU(0.2),
    nn.Conv2d(24, 48, 4, 2, 1, bias=False), nn.BatchNorm2d(48), nn.LeakyReLU(0.2),
    nn.Flatten(), nn.Linear(48 * 7 * 7, 1))
of_painter = torch.optim.Adam(painter.parameters(), lr=2e-3, betas=(0.5, 0.999))
of_critic = torch.optim.Adam(critic.parameters(), lr=5e-4, betas=(0.5, 0.999))
criterion = nn.BCEWithLogitsLoss()
ones, zeros = torch.ones(64, 1), torch.zeros(64, 1)


def step(real):
    painted = painter(torch.randn(64, 64))
    of_critic.zero_grad()
    loss = criterion(critic(real), 0.9 * ones)
    loss.backward()
    criterion(critic(painted.detach()), zeros).backward()
    of_critic.step()

    critic.requires_grad_(False)
    of_painter.zero_grad()
    criterion(critic(painted), ones).backward()
    of_painter.step()
    critic.requires_grad_(True)


for epoch in range(args.epochs):
    order = torch.randperm(len(written)).split(64)[:-1][:args.steps]
    times = []
    for batch in order:
        began = time.perf_counter()
        step(written[batch])
        times.append(time.perf_counter() - began)
    print(f"epoch {epoch}: {1e3 * sum(times) / len(times):.1f} ms a step, median {1e3 * numpy.median(times):.1f}", flush=True)

# The network that reads digits is the sample cnn's, after an epoch.
reader = nn.Sequential(
    nn.Conv2d(1, 24, 3, bias=False), nn.BatchNorm2d(24), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(24, 48, 3, bias=False), nn.BatchNorm2d(48), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Dropout(0.25), nn.Linear(1200, 10))
optimizer = torch.optim.Adam(reader.parameters())
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=600)
for batch in torch.randperm(len(written)).split(100):
    optimizer.zero_grad()
    nn.functional.cross_entropy(reader((written[batch] - 0.1307) / 0.3081), digits[batch]).backward()
    optimizer.step()
    schedule.step()
reader.eval()
painter.eval()


def reading(shown):
    """Share of more than 90 %, digits among those, exp of the mean divergence from the mean."""
    with torch.no_grad():
        likely = torch.softmax(reader((shown - 0.1307) / 0.3081), 1)
    best, digit = likely.max(1)
    mean = likely.mean(0)
    score = (likely * (likely.clamp_min(1e-30).log() - mean.log())).sum(1).mean().exp()
    found = torch.bincount(digit[best > 0.9], minlength=10).tolist()
    return f"{100 * (best > 0.9).float().mean():.1f} % recognised, digits {found}, score {score:.2f} of 10"


print("Of 1000 digits of the test set:", reading(pictures("t10k")[:1000]))
with torch.no_grad():
    print("Of 1000 painted digits:", reading(painter(torch.randn(1000, 64))))
