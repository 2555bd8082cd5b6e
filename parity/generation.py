"""What Hugging Face's generate() writes with a small GPT-2, and what it makes of scores: what GeneratorTest compares with.

usage: generation.py
needs: torch==2.10.0, transformers==5.24.0, safetensors
"""
import torch
from annotated import FOLDER
from safetensors.torch import save_file
from transformers import GPT2Config, GPT2LMHeadModel, LogitsProcessorList
from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

LENGTH, COUNT = 48, 24

torch.manual_seed(20)
net = GPT2LMHeadModel(GPT2Config(
    vocab_size=COUNT, n_positions=LENGTH, n_embd=16, n_layer=2, n_head=4, bos_token_id=None, eos_token_id=None,
    tie_word_embeddings=False)).eval()
with torch.no_grad():
    for parameter in net.parameters():
        parameter.normal_(0, 0.5)

PARTS = {
    "ln_1": "attended.0", "attn": "attended.1", "ln_2": "considered.0", "mlp.c_fc": "considered.1",
    "mlp.c_proj": "considered.3",
}


def ours(name):
    """Our name of a parameter; Hugging Face's matrices are transposed."""
    name = name.removeprefix("transformer.")
    for theirs, part in (("wte", "hidden.0"), ("wpe", "hidden.1"), ("h", "hidden.h"), ("ln_f", "hidden.5"), ("lm_head", "head")):
        if name.startswith(theirs + "."):
            name = part + name.removeprefix(theirs)
            break
    for theirs, part in PARTS.items():
        name = name.replace("." + theirs + ".", "." + part + ".")
    return name.replace("c_attn.", "in_proj_").replace("c_proj", "out_proj")


fixture = {}
for name, value in net.state_dict().items():
    transposed = any(part in name for part in ("c_attn.weight", "c_proj.weight", "c_fc.weight"))
    fixture["weights." + ours(name)] = (value.t() if transposed else value).contiguous()

prompt = torch.tensor([[3, 14, 15, 9, 2]])
greedy = net.generate(
    prompt, max_new_tokens=LENGTH - prompt.shape[1] + 1, do_sample=False, use_cache=True, output_logits=True,
    return_dict_in_generate=True, attention_mask=torch.ones_like(prompt))
fixture["prompt"] = prompt[0]
fixture["greedy"] = greedy.sequences[0, prompt.shape[1]:]
fixture["scores"] = torch.cat(greedy.logits)

# Two are as high as the third: top-k keeps both.
scores = torch.tensor([[1.5, -0.5, 2.25, 0.25, 1.5, -3.0, 0.75, 2.0]])
fixture["choice"] = scores[0]
for number, (temperature, k, p) in enumerate(((1.0, 8, 1.0), (0.5, 8, 1.0), (1.0, 3, 1.0), (0.8, 8, 0.6), (1.3, 4, 0.8), (2.0, 8, 0.999))):
    warpers = LogitsProcessorList([TemperatureLogitsWarper(temperature), TopKLogitsWarper(k)])
    if p < 1:
        warpers.append(TopPLogitsWarper(p))
    fixture[f"settings.{number}"] = torch.tensor([temperature, k, p])
    fixture[f"probabilities.{number}"] = warpers(prompt, scores.clone()).softmax(-1)[0]

save_file(fixture, FOLDER / "generation.safetensors")
