"""What the sample `serve` does, in Python: aiohttp and PyTorch, a process for each core.

usage: python3 serve_python.py WEIGHTS.safetensors PORT PROCESSES
"""

import multiprocessing
import sys

import torch
from aiohttp import web
from safetensors.torch import load_file
from torch import nn

try:
    import orjson
    loads, dumps = orjson.loads, lambda value: orjson.dumps(value).decode()
except ImportError:
    import json
    loads, dumps = json.loads, json.dumps


def network(weights):
    model = nn.Sequential(
        nn.Conv2d(1, 24, 3, bias=False), nn.BatchNorm2d(24), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(24, 48, 3, bias=False), nn.BatchNorm2d(48), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Dropout(0.25), nn.Linear(1200, 10))
    model.load_state_dict(load_file(weights))
    return model.eval()


def serve(weights, port):
    torch.set_num_threads(1)
    model = network(weights)

    async def predict(request):
        try:
            pixels = loads(await request.read())["pixels"]
            image = torch.tensor(pixels, dtype=torch.float32)
        except (ValueError, KeyError, TypeError) as e:
            return web.json_response({"error": str(e)}, status=400)
        if image.shape != (784,) or not bool(((image >= 0) & (image <= 255)).all()):
            return web.json_response({"error": "'pixels' must be 784 numbers from 0 to 255"}, status=400)
        with torch.inference_mode():
            scores = model(image.div_(255).sub_(0.1307).div_(0.3081).view(1, 1, 28, 28))
            probabilities, digits = torch.softmax(scores[0], 0).topk(3)
        likely = [{"digit": str(d), "probability": p} for d, p in zip(digits.tolist(), probabilities.tolist())]
        return web.json_response({"digit": likely[0]["digit"], "likely": likely}, dumps=dumps)

    app = web.Application(client_max_size=65536)
    app.router.add_post("/predict", predict)
    web.run_app(app, host="127.0.0.1", port=port, reuse_port=True, print=None, access_log=None)


if __name__ == "__main__":
    weights, port, processes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for _ in range(processes - 1):
        multiprocessing.Process(target=serve, args=(weights, port), daemon=True).start()
    serve(weights, port)
