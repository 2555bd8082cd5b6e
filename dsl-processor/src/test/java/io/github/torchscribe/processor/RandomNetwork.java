package io.github.torchscribe.processor;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A network of random layers, and of networks inside it, plain and residual, with and without a
 * shortcut, and again some inside these. All but the last of its layers keep the shape that they
 * are given, so that any may follow any.
 */
final class RandomNetwork {
  private static final int DEEPEST = 3;
  private static final String QUIET =
      "@SuppressWarnings({\"torchscribe:TS101\", \"torchscribe:TS102\", \"torchscribe:TS104\"}) ";

  /**
   * What examples are, with layers that keep it so; the first learns. A norm of numbers that are
   * nearly equal, as those behind a pool, makes rounding grow; a larger eps than usual keeps it
   * from that.
   */
  private enum Example {
    VECTOR(
        List.of(8L),
        "@Linear(8)",
        "@Linear(value = 8, bias = false)",
        "@LayerNorm(eps = 0.1)",
        "@RMSNorm(eps = 0.1)",
        "@GroupNorm(value = 2, eps = 0.1)",
        "@BatchNorm1d(eps = 0.1)",
        "@Softmax",
        "@Unflatten({2, 4}) @Flatten"),
    IMAGE(
        List.of(4L, 6L, 6L),
        "@Conv2d(value = 4, kernelSize = 3, padding = 1)",
        "@BatchNorm2d(eps = 0.1)",
        "@GroupNorm(value = 2, eps = 0.1)",
        "@MaxPool2d(value = 3, stride = 1, padding = 1)",
        "@AvgPool2d(value = 3, stride = 1, padding = 1)",
        "@LayerNorm(eps = 0.1)",
        "@Linear(6)",
        "@Flatten @Unflatten({4, 6, 6})",
        "@Flatten(startDim = 2) @Unflatten(value = {6, 6}, dim = 2)"),
    SEQUENCE(
        List.of(5L, 8L),
        "@Linear(8)",
        "@LayerNorm(eps = 0.1)",
        "@RMSNorm(eps = 0.1)",
        "@SelfAttention(heads = 2)",
        "@LSTM(value = 8, output = Hidden.SEQUENCE)",
        "@PositionalEmbedding",
        "@Softmax",
        "@Flatten @Unflatten({5, 8})");

    private final List<Long> shape;
    private final List<String> layers;

    Example(List<Long> shape, String... layers) {
      this.shape = shape;
      this.layers = List.of(layers);
    }
  }

  private final long seed;
  private final Random random;
  private final Example example;
  private final StringBuilder inside = new StringBuilder();
  private final String whole;
  private int networks;

  RandomNetwork(long seed) {
    this.seed = seed;
    random = new Random(seed);
    example = one(List.of(Example.values()));
    String last = one(List.of("", "@Linear(3) ", "@Flatten @Linear(3) "));
    // Something has to learn.
    String first = last.isEmpty() || random.nextBoolean() ? example.layers.get(0) + " " : "";
    String between = layers(1 + random.nextInt(4), 0);
    String loss = one(List.of("@MSELoss ", "@SmoothL1Loss ", "@BCEWithLogitsLoss "));
    String optimizer = one(List.of("@SGD(lr = 0.05) ", "@SGD(lr = 0.05, momentum = 0.9) "));
    whole = first + between + last + loss + optimizer;
  }

  String declaration(String gradient) {
    String gradients = "gradient = Network.Gradient." + gradient;
    String network = "@Network(input = {" + sizes() + "}, " + gradients + ") " + QUIET + whole;
    return network + "public interface Net {}\n" + inside;
  }

  Tensor inputs(long n) {
    return TestDevice.there(
        torch.randn(
            LongStream.concat(LongStream.of(n), example.shape.stream().mapToLong(Long::longValue))
                .toArray()));
  }

  private String sizes() {
    return example.shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private String layers(int count, int depth) {
    return IntStream.range(0, count)
        .mapToObj(i -> layer(depth) + " ")
        .collect(Collectors.joining());
  }

  private String layer(int depth) {
    int which = random.nextInt(10);
    if (which < 2 && depth < DEEPEST) {
      return "@Use(" + network(depth + 1) + ".class)";
    }
    return one(which < 6 ? RandomActivations.ALL : example.layers);
  }

  /** Writes one more network. */
  private String network(int depth) {
    String name = "Inner" + networks++;
    String layers = layers(1 + random.nextInt(3), depth);
    String around =
        switch (random.nextInt(5)) {
          case 0 -> "";
          case 1, 2 -> "@Residual @Shortcut(" + network(depth + 1) + ".class) ";
          default -> "@Residual ";
        };
    inside.append("@Network(input = {" + sizes() + "}) " + QUIET + around + layers);
    inside.append("interface " + name + " {}\n");
    return name;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @Override
  public String toString() {
    return seed + ": " + declaration("GENERATED");
  }
}
