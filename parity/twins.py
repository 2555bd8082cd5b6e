"""The modules of graphs.py: each network of parity/graphs in the processor's test resources, as people write it for PyTorch.

Where torchvision has the network or the block, it is torchvision's. Their parameters have the names that ours have.
"""
from collections import OrderedDict

import ours
import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision.models.densenet import _DenseLayer
from torchvision.models.googlenet import BasicConv2d, Inception
from torchvision.models.mobilenetv2 import InvertedResidual
from torchvision.models.resnet import ResNet
from torchvision.models.vision_transformer import EncoderBlock
from torchvision.ops.misc import Conv2dNormActivation


def twice(channels_in, channels):
    return nn.Sequential(
        nn.Conv2d(channels_in, channels, 3, padding=1), nn.ReLU(), nn.Conv2d(channels, channels, 3, padding=1), nn.ReLU()
    )


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.inc = twice(1, 4)
        self.down1 = nn.Sequential(nn.MaxPool2d(2), twice(4, 6))
        self.down2 = nn.Sequential(nn.MaxPool2d(2), twice(6, 8))
        self.up1 = nn.ConvTranspose2d(8, 6, 2, stride=2)
        self.dec1 = twice(12, 6)
        self.up2 = nn.Sequential(nn.Upsample(scale_factor=2, mode="bilinear"), nn.Conv2d(6, 4, 1))
        self.dec2 = twice(8, 4)
        self.outc = nn.Conv2d(4, 2, 1)

    def forward(self, image):
        fine = self.inc(image)
        middle = self.down1(fine)
        x = self.up1(self.down2(middle))
        x = self.dec1(torch.cat([middle, x], 1))
        x = self.dec2(torch.cat([fine, self.up2(x)], 1))
        return self.outc(x)


class InceptionNet(Inception):
    def __init__(self):
        super().__init__(3, 4, 3, 5, 2, 3, 4, conv_block=BasicConv2d)
        self.fc = nn.Linear(16, 3)

    def forward(self, image):
        return self.fc(super().forward(image).mean((2, 3)))


class DenseNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv0 = nn.Conv2d(2, 6, 3, padding=1, bias=False)
        for i in range(3):
            self.add_module(f"denselayer{i + 1}", _DenseLayer(6 + 4 * i, 4, bn_size=2, drop_rate=0))
        self.norm5 = nn.BatchNorm2d(18)
        self.classifier = nn.Linear(18, 3)

    def forward(self, image):
        features = [self.conv0(image)]
        for layer in (self.denselayer1, self.denselayer2, self.denselayer3):
            features.append(layer(features))
        x = F.relu(self.norm5(torch.cat(features, 1)))
        return self.classifier(x.mean((2, 3)))


class Squeeze(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 8, 3, padding=1)
        self.fc1 = nn.Conv2d(8, 3, 1)
        self.fc2 = nn.Conv2d(3, 8, 1)
        self.head = nn.Linear(512, 3)

    def forward(self, image):
        x = self.conv(image)
        scale = torch.sigmoid(self.fc2(F.relu(self.fc1(x.mean((2, 3), keepdim=True)))))
        return self.head(F.relu(x * scale).flatten(1))


class Glu(nn.Module):
    def __init__(self):
        super().__init__()
        self.value = nn.Linear(6, 8)
        self.gate = nn.Sequential(nn.Linear(6, 8), nn.Sigmoid())
        self.out = nn.Linear(8, 3)

    def forward(self, x):
        return self.out(self.value(x) * self.gate(x))


