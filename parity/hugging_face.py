"""Small networks of Hugging Face's, with its names and layouts: what ForeignNamesTest loads, compares and writes.

usage: hugging_face.py
needs: torch==2.10.0, transformers==5.24.0, safetensors
"""
import pathlib
import shutil
import tempfile

import torch
from annotated import FOLDER
from safetensors.torch import save_file
from transformers import BertConfig, BertModel, GPT2Config, GPT2LMHeadModel

OUT = FOLDER / "hugging_face"


def write(name, net, check):
    """The file as Hugging Face writes it, and beside it what the network computes."""
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.normal_(0, 0.3)  # biases and norms, too, must not be mistaken for each other
        check = check(net.eval())
    with tempfile.TemporaryDirectory() as folder:
        net.save_pretrained(folder)
        shutil.copyfile(pathlib.Path(folder) / "model.safetensors", OUT / f"{name}.safetensors")
    save_file({k: v.contiguous() for k, v in check.items()}, OUT / f"{name}.check.safetensors")


def gpt2(net):
    ids = torch.randint(0, 9, (3, 6))
    return {"ids": ids, "output": net(input_ids=ids).logits, "hidden": net.transformer(input_ids=ids).last_hidden_state}


def bert(net):
    ids, types = torch.randint(0, 9, (3, 6)), torch.randint(0, 2, (3, 6))
    mask = (torch.arange(6) < torch.tensor([[6], [4], [1]])).long()
    hidden = net(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
    mean = (hidden * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
    return {"ids": ids, "types": types, "mask": mask.float(), "mean": mean}


torch.manual_seed(20)
write("gpt2", GPT2LMHeadModel(GPT2Config(
    vocab_size=9, n_positions=6, n_embd=8, n_layer=2, n_head=2, bos_token_id=0, eos_token_id=0)), gpt2)
write("bert", BertModel(BertConfig(
    vocab_size=9, hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16,
    max_position_embeddings=6)), bert)
