package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.generated.Counted;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.generated.Signature;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Refuses batches that do not fit the network, before libtorch sees them: an index out of range
 * would be read past the end of a table, or end a GPU's whole process.
 */
record BatchCheck(Engine engine, SeenIndices seen) {
  private static final String INPUT = "input";
  private static final long[] NONE = {};

  /** A batch without targets. */
  Examples inputs(Tensors given) {
    return inputs(given, inInputsOrder(given));
  }

  /**
   * The same where numbers are read elsewhere.
   *
   * @param read the same inputs, in the network's order
   */
  private Examples inputs(Tensors given, Tensor... read) {
    TensorSpecs wanted = signature().inputs();
    Tensor[] all = inInputsOrder(given);
    for (int i = 0; i < all.length; i++) {
      input(what(INPUT, wanted.names().get(i)), all[i], read[i], wanted.get(i), all[0]);
    }
    return Examples.without(all);
  }

  private Tensor[] inInputsOrder(Tensors given) {
    return signature().inOrder(INPUT, signature().inputs(), given);
  }

  private Tensor[] inTargetsOrder(Tensors given) {
    signature().requireLosses();
    return signature().inOrder(signature().targetsAre(), signature().targets(), given);
  }

  /**
   * The same, each from where single numbers are read if they are looked at one by one.
   *
   * @param toRead what a batch has to be read by a name
   */
  private static Tensor[] read(TensorSpecs wanted, Function<String, Tensor> toRead, Tensor... all) {
    Tensor[] read = all.clone();
    for (int i = 0; i < all.length; i++) {
      if (wanted.get(i).areIndices() || !wanted.get(i).mayBeEmpty()) {
        read[i] = toRead.apply(wanted.names().get(i));
      }
    }
    return read;
  }

  private Signature signature() {
    return engine.network().signature();
  }

  /** What something is called in messages, where it has a name. */
  private static String what(String kind, String name) {
    return name.isEmpty() ? kind : kind + " " + name;
  }