class SwiGlu(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(6, 8)
        self.norm = nn.RMSNorm(8, eps=1e-6)
        self.w1 = nn.Linear(8, 12, bias=False)
        self.w3 = nn.Linear(8, 12, bias=False)
        self.w2 = nn.Linear(12, 8, bias=False)
        self.output = nn.Linear(8, 4)

    def forward(self, x):
        x = self.embed(x)
        n = self.norm(x)
        return self.output(x + self.w2(F.silu(self.w1(n)) * self.w3(n)))


class Diamond(nn.Module):
    def __init__(self):
        super().__init__()
        self.top = nn.Sequential(nn.Linear(6, 8), nn.Tanh())
        self.left = nn.Sequential(nn.ReLU(), nn.Linear(8, 8))
        self.right = nn.Sequential(nn.Linear(8, 8), nn.ELU())
        self.bottom = nn.Linear(8, 3)

    def forward(self, x):
        top = self.top(x)
        left, middle, right = self.left(top), torch.sigmoid(top), self.right(top)
        return self.bottom(left * middle + (right - middle) + left)


class Bilinear(nn.Module):
    def __init__(self):
        super().__init__()
        self.rows = nn.Sequential(nn.Linear(6, 20), nn.Unflatten(1, (4, 5)))
        self.columns = nn.Sequential(nn.Linear(6, 15), nn.Tanh(), nn.Unflatten(1, (5, 3)))
        self.shift = nn.Sequential(nn.Linear(6, 3), nn.Unflatten(1, (1, 3)))
        self.out = nn.Sequential(nn.Flatten(), nn.Linear(32, 2))

    def forward(self, x):
        rows = self.rows(x)
        product = (rows @ self.columns(x)).softmax(-1)
        return self.out(torch.cat([product + self.shift(x), rows], -1))


class Bilinear32(nn.Bilinear):
    """In 32 bits: PyTorch's own fails in mixed precision."""

    def forward(self, left, right):
        with torch.autocast("cpu", enabled=False):
            return super().forward(left.float(), right.float())


class Products(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Sequential(nn.Linear(6, 12), nn.Unflatten(1, (3, 4)))
        self.right = nn.Sequential(nn.Linear(6, 15), nn.Tanh(), nn.Unflatten(1, (3, 5)))
        self.pairs = Bilinear32(4, 5, 4)
        self.likeness = nn.CosineSimilarity(-1, 0.5)
        self.other = nn.Linear(6, 2)
        self.article = Bilinear32(3, 2, 5, bias=False)
        self.query = nn.Linear(6, 5)
        self.score = nn.CosineSimilarity()

    def forward(self, x):
        left = self.left(x)
        likeness = self.likeness(self.pairs(left, self.right(x)), left)
        return self.score(self.query(x), self.article(likeness, self.other(x)))


class Likeness(nn.Module):
    def __init__(self):
        super().__init__()
        self.anchor = nn.Linear(6, 4)
        self.positive = nn.Sequential(nn.Linear(6, 4), nn.Tanh())
        self.negative = nn.Linear(6, 4)
        self.variance = nn.Sequential(nn.Linear(4, 4), nn.Softplus())

    def forward(self, x):
        positive = self.positive(x)
        return {
            "anchor": self.anchor(x), "positive": positive, "negative": self.negative(x), "variance": self.variance(positive)
        }

    @staticmethod
    def targets(output, generator):
        anchor = output["anchor"]
        signs = lambda *shape: torch.randint(2, shape, generator=generator).float() * 2 - 1
        likeness = torch.randint(-1, 2, (len(anchor),), generator=generator).float()  # 0 says nothing
        return {"likeness": likeness, "order": signs(*anchor.shape), "reading": torch.rand(anchor.shape, generator=generator)}

    @staticmethod
    def loss(output, y):
        anchor, positive, negative, variance = output.values()
        return (
            nn.TripletMarginLoss(swap=True)(anchor, positive, negative)
            + 0.1 * nn.TripletMarginLoss(p=1, margin=3, eps=0.1)(positive, negative, anchor)
            + 0.5 * nn.TripletMarginLoss(p=3)(negative, anchor, positive)
            + nn.CosineEmbeddingLoss(margin=0.1)(anchor, negative, y["likeness"])
            + 0.5 * nn.MarginRankingLoss(margin=0.2)(positive, negative, y["order"])
            + 0.2 * nn.GaussianNLLLoss(full=True, eps=0.5)(anchor, y["reading"], variance)
        )


class Speech(nn.Module):
    def __init__(self):
        super().__init__()
        self.sound = nn.Sequential(nn.Linear(4, 8), nn.Tanh())
        self.letters = nn.Sequential(nn.Linear(8, 5), nn.LogSoftmax(-1))
        self.tones = nn.Sequential(nn.Linear(8, 3), nn.LogSoftmax(-1))
        self.speaker = nn.Sequential(nn.Flatten(), nn.Linear(56, 3))

    def forward(self, wave):
        sound = self.sound(wave)
        return {"letters": self.letters(sound), "tones": self.tones(sound), "speaker": self.speaker(sound)}

    @staticmethod
    def targets(output, generator):
        """Texts of any length, filled up with blanks; the longest have room also where all letters are the same."""
        def texts(low, high, longest, room, blank):
            count = len(output["letters"])
            letters = torch.randint(low, high, (count, room), generator=generator)
            lengths = torch.randint(longest + 1, (count, 1), generator=generator)
            return letters.where(torch.arange(room) < lengths, torch.tensor(blank))

        speaker = torch.randint(3, (len(output["speaker"]),), generator=generator)
        return {"letters": texts(1, 5, 3, 3, 0), "tones": texts(0, 2, 4, 7, 2), "speaker": speaker}

    @staticmethod
    def loss(output, y):
        def ctc(name, blank, **members):
            places, texts = output[name].transpose(0, 1), y[name]
            lengths = torch.full((len(texts),), len(places))
            return nn.CTCLoss(blank, **members)(places, texts, lengths, (texts != blank).sum(1))

        tones = ctc("tones", 2, zero_infinity=True)
        return ctc("letters", 0) + 0.5 * tones + nn.CrossEntropyLoss()(output["speaker"], y["speaker"])


class Branches(nn.ModuleList):
    """Each takes what arrives."""

    def __init__(self, meeting, *branches):
        super().__init__(branches)
        self.meeting = meeting

    def forward(self, x):
        return self.meeting([branch(x) for branch in self])


def together(values):
    return torch.cat(values, 1)


def product(values):
    return torch.stack(values).prod(0)


class Settle(nn.Sequential):
    def __init__(self, channels):
        super().__init__(
            nn.Conv2d(channels, 5, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(5, channels, 1),
            nn.GroupNorm(1, channels),
            nn.ReLU(),
            Branches(
                product,
                nn.Sequential(nn.Conv2d(channels, channels, 1)),
                nn.Sequential(nn.Conv2d(channels, channels, 1), nn.Sigmoid()),
            ),
        )

    def forward(self, x):
        first, act, second, norm, relu, gated = self
        return gated(relu(norm(x + second(act(first(x))))))


def branches():
    return nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1),
        Branches(
            together,
            nn.Sequential(nn.Conv2d(4, 3, 1)),
            nn.Sequential(nn.Conv2d(4, 3, 1), nn.ReLU(), nn.Conv2d(3, 6, 3, padding=1)),
            nn.Sequential(nn.AvgPool2d(3, stride=1, padding=1), nn.Conv2d(4, 3, 1)),
        ),
        nn.ReLU(),
        Settle(12),
        Settle(12),
        nn.AdaptiveAvgPool2d(2),
        nn.Flatten(),
        nn.Linear(48, 3),
    )


def deep(size, inside):
    return nn.Sequential(nn.Linear(size, inside), nn.GELU(), nn.Linear(inside, size))


class Wide(nn.Module):
    def __init__(self, size_in, size, count):
        super().__init__()
        self.first = nn.Linear(size_in, size)
        blocks = [deep(size, 2 * size) for _ in range(count)]
        self.inner = nn.Sequential(*blocks) if count > 1 else blocks[0]

    def forward(self, x):
        return self.inner(self.first(x))


class Sizes(nn.Sequential):
    """Its third part has a name, the fourth is still called 3."""

    def __init__(self):
        super().__init__()
        self.add_module("0", Wide(6, 8, 3))
        self.add_module("1", Wide(8, 5, 1))
        self.add_module("head", deep(5, 16))
        self.add_module("3", nn.Linear(5, 3))


class SmallResNet(ResNet):
    """torchvision's, with two stages, of other sizes: (channels, blocks, stride) each."""

    def __init__(self, block, *stages):
        nn.Module.__init__(self)
        self._norm_layer, self.inplanes, self.dilation, self.groups, self.base_width = nn.BatchNorm2d, 4, 1, 1, 64
        self.conv1 = nn.Conv2d(3, 4, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        for i, (channels, blocks, stride) in enumerate(stages):
            self.add_module(f"layer{i + 1}", self._make_layer(block, channels, blocks, stride))
        self.layer3 = self.layer4 = nn.Identity()
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(self.inplanes, 3)


class SmallMobileNet(nn.Module):
    """torchvision's blocks, fewer and narrower than its MobileNetV2 has them."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            Conv2dNormActivation(3, 4, stride=2, activation_layer=nn.ReLU6),
            InvertedResidual(4, 3, stride=1, expand_ratio=1),
            InvertedResidual(3, 4, stride=2, expand_ratio=6),
            InvertedResidual(4, 4, stride=1, expand_ratio=6),
            InvertedResidual(4, 4, stride=1, expand_ratio=6),
            InvertedResidual(4, 5, stride=1, expand_ratio=6),
            Conv2dNormActivation(5, 12, kernel_size=1, activation_layer=nn.ReLU6),
        )
        self.classifier = nn.Sequential(nn.Dropout(0), nn.Linear(12, 3))

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query = nn.Sequential(nn.Linear(6, 24), nn.Tanh(), nn.Unflatten(1, (3, 8)))
        self.memory = nn.Sequential(nn.Linear(6, 20), nn.Tanh(), nn.Unflatten(1, (4, 5)))
        self.other = nn.MultiheadAttention(8, 2, kdim=5, vdim=5, batch_first=True)
        self.keys = nn.Linear(5, 8)
        self.values = nn.Sequential(nn.Linear(5, 8), nn.Sigmoid())
        self.causal = nn.MultiheadAttention(8, 4, bias=False, batch_first=True)
        self.same = nn.MultiheadAttention(8, 1, batch_first=True)
        self.head = nn.Sequential(nn.Flatten(), nn.Linear(24, 3))

    def forward(self, x):
        query, memory = self.query(x), self.memory(x)
        x = self.other(query, memory, memory)[0]
        later = ~torch.ones(3, 4, dtype=torch.bool).tril()
        x = self.causal(x, self.keys(memory), self.values(memory), attn_mask=later)[0]
        return self.head(self.same(query, x, x)[0])


class Padding(nn.Module):
    """What is padding is known from the indices; sequences are packed up to their last place that is none."""

    def __init__(self):
        super().__init__()
        self.words = nn.Sequential(nn.Embedding(5, 8, padding_idx=0), ours.PositionalEmbedding(6, 8))
        self.attended = nn.ModuleList([nn.MultiheadAttention(8, 2, batch_first=True), nn.LayerNorm(8)])
        self.both = nn.LSTM(8, 5, 2, bidirectional=True, batch_first=True)
        self.ends = nn.LSTM(10, 4, bidirectional=True, batch_first=True)
        self.read = nn.GRU(8, 8, batch_first=True)
        self.again = nn.MultiheadAttention(8, 2, batch_first=True)
        self.last = nn.RNN(8, 4, batch_first=True)
        self.head = nn.Linear(28, 3)

    def forward(self, indices):
        hidden = indices == 0
        lengths = ((~hidden) * torch.arange(1, 7)).amax(1)
        words = self.words(indices)
        attention, norm = self.attended
        attended = norm(words + attention(words, words, words, key_padding_mask=hidden)[0])
        _, (ends, _) = self.ends(packed(padded(self.both(packed(attended, lengths))[0]), lengths))
        read = padded(self.read(packed(attended, lengths))[0])
        later = ~torch.ones(6, 6, dtype=torch.bool).tril()
        again = self.again(read, words, words, key_padding_mask=hidden, attn_mask=later)[0]
        _, last = self.last(packed(again, lengths))
        gone = hidden.unsqueeze(-1)
        mean = attended.masked_fill(gone, 0).sum(1) / lengths.unsqueeze(1)
        most = attended.masked_fill(gone, -torch.inf).amax(1)
        return self.head(torch.cat([ends[0], ends[1], last[0], mean, most], 1))


class States(nn.Module):
    """One goes on with what another knew at the end, of an LSTM hidden states and cells."""

    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(5, 4, padding_idx=0)
        self.first = nn.GRU(4, 5, 2, bidirectional=True, batch_first=True)
        self.second = nn.GRU(4, 5, 2, bidirectional=True, batch_first=True)
        self.known = nn.LSTM(10, 6, batch_first=True)
        self.other = nn.LSTM(3, 6, batch_first=True)
        self.head = nn.Linear(18, 3)

    def forward(self, indices):
        lengths = ((indices != 0) * torch.arange(1, 7)).amax(1)
        words = packed(self.words(indices), lengths)
        _, first = self.first(words)
        second, _ = self.second(words, first)
        _, known = self.known(second)
        other = self.other(padded(second)[:, 2:4, 4:7], known)[0]
        return self.head(torch.cat([known[0][-1], known[1][-1], other[:, -1]], 1))


def add_norm(attention, norm, x, hidden, **members):
    return norm(x + attention(x, x, x, key_padding_mask=hidden, **members)[0])


def attend_and_norm(heads):
    return nn.ModuleList([nn.MultiheadAttention(8, heads, batch_first=True), nn.LayerNorm(8)])


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(9, 8)
        self.parts = nn.Embedding(2, 8)
        self.embedded = nn.Sequential(ours.PositionalEmbedding(6, 8), nn.LayerNorm(8))
        self.attended = attend_and_norm(2)
        self.considered = nn.Sequential(nn.Linear(8, 16), nn.GELU(), nn.Linear(16, 8), nn.LayerNorm(8))
        self.again = attend_and_norm(4)
        self.pooled = nn.Sequential(nn.Identity(), nn.Linear(8, 8), nn.Tanh())
        self.kind = nn.Linear(16, 3)

    def forward(self, ids, segments, mask):
        hidden = mask == 0
        x = add_norm(*self.attended, self.embedded(self.words(ids) + self.parts(segments)), hidden)
        x = self.considered[3](x + self.considered[:3](x))
        x = add_norm(*self.again, x, hidden)
        mean = (x * mask.unsqueeze(2)).sum(1) / mask.sum(1, keepdim=True)
        return {"kind": self.kind(torch.cat([self.pooled(x[:, 0]), mean], 1))}


class Translation(nn.Module):
    def __init__(self):
        super().__init__()
        self.source = nn.Sequential(nn.Embedding(7, 8, padding_idx=0), ours.PositionalEmbedding(5, 8))
        self.memory = attend_and_norm(2)
        self.target = nn.Sequential(nn.Embedding(6, 8, padding_idx=0), ours.PositionalEmbedding(4, 8))
        self.decoded = attend_and_norm(2)
        self.cross = nn.MultiheadAttention(8, 4, batch_first=True)
        self.next = nn.Sequential(nn.LayerNorm(8), nn.Linear(8, 6))

    def forward(self, text, written):
        memory = add_norm(*self.memory, self.source(text), text == 0)
        later = ~torch.ones(4, 4, dtype=torch.bool).tril()
        x = add_norm(*self.decoded, self.target(written), written == 0, attn_mask=later)
        return {"next": self.next(x + self.cross(x, memory, memory, key_padding_mask=text == 0)[0])}


class Lengths(nn.Module):
    def __init__(self):
        super().__init__()
        self.read = nn.LSTM(4, 5, 2, bidirectional=True, batch_first=True)
        self.most = nn.Sequential(nn.Linear(4, 4))
        self.kind = nn.Linear(14, 3)

    def forward(self, steps, length):
        _, (ends, _) = self.read(packed(steps, length))
        gone = torch.arange(6) >= length.unsqueeze(1)
        most = self.most(steps).masked_fill(gone.unsqueeze(2), -torch.inf).amax(1)
        return {"kind": self.kind(torch.cat([ends[-2], ends[-1], most], 1))}


def packed(x, lengths):
    return nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)


def padded(x):
    return nn.utils.rnn.pad_packed_sequence(x, batch_first=True, total_length=6)[0]


class Basic3d(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv3d(channels, channels, (1, 3, 3), padding=(0, 1, 1), bias=False)
        self.bn1 = nn.BatchNorm3d(channels)
        self.conv2 = nn.Conv3d(channels, channels, (3, 1, 1), padding=(1, 0, 0))

    def forward(self, x):
        return x + self.conv2(F.relu(self.bn1(self.conv1(x))))


class Volumes(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv3d(1, 4, 3, padding="same", bias=False), nn.BatchNorm3d(4), nn.ReLU(), nn.MaxPool3d(2)
        )
        self.layer1 = nn.Sequential(Basic3d(4), nn.ReLU())
        self.both = nn.Sequential(nn.Conv3d(8, 6, 2), nn.ReLU())
        self.fc = nn.Sequential(nn.AdaptiveAvgPool3d(1), nn.Flatten(), nn.Linear(6, 3))

    def forward(self, volume):
        stem = self.stem(volume)
        return self.fc(self.both(torch.cat([stem, self.layer1(stem)], 1)))


class Temporal(nn.Module):
    def __init__(self, channels_in, channels, dilation):
        super().__init__()
        self.conv1 = ours.Conv1d(channels_in, channels, 3, "causal", dilation=dilation)
        self.conv2 = ours.Conv1d(channels, channels, 3, "causal", dilation=dilation)
        self.downsample = nn.Identity() if channels_in == channels else nn.Conv1d(channels_in, channels, 1)

    def forward(self, x):
        return F.relu(F.relu(self.conv2(F.relu(self.conv1(x)))) + self.downsample(x))


class Tcn(nn.Module):
    def __init__(self):
        super().__init__()
        self.network = nn.Sequential(Temporal(2, 6, 1), Temporal(6, 6, 2), Temporal(6, 6, 4))
        self.linear = nn.Linear(6, 3)

    def forward(self, sequence):
        return self.linear(self.network(sequence)[:, :, -1])


class ViT(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv_proj = nn.Conv2d(3, 8, 4, stride=4)
        self.token = ours.ClassToken(8)
        self.pos_embedding = ours.PositionalEmbedding(10, 8)
        self.layers = nn.Sequential(*(EncoderBlock(2, 8, 16, dropout=0, attention_dropout=0) for _ in range(2)))
        self.ln = nn.LayerNorm(8, eps=1e-6)
        self.head = nn.Linear(8, 3)

    def forward(self, image):
        patches = self.token(self.conv_proj(image).flatten(2).mT)
        return self.head(self.ln(self.layers(self.pos_embedding(patches)))[:, 0])


class Multitask(nn.Module):
    """One body, three losses: of two heads, and of what they both read."""
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(64, 8), nn.Tanh()
        )
        self.kind = nn.Linear(8, 3)
        self.box = nn.Sequential(nn.Linear(8, 6), nn.ReLU(), nn.Linear(6, 4))

    def forward(self, image):
        features = self.features(image)
        return {"features": features, "kind": self.kind(features), "box": self.box(features)}


class Swish(nn.Module):
    def __init__(self, channels, init):
        super().__init__()
        self.beta = nn.Parameter(torch.full((channels,), init))

    def forward(self, x):
        return x * torch.sigmoid(self.beta.view(-1, 1, 1) * x)


class Mix(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(outputs, inputs))
        self.bias = nn.Parameter(torch.empty(outputs))
        self.scale = nn.Parameter(torch.empty(()))

    def reset_parameters(self):
        nn.init.kaiming_uniform_(self.weight, a=5 ** 0.5)
        nn.init.uniform_(self.bias, -1 / len(self.bias), 1 / len(self.bias))
        nn.init.normal_(self.scale, 1, 0.1)

    def forward(self, x):
        return F.linear(x, self.weight, self.bias) * self.scale


def small():
    return nn.Sequential(nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 3))


class Lion(torch.optim.Optimizer):
    """Chen et al., Symbolic Discovery of Optimization Algorithms, 2023."""
    def __init__(self, parameters, lr=1e-4, betas=(0.9, 0.99), weight_decay=0):
        super().__init__(parameters, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self, closure):
        with torch.enable_grad():
            loss = closure()
        for group in self.param_groups:
            for p in group["params"]:
                momentum = self.state[p].setdefault("momentum", torch.zeros_like(p))
                one, other = group["betas"]
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.add_((momentum * one + p.grad * (1 - one)).sign(), alpha=-group["lr"])
                momentum.mul_(other).add_(p.grad, alpha=1 - other)
        return loss


class Own(nn.Module):
    """Layers and losses that PyTorch does not have."""
    def __init__(self):
        super().__init__()
        mixer = nn.Sequential(Mix(64, 6), nn.Tanh())
        self.features = nn.Sequential(
            nn.Conv2d(1, 4, 3, padding=1), Swish(4, 1.5), nn.PixelUnshuffle(2), Swish(16, 1.0), nn.Flatten(), mixer
        )
        self.kind = nn.Linear(6, 3)
        self.box = nn.Linear(6, 6)

    def forward(self, image):
        features = self.features(image)
        return {"features": features, "kind": self.kind(features), "box": self.box(features)}

    @staticmethod
    def loss(output, y):
        right = F.log_softmax(output["kind"], 1).gather(1, y["kind"].unsqueeze(1))
        focal = -((1 - right.exp()) ** 1.5 * right).mean()
        cosh = (output["box"] - y["box"]).cosh().log().mean()
        apart = F.relu(2 - (output["features"] - output["box"]).abs()).mean()
        return 2 * focal + cosh + 0.5 * apart


class Tabular(nn.Module):
    """Numbers, two categories, and three days of the week or none."""
    def __init__(self):
        super().__init__()
        self.cities = nn.Embedding(5, 3)
        self.makes = nn.Embedding(7, 2)
        self.week = nn.Sequential(nn.Embedding(6, 2), nn.Flatten())
        self.all = nn.Sequential(nn.Linear(15, 8), nn.ReLU())
        self.price = nn.Linear(8, 1)

    def forward(self, numbers, city, make, days):
        all = self.all(torch.cat([numbers, self.cities(city), self.makes(make), self.week(days)], 1))
        return {"price": self.price(all)}


class Towers(nn.Module):
    """Who ranks, and what is ranked: by the angle between what becomes of both."""

    def __init__(self):
        super().__init__()
        self.names = nn.Embedding(9, 4)
        self.user = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 5))
        self.titles = nn.Embedding(11, 4)
        self.item = nn.Sequential(nn.Linear(7, 8), nn.Tanh(), nn.Linear(8, 5))

    def forward(self, userId, age, itemId, tags):
        user = self.user(torch.cat([self.names(userId), age], 1))
        item = self.item(torch.cat([self.titles(itemId), tags], 1))
        return {"user": user, "item": item, "score": F.cosine_similarity(user, item)}


class Frozen(nn.Module):
    """What stays as it is below, amid and beside what learns at other rates; frozen batch norms evaluate."""
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(2, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU())
        self.mid = nn.Sequential(nn.Conv2d(4, 5, 3, padding=1), nn.ReLU())
        self.fixed = nn.Sequential(nn.Conv2d(5, 6, 1), nn.BatchNorm2d(6), nn.PReLU(), nn.MaxPool2d(2))
        within = nn.Sequential(nn.LayerNorm(8), nn.Linear(8, 8), nn.RMSNorm(8))
        squash = nn.Module()
        squash.within = within
        squash.forward = within.forward
        self.kind = nn.Sequential(nn.Flatten(), nn.LayerNorm(96), nn.Linear(96, 8), squash, nn.Linear(8, 3))
        for part in self.stem, self.fixed, squash, self.mid[0].bias:
            part.requires_grad_(False)

    def train(self, mode=True):
        super().train(mode)
        self.stem.eval()
        self.fixed.eval()
        return self

    def groups(self):
        """Learning rates as factors of the optimizer's."""
        factors = {"mid.0.weight": 0.25, "kind.1.weight": 0.5, "kind.1.bias": 0.125, "kind.2.weight": 0.5,
                   "kind.2.bias": 0.125, "kind.4.weight": 0.5, "kind.4.bias": 0.125}
        return {name: factors.get(name, 1) for name, _ in self.named_parameters()}

    def forward(self, image):
        return self.kind(self.fixed(self.mid(self.stem(image))))


class Tied(nn.Module):
    """A head that is the table of its words, and in a block a layer that is another."""
    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(7, 6)
        self.mixed = nn.Sequential(ours.PositionalEmbedding(5, 6), nn.LayerNorm(6), ours.SelfAttention(6, 2, causal=True))
        inner = nn.Module()
        inner.there = nn.Sequential(nn.Linear(9, 9), nn.Tanh())
        inner.back = nn.Sequential(nn.Linear(9, 9), nn.GELU())
        inner.forward = lambda x: inner.back(inner.there(x))
        self.deep = nn.Sequential(OrderedDict([("0", nn.Linear(6, 9)), ("inner", inner), ("2", nn.Linear(9, 6))]))
        self.next = nn.Linear(6, 7)

    def tie(self):
        self.next.weight = self.tokens.weight
        self.deep.inner.back[0].weight = self.deep.inner.there[0].weight

    def forward(self, text):
        return self.next(self.deep(self.mixed(self.tokens(text))))


class Gpt(nn.Module):
    """As GPT-2: all begins in N(0, std), biases at 0, and the head is the table of words."""
    def __init__(self):
        super().__init__()
        self.tokens = nn.Sequential(OrderedDict([("0", nn.Embedding(7, 6)), ("places", ours.PositionalEmbedding(8, 6))]))
        self.h = nn.Sequential(OrderedDict([("0", self.part()), ("1", self.part()), ("norm", nn.LayerNorm(6))]))
        self.next = nn.Linear(6, 7, bias=False)

    @staticmethod
    def part():
        attend = ours.Residual(nn.LayerNorm(6), ours.SelfAttention(6, 3, causal=True))
        think = ours.Residual(nn.LayerNorm(6), nn.Linear(6, 12), nn.GELU(), nn.Linear(12, 6))
        return nn.Sequential(attend, think)

    def draw(self, std=0.2):
        for module in self.modules():
            if isinstance(module, nn.MultiheadAttention):  # draws also for the one inside, and before its own
                nn.init.normal_(module.out_proj.weight, 0, std)
                nn.init.normal_(module.in_proj_weight, 0, std)
            elif type(module) in (nn.Linear, nn.Embedding, ours.PositionalEmbedding):
                nn.init.normal_(module.weight, 0, std)
            for name, bias in module.named_parameters(recurse=False):
                if name.endswith("bias"):
                    nn.init.zeros_(bias)

    def tie(self):
        self.next.weight = self.tokens[0].weight

    def forward(self, text):
        return self.next(self.h(self.tokens(text)))
