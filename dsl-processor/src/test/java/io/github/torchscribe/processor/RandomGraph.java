package io.github.torchscribe.processor;

import io.github.torchscribe.processor.RandomLayers.Example;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.global.torch;

/**
 * A network of random wires: values that one method reads or several, that meet in each way there
 * is, some spread over others; and in the methods {@link RandomLayers}. All that nobody has read
 * meets in the network's output. Every second network has several inputs, and losses also on values
 * that others read, some of which are outputs without one.
 */
final class RandomGraph {
  private static final int MOST_FEATURES = 24;

  /** What a method gives. */
  private static final class Value {
    private final String name;
    private final int features;
    private boolean isRead;

    Value(String name, int features) {
      this.name = name;
      this.features = features;
    }
  }

  private final long seed;
  private final Random random;
  private final Example example;
  private final RandomLayers layers;
  private final List<Value> values = new ArrayList<>();
  private final List<String> methods = new ArrayList<>();
  private final boolean statesInput;
  private final String optimizer;
  private final List<String> inputs;
  private final Set<String> stated = new HashSet<>();
  private final List<String> losses = new ArrayList<>();

  RandomGraph(long seed) {
    this.seed = seed;
    random = new Random(seed);
    example = one(List.of(Example.values()));
    layers = new RandomLayers(random, example, random.nextInt(3) > 0);
    boolean several = seed % 2 == 1;
    statesInput = random.nextBoolean() && !several;
    optimizer = one(List.of("@SGD(lr = 0.05) ", "@SGD(lr = 0.05, momentum = 0.9) "));
    inputs =
        several
            ? List.of("first", "second", "third").subList(0, 1 + random.nextInt(3))
            : List.of(statesInput ? "input" : "example");
    inputs.forEach(name -> values.add(new Value(name, example.features())));
    List.copyOf(values).forEach(this::read);
    int more = 2 + random.nextInt(8);
    for (int i = 0; i < more; i++) {
      add();
    }
    while (unread().size() > 3) {
      meet(some(unread(), 2));
    }
    addOutput();
    Collections.shuffle(methods, random);
  }

  /** The network, differentiated in one way or the other. */
  String declaration(String gradient) {
    return declaration(gradient, "");
  }

  /** The network, with products in bfloat16 while training. */
  String mixed() {
    return declaration("GENERATED", "@Training(batchSize = 64, precision = Precision.BF16) ");
  }

  private String declaration(String gradient, String training) {
    String input = statesInput ? "input = {" + example.sizes() + "}, " : "";
    String network = "@Network(" + input + "gradient = Network.Gradient." + gradient + ") ";
    String body = "public interface Net {\n" + String.join("", methods) + "}\n";
    return network + RandomLayers.QUIET + optimizer + training + body + layers.blocks();
  }

  /** Whether it learns from no batch of a single example. */
  boolean needsTwo() {
    return layers.needsTwo();
  }

  Tensors inputs(long n) {
    LongStream sizes = example.shape.stream().mapToLong(Long::longValue);
    long[] shape = LongStream.concat(LongStream.of(n), sizes).toArray();
    return TestDevice.there(
        inputs.size() == 1
            ? Tensors.of(torch.randn(shape))
            : Tensors.of(inputs, inputs.stream().map(name -> torch.randn(shape)).toList()));
  }

  /** For each loss numbers from 0 to 1, like the output of its name. */
  Tensors targets(Tensors outputs) {
    return outputs.size() == 1
        ? Tensors.of(torch.rand_like(outputs.get(0)))
        : Tensors.of(
            losses, losses.stream().map(name -> torch.rand_like(outputs.get(name))).toList());
  }

  private void add() {
    switch (random.nextInt(8)) {
      case 0, 1 -> read(one(any()));
      case 2 -> gate();
      case 3 -> {
        if (example == Example.IMAGE && usual().size() > 1) {
          method("@MatMul " + layers.some(random.nextInt(2)), some(usual(), 2), usualFeatures());
        } else {
          meet(some(any(), 2));
        }
      }
      default -> meet(some(any(), 2 + random.nextInt(2)));
    }
  }

