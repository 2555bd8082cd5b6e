"""The annotations of the parity tables, and PyTorch's classes called as these say.

No layer, loss, optimizer or schedule is named here: its name is that of PyTorch's class, or of one in ours.py where
PyTorch's is another. A member is the argument of that name, whatever its case. "value" is what a class asks for and no
member names; where it has too few numbers for that, the others are sizes of the input.
"""
import inspect
import pathlib
import re

import torch

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "dsl-processor/src/test/resources/parity"

# What a class asks for that is a size of its input, and the dimension in which the input has it.
SIZES = {
    "in_features": -1,
    "input_size": -1,
    "embed_dim": -1,
    "normalized_shape": -1,
    "in_channels": 1,
    "num_channels": 1,
    "num_features": 1,
    "num_positions": 1,
}


def value(text):
    """A Java value as Python's: {1, 2}, Conv2d.SAME, GELU.Approximate.TANH, 0.5, true."""
    text = text.strip()
    if text.startswith("{"):
        return tuple(value(part) for part in text[1:-1].split(","))
    if text in ("true", "false"):
        return text == "true"
    if text.endswith(".class"):
        return text[: -len(".class")]
    if re.match(r"[A-Z]", text):
        return text.split(".")[-1].lower()
    return float(text) if re.search(r"[.e]", text) else int(text)


def annotations(text):
    """Names with their members, in order; a lone value is the member "value"."""
    for name, arguments in re.findall(r"@(\w+)(?:\(([^)]*)\))?", text):
        members = {}
        for part in re.split(r",\s*(?![^{]*\})", arguments) if arguments else []:
            member, _, given = part.rpartition("=")
            members[member.strip() or "value"] = value(given)
        yield name, members


def rows(file):
    for line in (FOLDER / file).read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def parameters(kind):
    """What a class takes; where it hands **members on, also what the class above does without."""
    found = {}
    for each in (above for above in kind.__mro__ if "__init__" in vars(above)):
        own = list(inspect.signature(each.__init__).parameters.values())[1:]
        asks = not found
        for p in own:
            if p.kind is p.POSITIONAL_OR_KEYWORD and (asks or p.default is not p.empty):
                found.setdefault(p.name, p)
        if all(p.kind is not p.VAR_KEYWORD for p in own):
            break
    return found


def typed(parameter, given):
    wanted = str(parameter.annotation)
    numbers = given if isinstance(given, tuple) else (given,)
    if "Tensor" in wanted and "float" not in wanted:
        return torch.tensor(numbers, dtype=torch.float)
    return numbers if "Iterable" in wanted else given


def made(kind, members, *first, shape=None):
    """An object of a class, from what comes first, an annotation's members and the shape of the input."""
    takes = list(parameters(kind).values())[len(first) :]
    called = {p.name.replace("_", "").lower(): p for p in takes}
    arguments = {}
    for member, given in members.items():
        if member != "value":
            p = called.get(member.lower())
            if p is None:
                raise SystemExit(
                    f'PyTorch\'s {kind.__name__} takes no "{member}" but {", ".join(p.name for p in takes)}: name the member'
                    " so, or give ours.py a subclass that takes it (case and underscores do not count)"
                )
            arguments[p.name] = typed(p, given)
    asked = [p for p in takes if p.default is p.empty and p.name not in arguments]
    if "value" in members:
        given = members["value"]
        numbers = given if isinstance(given, tuple) else (given,)
        if len(asked) < 2:
            p = (asked or takes)[0]
            arguments[p.name] = typed(p, given)
        else:
            named = asked if len(numbers) == len(asked) else [p for p in asked if p.name not in SIZES]
            arguments.update({p.name: number for p, number in zip(named, numbers, strict=True)})
    for p in asked:
        if p.name not in arguments:
            arguments[p.name] = shape[SIZES[p.name]]
    return kind(*first, **arguments)
