"""How many images a DataLoader brings in a second, from a folder, with torchvision's transforms.

usage: folder.py FOLDER WORKERS THREADS     (for each line of the standard input: once through all of them)
"""

import sys
import time

import torch
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

if __name__ == "__main__":
    folder, workers, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    data = datasets.ImageFolder(folder, transforms.Compose([
        transforms.Resize((144, 144)), transforms.RandomCrop(128), transforms.RandomHorizontalFlip(),
        transforms.ToTensor(), transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))]))
    loader = DataLoader(data, batch_size=64, shuffle=True, num_workers=workers, persistent_workers=workers > 0)
    for _ in sys.stdin:
        began = time.perf_counter()
        images = sum(len(targets) for _, targets in loader)
        print(images, time.perf_counter() - began, flush=True)