  private void read(Value value) {
    int count = 1 + random.nextInt(3);
    String all =
        value.features == usualFeatures()
            ? layers.someOrResidual(count)
            : example.sized(usualFeatures()) + layers.some(count);
    method(all, List.of(value), usualFeatures());
  }

  /** A value of one number in the place of several, and one that it meets. */
  private void gate() {
    Value gate = method(one(example.gates) + " " + layers.activation(), List.of(one(usual())), 0);
    List<Value> both = new ArrayList<>(List.of(gate, one(usual())));
    Collections.shuffle(both, random);
    String meeting = one(List.of("@Multiply ", "@Multiply ", "@Add ", "@Subtract "));
    method(meeting + layers.some(random.nextInt(2)), both, usualFeatures());
  }

  private void meet(List<Value> some) {
    boolean alike = some.stream().allMatch(value -> value.features == usualFeatures());
    if (some.size() == 1) {
      read(some.get(0));
    } else if (!alike || random.nextInt(3) == 0) {
      int all = some.stream().mapToInt(value -> value.features).sum();
      boolean restores = all > MOST_FEATURES || random.nextBoolean();
      String behind =
          restores
              ? example.sized(usualFeatures()) + layers.some(random.nextInt(2))
              : layers.activation();
      method(layers.concat() + behind, some, restores ? usualFeatures() : all);
    } else {
      String meeting =
          one(List.of("@Add ", "@Multiply ", some.size() == 2 ? "@Subtract " : "@Add "));
      method(meeting + layers.some(random.nextInt(3)), some, usualFeatures());
    }
  }

  private void addOutput() {
    List<Value> last = unread();
    String meeting = last.size() == 1 ? "" : layers.concat();
    String end =
        one(List.of("@Flatten @Linear(3) ", example.sized(3), example.sized(usualFeatures())));
    String loss = one(List.of("@MSELoss ", "@SmoothL1Loss ", "@BCEWithLogitsLoss "));
    method(meeting + end + loss, last, 0);
  }

  private Value method(String layers, List<Value> reads, int features) {
    String name = "v" + values.size();
    String parameters =
        IntStream.range(0, reads.size())
            .mapToObj(i -> parameter(reads.get(i), i))
            .collect(Collectors.joining(", "));
    String leaves = seed % 2 == 1 && !layers.contains("Loss") ? leaves() : "";
    methods.add("  " + layers.strip() + leaves + " Tensor " + name + "(" + parameters + ");\n");
    if ((layers + leaves).contains("Loss")) {
      losses.add(name);
    }
    reads.forEach(value -> value.isRead = true);
    Value value = new Value(name, features);
    values.add(value);
    return value;
  }

  /** What may be written on a value that others read. */
  private String leaves() {
    return switch (random.nextInt(8)) {
      case 0 -> " @MSELoss";
      case 1 -> " @SmoothL1Loss @LossWeight(0.3)";
      case 2 -> " @Output";
      default -> "";
    };
  }

  private String parameter(Value value, int place) {
    if (inputs.contains(value.name) && !statesInput && stated.add(value.name)) {
      return "@Input({" + example.sizes() + "}) Tensor " + value.name;
    }
    return random.nextInt(4) == 0
        ? "@From(\"" + value.name + "\") Tensor p" + place
        : "Tensor " + value.name;
  }

  private int usualFeatures() {
    return example.features();
  }

  private List<Value> unread() {
    return values.stream().filter(value -> !value.isRead).toList();
  }

  private List<Value> usual() {
    return values.stream().filter(value -> value.features == usualFeatures()).toList();
  }

  /** Those that nobody has read yet are there more often. */
  private List<Value> any() {
    List<Value> all = new ArrayList<>(values);
    all.removeIf(value -> value.features == 0);
    all.addAll(unread());
    all.addAll(unread());
    return all;
  }

  /** So many of them, each once. */
  private List<Value> some(List<Value> from, int count) {
    List<Value> shuffled = new ArrayList<>(from);
    Collections.shuffle(shuffled, random);
    return shuffled.stream().distinct().limit(count).toList();
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @Override
  public String toString() {
    return seed + ": " + declaration("GENERATED");
  }
}
