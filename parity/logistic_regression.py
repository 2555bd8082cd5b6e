"""Logistic regression on two digits of MNIST in Python PyTorch 2.10.0: the numbers that TutorialTest compares with.

usage: logistic_regression.py SEED EPOCHS NO YES ROOT     (ROOT/MNIST/raw holds the four idx files)
"""
import sys
import torch
import torch.nn as nn
from torchvision import datasets, transforms

seed, epochs, no, yes, root = *map(int, sys.argv[1:5]), sys.argv[5]
torch.manual_seed(seed)
net = nn.Sequential(nn.Flatten(), nn.Linear(784, 1))
criterion = nn.BCEWithLogitsLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=1e-2)
prepare = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])


def two_digits(train):
    data = datasets.MNIST(root, train=train, transform=prepare)
    chosen = ((data.targets == no) | (data.targets == yes)).nonzero().flatten().tolist()
    return torch.utils.data.Subset(data, chosen)


train = torch.utils.data.DataLoader(two_digits(True), batch_size=200, shuffle=True)
test = torch.utils.data.DataLoader(two_digits(False), batch_size=200)
for epoch in range(epochs):
    for step, (data, digit) in enumerate(train):
        loss = criterion(net(data), (digit == yes).float().view(-1, 1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step == 0:
            print("epoch {} first loss {:.6f}".format(epoch, loss.item()))
    total, correct, size = 0.0, 0, 0
    with torch.no_grad():
        for data, digit in test:
            z = net(data)
            y = (digit == yes).float().view(-1, 1)
            total += criterion(z, y).item() * len(data)
            correct += ((z > 0) == (y > 0.5)).sum().item()
            size += len(data)
    print("epoch {} loss {:.6f} accuracy {}/{}".format(epoch, total / size, correct, size))
