"""The learning rates of each step under the schedules of the parity table, as PyTorch 2.10.0 has them.

usage: schedules.py
"""
import inspect
import json

import torch
from annotated import FOLDER, annotations, made, parameters

EPOCHS, STEPS = 8, 3
BASE = 1e-9


def scheduler(name, members, optimizer):
    """When it takes its steps, and PyTorch's object."""
    kind = getattr(torch.optim.lr_scheduler, name)
    every = members.pop("every", "epoch")
    if "cycle_momentum" in parameters(kind):  # cycles count steps
        every = "step"
    if "total_steps" in parameters(kind):  # over the whole run
        members = {**members, "totalSteps": EPOCHS * STEPS}
    return every, made(kind, members, optimizer)


def step(schedule):
    watches = "metrics" in inspect.signature(schedule.step).parameters
    schedule.step(1.0) if watches else schedule.step()


result = {}
for line in (FOLDER / "schedules.txt").read_text().splitlines():
    if line.startswith("#"):
        continue
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE)
    schedulers = [scheduler(name, members, optimizer) for name, members in annotations(line)]
    rates = []
    for epoch in range(EPOCHS):
        for _ in range(STEPS):
            rates.append(float(optimizer.param_groups[0]["lr"]))
            optimizer.step()
            for every, each in schedulers:
                if every == "step" and len(rates) < EPOCHS * STEPS:
                    step(each)
        for every, each in schedulers:
            if every == "epoch":
                step(each)
    result[line] = rates
(FOLDER / "schedules.json").write_text(json.dumps(result, indent=0) + "\n")
print(len(result), "schedules")
