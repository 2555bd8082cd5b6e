"""What Torchscribe has and PyTorch has not, or has otherwise, made of what PyTorch has."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Softmax(nn.Softmax):
    """Over the last dimension; PyTorch's own has no dimension that it means unless told."""

    def __init__(self, dim=-1):
        super().__init__(dim)


class LogSoftmax(nn.LogSoftmax):
    def __init__(self, dim=-1):
        super().__init__(dim)


class BatchNorm1d(nn.BatchNorm1d):
    """PyTorch's SyncBatchNorm is a class of its own; where one process trains, it gives the same."""

    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=True, sync=False):
        super().__init__(num_features, eps, momentum, affine)


class BatchNorm2d(nn.BatchNorm2d):
    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=True, sync=False):
        super().__init__(num_features, eps, momentum, affine)


class BatchNorm3d(nn.BatchNorm3d):
    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=True, sync=False):
        super().__init__(num_features, eps, momentum, affine)


class Unflatten(nn.Unflatten):
    """The first dimension of an example, where PyTorch's has to be told."""

    def __init__(self, unflattened_size, dim=1):
        super().__init__(dim, unflattened_size)


class Permute(nn.Module):
    """The batch stays first and is not named."""

    def __init__(self, dims):
        super().__init__()
        self.dims = dims

    def forward(self, x):
        return x.permute(0, *self.dims)


class Reshape(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.sizes = sizes if isinstance(sizes, tuple) else (sizes,)

    def forward(self, x):
        return x.reshape(len(x), *self.sizes)


class Select(nn.Module):
    def __init__(self, dim, index):
        super().__init__()
        self.dim, self.index = dim, index

    def forward(self, x):
        return x.select(self.dim, self.index)


class Narrow(nn.Module):
    def __init__(self, dim, start, length):
        super().__init__()
        self.dim, self.start, self.length = dim, start, length

    def forward(self, x):
        return x.narrow(self.dim, self.start, self.length)


class Conv1d(nn.Conv1d):
    """Padding may be causal: before the input alone."""

    def __init__(self, in_channels, out_channels, kernel_size, padding=0, **members):
        causal = padding == "causal"
        super().__init__(in_channels, out_channels, kernel_size, padding=0 if causal else padding, **members)
        self.before = self.dilation[0] * (self.kernel_size[0] - 1) if causal else 0

    def forward(self, x):
        return super().forward(F.pad(x, (self.before, 0)))


class ClassToken(nn.Module):
    def __init__(self, embed_dim):
        super().__init__()
        self.class_token = nn.Parameter(torch.zeros(1, 1, embed_dim))

    def forward(self, x):
        return torch.cat([self.class_token.expand(len(x), -1, -1), x], 1)


class MeanOver(nn.Module):
    def __init__(self, dim, keepdim=False):
        super().__init__()
        self.dim, self.keepdim = dim, keepdim

    def forward(self, x):
        return x.mean(self.dim, self.keepdim)


class MaxOver(MeanOver):
    def forward(self, x):
        return x.max(self.dim, self.keepdim).values


class OneResult:
    """A recurrent layer with one result: all states of the last layer, or the last of them."""

    def __init__(self, input_size, hidden_size, output="last", **members):
        super().__init__(input_size, hidden_size, batch_first=True, **members)
        self.output = output

    def forward(self, x):
        states, last = super().forward(x)
        last = last[0] if isinstance(last, tuple) else last
        directions = 2 if self.bidirectional else 1
        return states if self.output == "sequence" else torch.cat(tuple(last[-directions:]), dim=-1)


class LSTM(OneResult, nn.LSTM):
    pass


class GRU(OneResult, nn.GRU):
    pass


class RNN(OneResult, nn.RNN):
    def __init__(self, input_size, hidden_size, nonlinearity="tanh", **members):
        super().__init__(input_size, hidden_size, nonlinearity=nonlinearity, **members)


class SelfAttention(nn.MultiheadAttention):
    def __init__(self, embed_dim, heads, causal=False, bias=True):
        super().__init__(embed_dim, heads, bias=bias, batch_first=True)
        self.causal = causal

    def forward(self, x):
        mask = nn.Transformer.generate_square_subsequent_mask(x.shape[1]) if self.causal else None
        return super().forward(x, x, x, need_weights=False, attn_mask=mask, is_causal=self.causal)[0]


class Normalize(nn.Module):
    def __init__(self, p=2.0, dim=1, eps=1e-12):
        super().__init__()
        self.members = {"p": p, "dim": dim, "eps": eps}

    def forward(self, x):
        return nn.functional.normalize(x, **self.members)


class PositionalEmbedding(nn.Embedding):
    def __init__(self, num_positions, embed_dim, num_embeddings=0):
        super().__init__(num_embeddings or num_positions, embed_dim)

    def forward(self, x):
        return x + self.weight[: x.shape[1]]


class CrossEntropyLoss(nn.CrossEntropyLoss):
    """Classes may lie in another dimension than 1."""

    def __init__(self, dim=1, **members):
        super().__init__(**members)
        self.dim = dim

    def forward(self, scores, classes):
        return super().forward(scores.movedim(self.dim, 1), classes)


class Residual(nn.Sequential):
    """y = x + f(x), or with a shortcut y = g(x) + f(x)."""

    def forward(self, x):
        y = x
        for name, module in self.named_children():
            y = y if name == "shortcut" else module(y)
        return y + (self.shortcut(x) if hasattr(self, "shortcut") else x)
