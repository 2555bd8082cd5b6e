"""Makes the fixtures that say what PyTorch 2.10 draws for a seed: initial weights and epochs' orders.

usage: python parity/randomness.py     from the repository's root; needs torch==2.10.0
writes dsl-processor/src/test/resources/parity/initial-weights.csv
       runtime/src/test/resources/parity/orders.csv
"""

import hashlib

import torch
from torch import nn

SEEDS = [0, 1, 42, 2**40 + 5]
SIZES = [(784, 200), (200, 200), (200, 10)]
SCHEMES = {
    "DEFAULT": None,
    "KAIMING_NORMAL": nn.init.kaiming_normal_,
    "KAIMING_UNIFORM": nn.init.kaiming_uniform_,
    "XAVIER_NORMAL": nn.init.xavier_normal_,
    "XAVIER_UNIFORM": nn.init.xavier_uniform_,
}


def digest(tensor):
    return hashlib.sha256(tensor.detach().numpy().tobytes()).hexdigest()


def parameters(seed, scheme):
    """The MLP's parameters, drawn layer by layer; where a scheme is named, biases are zero."""
    torch.manual_seed(seed)
    for i, (inputs, outputs) in zip((1, 3, 5), SIZES):
        if scheme is None:
            layer = nn.Linear(inputs, outputs)
            weight, bias = layer.weight, layer.bias
        else:
            weight, bias = scheme(torch.empty(outputs, inputs)), torch.zeros(outputs)
        yield f"{i}.weight", weight
        yield f"{i}.bias", bias


class Numbers(torch.utils.data.Dataset):
    def __init__(self, size):
        self.size = size

    def __len__(self):
        return self.size

    def __getitem__(self, index):
        return index


def orders(seed, size, batch):
    """Two shuffled epochs, each followed by an unshuffled one, as a training loop iterates them."""
    torch.manual_seed(seed)
    train = torch.utils.data.DataLoader(Numbers(size), batch_size=batch, shuffle=True)
    test = torch.utils.data.DataLoader(Numbers(3), batch_size=batch)
    for _ in range(2):
        yield torch.cat(list(train))
        list(test)


with open("dsl-processor/src/test/resources/parity/initial-weights.csv", "w") as file:
    print("seed,scheme,parameter,sha256", file=file)
    for seed in SEEDS:
        for name, scheme in SCHEMES.items():
            for parameter, value in parameters(seed, scheme):
                print(f"{seed},{name},{parameter},{digest(value)}", file=file)

with open("runtime/src/test/resources/parity/orders.csv", "w") as file:
    print("seed,size,batch,epoch,first,sha256", file=file)
    for seed in SEEDS:
        for size, batch in ((10, 4), (60000, 200)):
            for epoch, order in enumerate(orders(seed, size, batch)):
                first = " ".join(str(i) for i in order[:10].tolist())
                print(f"{seed},{size},{batch},{epoch},{first},{digest(order)}", file=file)
