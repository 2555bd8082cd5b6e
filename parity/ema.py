"""Training with an exponential moving average of the weights, torch.optim.swa_utils.AveragedModel: the fixtures of AverageTest.

usage: ema.py
needs: torch==2.10.0, safetensors
"""
import torch
from annotated import FOLDER
from safetensors.torch import save_file
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

EPOCHS, SIZE, DECAY = 2, 20, 0.9


class Net(nn.Module):
    def __init__(self, norm):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 6), nn.Tanh()).requires_grad_(False)
        self.neck = nn.Sequential(nn.Linear(6, 5), *[nn.BatchNorm1d(5)] * norm, nn.Tanh())
        self.head = nn.Linear(5, 3)

    def forward(self, x):
        return self.head(self.neck(self.body(x)))


def train(net, x, y, optimizer, batch, accumulated=1, clip=None):
    averaged = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(DECAY))
    loss_of = nn.CrossEntropyLoss()
    losses = []

    def update(batches):
        examples = sum(len(b) for _, b in batches)

        def loss():
            optimizer.zero_grad()
            total = 0
            for a, b in batches:
                part = loss_of(net(a), b) * len(b) / examples
                part.backward()
                total += part.item()
            if clip:
                nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], clip)
            return total

        optimizer.step(loss)
        averaged.update_parameters(net)

    for _ in range(EPOCHS):
        net.train()
        batches = list(zip(x.split(batch), y.split(batch)))
        for i in range(0, len(batches), accumulated):
            update(batches[i : i + accumulated])
        averaged.eval()
        losses.append(loss_of(averaged(x), y).item())
    return averaged.module, torch.tensor(losses)


torch.manual_seed(7)
x, y = torch.randn(SIZE, 4), torch.randint(3, (SIZE,))
for name, norm, make, settings in [
    ("sgd", True, lambda p: torch.optim.SGD(p, lr=0.5, momentum=0.9), {"batch": 6, "accumulated": 2, "clip": 0.5}),
    ("lbfgs", False, lambda p: torch.optim.LBFGS(p, lr=0.5, max_iter=4), {"batch": 10}),
]:
    net = Net(norm)
    tensors = {"start." + k: v.clone() for k, v in net.state_dict().items()}
    averaged, losses = train(net, x, y, make([p for p in net.parameters() if p.requires_grad]), **settings)
    tensors |= {"average." + k: v.clone() for k, v in averaged.state_dict().items()}
    tensors |= {"learned." + k: v.clone() for k, v in net.state_dict().items()}
    save_file({**tensors, "input": x, "target": y, "losses": losses}, FOLDER / f"ema-{name}.safetensors")
    print(name, losses)
