package io.github.torchscribe.processor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random layers of a method or block, which keep the shape that they are given: single ones,
 * blocks, branches that meet again, and residual sums above and between them.
 */
final class RandomLayers {
  /** Lints would mind some of what comes about by chance. */
  static final String QUIET =
      "@SuppressWarnings({\"torchscribe:TS101\", \"torchscribe:TS102\", \"torchscribe:TS104\"}) ";

  private static final int MOST_BLOCKS = 4;

  /**
   * What examples are. A norm of numbers that are nearly equal makes rounding grow; a larger eps
   * than usual keeps it from that.
   */
  enum Example {
    VECTOR(
        List.of(8L),
        "@Linear(%d)",
        "@BatchNorm1d(eps = 0.1)",
        List.of("@Linear(1)"),
        "@Linear(8)",
        "@Linear(value = 8, bias = false)",
        "@LayerNorm(eps = 0.1)",
        "@RMSNorm(eps = 0.1)",
        "@GroupNorm(value = 2, eps = 0.1)",
        "@Softmax",
        "@Unflatten({2, 4}) @Flatten"),
    IMAGE(
        List.of(4L, 6L, 6L),
        "@Conv2d(value = %d, kernelSize = 1)",
        "@BatchNorm2d(eps = 0.1)",
        List.of("@AdaptiveAvgPool2d(1)", "@Conv2d(value = 1, kernelSize = 3, padding = 1)"),
        "@Conv2d(value = 4, kernelSize = 3, padding = 1)",
        "@Conv2d(value = 4, kernelSize = 1, bias = false)",
        "@GroupNorm(value = 2, eps = 0.1)",
        "@MaxPool2d(value = 3, stride = 1, padding = 1)",
        "@AvgPool2d(value = 3, stride = 1, padding = 1)",
        "@MaxPool2d(2) @Upsample(scaleFactor = 2)",
        "@LayerNorm(eps = 0.1)",
        "@Linear(6)",
        "@Flatten @Unflatten({4, 6, 6})"),
    VOLUME(
        List.of(4L, 2L, 4L, 4L),
        "@Conv3d(value = %d, kernelSize = 1)",
        "@BatchNorm3d(eps = 0.1)",
        List.of("@AdaptiveAvgPool3d(1)", "@Conv3d(value = 1, kernelSize = 3, padding = 1)"),
        "@Conv3d(value = 4, kernelSize = 3, padding = 1)",
        "@Conv3d(value = 4, kernelSize = {1, 3, 3}, padding = {0, 1, 1}, bias = false)",
        "@GroupNorm(value = 2, eps = 0.1)",
        "@MaxPool3d(value = 3, stride = 1, padding = 1)",
        "@AvgPool3d(value = {1, 3, 3}, stride = 1, padding = {0, 1, 1})",
        "@ConvTranspose3d(value = 4, kernelSize = 1)",
        "@Linear(4)",
        "@Flatten @Unflatten({4, 2, 4, 4})"),
    SEQUENCE(
        List.of(5L, 8L),
        "@Linear(%d)",
        "@BatchNorm1d(eps = 0.1)",
        List.of("@Linear(1)"),
        "@Linear(8)",
        "@LSTM(value = 8, output = Hidden.SEQUENCE)",
        "@GRU(value = 4, numLayers = 2, bidirectional = true, output = Hidden.SEQUENCE)",
        "@LayerNorm(eps = 0.1)",
        "@RMSNorm(eps = 0.1)",
        "@SelfAttention(heads = 2)",
        "@PositionalEmbedding",
        "@Softmax",
        "@Flatten @Unflatten({5, 8})");

    final List<Long> shape;

    /** Give one number in the place of several. */
    final List<String> gates;

    private final String sized;
    private final String undivided;
    private final List<String> layers;

    Example(
        List<Long> shape, String sized, String undivided, List<String> gates, String... layers) {
      this.shape = shape;
      this.sized = sized;
      this.undivided = undivided;
      this.gates = gates;
      this.layers = List.of(layers);
    }

    /** How many features there usually are: channels, or the numbers of a place. */
    int features() {
      return Math.toIntExact(shape.get(dimension() - 1));
    }

    /** Where they are, counted from the batch. */
    int dimension() {
      return this == SEQUENCE ? 2 : 1;
    }

    /** A layer that makes so many of them. */
    String sized(int features) {
      return String.format(Locale.ROOT, sized, features) + " ";
    }

    String sizes() {
      return shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
  }

  private final Random random;
  private final Example example;
  private final boolean divisible;
  private final StringBuilder blocks = new StringBuilder();
  private int blockCount;
  private boolean needsTwo;

  /**
   * No layers yet.
   *
   * @param random decides
   * @param example what arrives
   * @param divisible whether there is nothing that wants to see the whole batch
   */
  RandomLayers(Random random, Example example, boolean divisible) {
    this.random = random;
    this.example = example;
    this.divisible = divisible;
  }

  /** The blocks that have been used. */
  String blocks() {
    return blocks.toString();
  }

  /** Whether there is a layer that learns from no batch of a single example. */
  boolean needsTwo() {
    return needsTwo;
  }

  /** Some layers. */
  String some(int count) {
    return IntStream.range(0, count).mapToObj(i -> part() + " ").collect(Collectors.joining());
  }

  /** Some layers to which what arrives may be added. */
  String someOrResidual(int count) {
    String layers = some(count);
    return switch (random.nextInt(6)) {
      case 0 -> "@Residual " + layers;
      case 1 -> layers + "@Residual " + (random.nextBoolean() ? activation() : "");
      default -> layers;
    };
  }

  String activation() {
    return one(RandomActivations.ALL) + " ";
  }

  /** Values side by side, of any number of features. */
  String concat() {
    int dimension = example.dimension();
    int back = dimension - example.shape.size() - 1;
    String where = one(Arrays.asList(dimension, back)) + ") ";
    return dimension == 1 && random.nextInt(3) == 0 ? "@Concat " : "@Concat(dim = " + where;
  }

  private String part() {
    int which = random.nextInt(12);
    if (which < 2 && blockCount < MOST_BLOCKS) {
      return which == 0 ? "@Use(" + block() + ".class)" : branches();
    }
    return which < 6 ? activation() : layer();
  }

  private String branches() {
    int count = 2 + random.nextInt(2);
    String all =
        IntStream.range(0, count)
            .mapToObj(i -> block() + ".class")
            .collect(Collectors.joining(", "));
    String meeting =
        one(List.of("@Add", "@Multiply", concat() + example.sized(example.features())));
    return "@Branches({" + all + "}) " + meeting;
  }

  /** Writes one more block. */
  private String block() {
    String name = "Block" + blockCount++;
    String layers = someOrResidual(1 + random.nextInt(2));
    blocks.append("@Block ").append(QUIET).append(layers);
    blocks.append("interface ").append(name).append(" {}\n");
    return name;
  }

  private String layer() {
    if (!divisible && random.nextInt(4) == 0) {
      needsTwo |= example == Example.VECTOR;
      return example.undivided;
    }
    return one(example.layers);
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