  private void input(String what, Tensor input, Tensor read, TensorSpec wanted, Tensor first) {
    Device device = engine.device();
    requireThere(what, input);
    long n = input.dim() > 0 ? input.size(0) : 0;
    if (n == 0 || !wanted.fit(input, n) || input.is_cuda() != onGpu(device)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %s%s on %s, with N at least 1, but was given %s",
              engine.network().name(),
              wanted,
              what.equals(INPUT) ? "" : " as " + what,
              device,
              Shapes.describe(input)));
    }
    if (n != first.size(0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes as many examples in all of its inputs, but %s has %d and input %s has %d",
              engine.network().name(),
              what,
              n,
              signature().inputs().names().get(0),
              first.size(0)));
    }
    if (wanted.areIndices()) {
      requireInRange(what, read, wanted, null, NONE);
    } else {
      new NothingCheck(engine.network().name()).check(what, read, wanted);
    }
  }

  /** There must be enough to learn from. */
  void learns(Examples batch) {
    engine
        .learning()
        .lackOfExamples(batch.size())
        .ifPresent(
            lack -> {
              throw new IllegalArgumentException(lack + ", but was given " + batch.size());
            });
  }

  /** A batch with its targets, and what counts of them. */
  Examples batch(Tensors inputs, Tensors targets) {
    return withTargets(inputs(inputs), targets);
  }

  /** A batch of a loader's: no GPU is waited for to read what the host has, too. */
  Examples batch(Batch batch) {
    return batch(batch, batch.allInputs(), batch.allTargets());
  }

  /**
   * The same where it has been {@linkplain Batch#write written} elsewhere.
   *
   * @param inputs all of the batch's
   * @param targets all of the batch's
   */
  Examples batch(Batch batch, Tensors inputs, Tensors targets) {
    Tensor[] read = read(signature().inputs(), batch::inputToRead, inInputsOrder(inputs));
    Examples given = inputs(inputs, read);
    Tensor[] readTargets =
        read(signature().targets(), batch::targetToRead, inTargetsOrder(targets));
    return withTargets(given, targets, read, readTargets);
  }

  /** A batch that has been checked, with its targets, and what counts of them. */
  Examples withTargets(Examples given, Tensors targets) {
    return withTargets(given, targets, given.inputs(), inTargetsOrder(targets));
  }

  private Examples withTargets(
      Examples given, Tensors targets, Tensor[] readInputs, Tensor... readTargets) {
    List<StatedLoss> losses = signature().requireLosses();
    Tensor[] taken = inTargetsOrder(targets);
    Tensor[] all = new Tensor[losses.size()];
    Counted[] counted = new Counted[losses.size()];
    for (int i = 0, next = 0; i < all.length; i++) {
      counted[i] = Counted.examples(given.size());
      StatedLoss loss = losses.get(i);
      if (loss.targets().isPresent()) {
        all[i] = taken[next];
        requireFit(loss, all[i], given);
        if (loss.targets().get().areIndices()) {
          counted[i] = counted(loss, i, readTargets[next], readInputs);
        }
        next++;
      }
    }
    return new Examples(given.inputs(), all, counted);
  }

  private void requireFit(StatedLoss loss, Tensor target, Examples given) {
    TensorSpec wanted = loss.targets().orElseThrow();
    requireThere(what(signature().targetsAre(), loss.name()), target);
    if (!wanted.fit(target, given.size()) || target.is_cuda() != given.inputs()[0].is_cuda()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %s as %ss%s, with N %d as for the inputs, on %s, but was given %s",
              engine.network().name(),
              loss.takes(),
              signature().targetsAre(),
              loss.name().isEmpty() ? "" : " " + loss.name(),
              given.size(),
              engine.device(),
              Shapes.describe(target)));
    }
  }

  private Counted counted(StatedLoss loss, int number, Tensor target, Tensor... inputs) {
    return requireInRange(
        what(signature().targetsAre(), loss.name()),
        target,
        loss.targets().orElseThrow(),
        engine.classWeights(number),
        padding(loss, inputs));
  }

  /** How much of each example's sequence a loss leaves out, where that is asked for. */
  private long[] padding(StatedLoss loss, Tensor... inputs) {
    if (loss.saysPadding().isEmpty()) {
      return NONE;
    }
    int input = loss.saysPadding().getAsInt();
    return new PaddingCount(signature().inputs().get(input)).of(inputs[input]);
  }

  private void requireThere(String what, Tensor tensor) {
    if (tensor == null || tensor.isNull() || !tensor.defined()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the %s for %s is %s",
              what,
              engine.network().name(),
              tensor == null
                  ? "null"
                  : tensor.isNull() ? "a tensor that has been freed" : "an undefined tensor"));
    }
  }

  private static boolean onGpu(Device device) {
    return device.type() == Device.Type.CUDA;
  }

  /** The indices are gone through but once: what counts among them is found out on the way. */
  private Counted requireInRange(
      String what, Tensor indices, TensorSpec wanted, double[] classWeights, long[] padding) {
    boolean isCostly = indices.is_cuda() && padding.length == 0;
    Optional<Counted> known = isCostly ? seen.known(what, indices, classWeights) : Optional.empty();
    if (known.isPresent()) {
      return known.get();
    }
    Counted counted = requireInRangeReading(what, indices, wanted, classWeights, padding);
    if (isCostly) {
      seen.add(what, indices, classWeights, counted);
    }
    return counted;
  }

  private Counted requireInRangeReading(
      String what, Tensor indices, TensorSpec wanted, double[] classWeights, long[] padding) {
    PointerScope scope = new PointerScope();
    try {
      long[] values = Longs.of(indices);
      boolean ignores = wanted.ignored().isPresent();
      long ignored = wanted.ignored().orElse(0);
      long counting = 0;
      double weight = 0;
      for (int i = 0; i < values.length; i++) {
        if (ignores && values[i] == ignored) {
          continue;
        }
        if (values[i] < 0 || values[i] >= wanted.count()) {
          throw new WrongExample(
              String.format(
                  Locale.ROOT,
                  "%s takes indices from 0 to %d%s as %s, but example ",
                  engine.network().name(),
                  wanted.count() - 1,
                  ignores && (ignored != TensorSpec.USUALLY_IGNORED || values[i] < 0)
                      ? " and " + ignored + ", which does not count,"
                      : "",
                  what.indexOf(' ') < 0 ? what + "s" : what),
              i / (values.length / indices.size(0)),
              " has " + values[i]);
        }
        counting++;
        weight += classWeights == null ? 1 : classWeights[(int) values[i]];
      }
      int examples = (int) indices.size(0);
      new NothingCheck(engine.network().name()).check(what, values, examples, wanted);
      requireRoom(what, values, examples, wanted, padding);
      return new Counted(values.length, counting, weight);
    } finally {
      scope.close();
    }
  }

  /** Each text must have room in the sequence where it is to be found. */
  private void requireRoom(
      String what, long[] values, int examples, TensorSpec wanted, long[] padding) {
    int length = values.length / examples;
    for (int i = 0; i < examples && wanted.isText(); i++) {
      TensorSpec room = padding.length == 0 ? wanted : wanted.without(padding[i]);
      Optional<String> wrong =
          room.misfit(Arrays.copyOfRange(values, i * length, (i + 1) * length));
      if (wrong.isPresent()) {
        String finds =
            engine.network().name() + " finds the " + what + " in its output, but example ";
        throw new WrongExample(finds, i, " " + wrong.get());
      }
    }
  }
}
