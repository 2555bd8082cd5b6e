package io.github.torchscribe.processor;

import io.github.torchscribe.processor.catalogue.Catalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer as it should be.
 *
 * @param input of the network
 * @param layer with the members that it needs
 * @param elements of its output
 */
record GoodLayer(String input, String layer, int elements) {
  /** One of each, and another where a layer can be meant in two ways. */
  static final List<GoodLayer> ALL =
      List.of(
          new GoodLayer("3, 6, 6", "AdaptiveAvgPool2d(value = {2, 2})", 12),
          new GoodLayer("3, 4, 4, 4", "AdaptiveAvgPool3d(value = {2, 1, 2})", 12),
          new GoodLayer("3, 6, 6", "AdaptiveMaxPool2d(value = {2, 2})", 12),
          new GoodLayer("3, 6", "AvgPool1d(value = {2}; padding = {1})", 12),
          new GoodLayer(
              "3, 6, 6", "AvgPool2d(value = {2, 2}; stride = {2, 2}; padding = {0, 0})", 27),
          new GoodLayer("3, 4, 4, 4", "AvgPool3d(value = {2, 2, 2}; padding = {0, 0, 0})", 24),
          new GoodLayer("3, 6", "BatchNorm1d(value = 3)", 18),
          new GoodLayer("3, 6, 6", "BatchNorm2d(value = 3)", 108),
          new GoodLayer("3, 4, 4, 4", "BatchNorm3d(value = 3)", 192),
          new GoodLayer("3, 6", "ClassToken", 24),
          new GoodLayer("3, 6", "Conv1d(value = {3, 4}; kernelSize = {3}; padding = {0})", 16),
          new GoodLayer("3, 6", "Conv1d(value = {3, 4}; kernelSize = {3}; padding = {-2})", 24),
          new GoodLayer(
              "3, 6, 6", "Conv2d(value = {3, 4}; kernelSize = {3, 3}; padding = {0, 0})", 64),
          new GoodLayer("3, 6, 6", "Conv2d(value = {3, 4}; kernelSize = {3}; padding = {-1})", 144),
          new GoodLayer("3, 4, 4, 4", "Conv3d(value = {3, 4}; kernelSize = {3, 3, 3})", 32),
          new GoodLayer("3, 6", "ConvTranspose1d(value = {3, 4}; kernelSize = {2})", 28),
          new GoodLayer("3, 6, 6", "ConvTranspose2d(value = {3, 4}; kernelSize = {2, 2})", 196),
          new GoodLayer(
              "3, 2, 2, 2", "ConvTranspose3d(value = {3, 4}; kernelSize = {2, 2, 2})", 108),
          new GoodLayer("6", "Dropout(value = 0.5)", 6),
          new GoodLayer("3, 6", "Dropout1d(value = 0.5)", 18),
          new GoodLayer("3, 6, 6", "Dropout2d(value = 0.5)", 108),
          new GoodLayer("6", "ELU(alpha = 1)", 6),
          new GoodLayer("6", "Embedding(value = {9, 4}; paddingIdx = 3)", 24),
          new GoodLayer("6", "EmbeddingBag(value = {9, 4}; paddingIdx = 3)", 4),
          new GoodLayer("3, 6", "Flatten(startDim = 1; endDim = 2)", 18),
          new GoodLayer("6", "GELU", 6),
          new GoodLayer("6", "GLU(dim = 1)", 3),
          new GoodLayer("6", "GroupNorm(value = 3)", 6),
          new GoodLayer("3, 6", "GRU(value = {6, 4})", 4),
          new GoodLayer("6", "Hardswish", 6),
          new GoodLayer("6", "Hardtanh(minVal = -1; maxVal = 1)", 6),
          new GoodLayer("3, 6", "InstanceNorm1d(value = 3)", 18),
          new GoodLayer("3, 6, 6", "InstanceNorm2d(value = 3)", 108),
          new GoodLayer("6", "Layer(value = io.github.torchscribe.processor.Unchanged.class)", 6),
          new GoodLayer("3, 6", "LayerNorm(value = {3, 6})", 18),
          new GoodLayer("6", "LeakyReLU(negativeSlope = 0.1)", 6),
          new GoodLayer("6", "Linear(value = {6, 4})", 4),
          new GoodLayer("3, 6, 6", "LocalResponseNorm(value = 3)", 108),
          new GoodLayer("6", "LogSigmoid", 6),
          new GoodLayer("6", "LogSoftmax(dim = -1)", 6),
          new GoodLayer("3, 6", "LSTM(value = {6, 4}; output = Hidden.SEQUENCE)", 12),
          new GoodLayer("3, 6", "MaxOver(dim = 1; keepdim = true)", 6),
          new GoodLayer("3, 6", "MaxPool1d(value = {2}; padding = {0})", 9),
          new GoodLayer("3, 6, 6", "MaxPool2d(value = {2, 2}; padding = {0, 0})", 27),
          new GoodLayer("3, 4, 4, 4", "MaxPool3d(value = {2, 2, 2}; padding = {0, 0, 0})", 24),
          new GoodLayer("3, 6", "MeanOver(dim = -1)", 3),
          new GoodLayer("6", "Mish", 6),
          new GoodLayer("3, 6", "Narrow(dim = 2; start = 1; length = 4)", 12),
          new GoodLayer("6", "Normalize(dim = 1; eps = 0.1)", 6),
          new GoodLayer("3, 6", "Permute(value = {2, 1})", 18),
          new GoodLayer("4, 3, 3", "PixelShuffle(value = 2)", 36),
          new GoodLayer("3, 6", "PositionalEmbedding(numEmbeddings = 4)", 18),
          new GoodLayer("6", "PReLU(numParameters = 6)", 6),
          new GoodLayer("6", "ReLU", 6),
          new GoodLayer("6", "ReLU6", 6),
          new GoodLayer("6", "Reshape(value = {2, -1})", 6),
          new GoodLayer("3, 6", "RMSNorm(value = {6})", 18),
          new GoodLayer("3, 6", "Select(dim = 1; index = 2)", 6),
          new GoodLayer("3, 6", "RNN(value = {6, 4})", 4),
          new GoodLayer("3, 6", "SelfAttention(heads = 3; dropout = 0.5)", 18),
          new GoodLayer("6", "SELU", 6),
          new GoodLayer("6", "Sigmoid", 6),
          new GoodLayer("6", "SiLU", 6),
          new GoodLayer("6", "Softmax(dim = 1)", 6),
          new GoodLayer("6", "Softplus(beta = 1)", 6),
          new GoodLayer("6", "Softsign", 6),
          new GoodLayer("6", "Tanh", 6),
          new GoodLayer("6", "Unflatten(value = {2, 3}; dim = 1)", 6),
          new GoodLayer("6", "Unflatten(value = {2, -1})", 6),
          new GoodLayer("3, 6, 6", "Upsample(scaleFactor = {2, 2})", 432),
          new GoodLayer("3, 6", "ZeroPad1d(value = {1, 2})", 27),
          new GoodLayer("3, 6, 6", "ZeroPad2d(value = {1, 2, 0, 1})", 189));

  String name() {
    return layer.replaceAll("\\W.*", "");
  }

  Class<?> annotation() {
    return new Catalogue()
        .vocabulary().layers().stream()
            .filter(type -> type.endsWith("." + name()))
            .map(GoodLayer::load)
            .findFirst()
            .orElseThrow();
  }

  /** The members that are stated. */
  Map<String, String> members() {
    Map<String, String> members = new LinkedHashMap<>();
    if (layer.contains("(")) {
      String inside = layer.substring(layer.indexOf('(') + 1, layer.length() - 1);
      for (String member : inside.split("; ")) {
        String[] both = member.split(" = ");
        members.put(both[0], both[1]);
      }
    }
    return members;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
