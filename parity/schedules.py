"""The learning rates of each step under the schedules of the parity table, as PyTorch 2.10.0 has them.

usage: schedules.py
"""
import json

import torch
from networks import FOLDER, annotations

EPOCHS, STEPS = 8, 3
BASE = 1e-9


def scheduler(name, members, optimizer):
    every = members.pop("every", "epoch")
    kind = getattr(torch.optim.lr_scheduler, name)
    given = members.pop("value", None)
    renamed = {"t_max": "T_max", "t0": "T_0", "t_mult": "T_mult"}
    members = {renamed.get(key, key): value for key, value in members.items()}
    if name == "MultiStepLR":
        members["milestones"] = given if isinstance(given, tuple) else (given,)
    if name == "ExponentialLR":
        members["gamma"] = given
    if name == "OneCycleLR":
        every = "step"
        members.update(total_steps=EPOCHS * STEPS)
    return every, kind(optimizer, **members)


result = {}
for line in (FOLDER / "schedules.txt").read_text().splitlines():
    if line.startswith("#"):
        continue
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE)
    schedulers = [scheduler(name, members, optimizer) for name, members in annotations(line)]
    rates = []
    for epoch in range(EPOCHS):
        for step in range(STEPS):
            rates.append(float(optimizer.param_groups[0]["lr"]))
            optimizer.step()
            for every, each in schedulers:
                if every == "step" and len(rates) < EPOCHS * STEPS:
                    each.step()
        for every, each in schedulers:
            if every == "epoch":
                plateau = isinstance(each, torch.optim.lr_scheduler.ReduceLROnPlateau)
                each.step(1.0) if plateau else each.step()
    result[line] = rates
(FOLDER / "schedules.json").write_text(json.dumps(result, indent=0) + "\n")
print(len(result), "schedules")
