package io.github.torchscribe.processor.layer.norm;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The last dimensions of an input, over which a layer normalises. */
final class NormalizedShape {
  private final Written written;
  private final List<Long> stated;

  NormalizedShape(Written written) {
    this.written = written;
    stated = written.sizes("value");
  }

  /** The stated one, or the last dimension alone. */
  Shape of(Shape input) {
    return stated.isEmpty() ? Shape.of(input.last()) : new Shape(stated);
  }

  /** Says when the stated one is not what arrives. */
  void check(Incoming incoming, Report report) {
    Channels.areThere(written, incoming, "(N, *)", report);
    boolean sizes = stated.stream().allMatch(size -> size > 0);
    if (!stated.isEmpty() && !(sizes && new Shape(stated, true).fits(incoming.shape()))) {
      report.say(
          Message.OTHER_LAST_DIMENSIONS,
          written.at("value"),
          written.name(),
          stated.stream().map(String::valueOf).collect(Collectors.joining(", ")),
          incoming.from(),
          incoming.shape());
    }
  }

  /** The places of a sequence stay apart, unless each number of an example is in the mean. */
  Places places(Shape input) {
    return of(input).rank() < input.rank() ? Places.KEPT : Places.MIXED;
  }

  /** Its sizes, as a constant of the generated class. */
  Expression constant(ModelCode code) {
    return code.longs(
        "normalized", of(code.inputShape()).sizes().stream().mapToLong(Long::longValue).toArray());
  }

  /** One number for each vector that is normalised. */
  Shape statistics(Shape input) {
    int kept = input.rank() - of(input).rank();
    long[] sizes = new long[input.rank()];
    Arrays.setAll(sizes, i -> i < kept ? input.sizes().get(i) : 1);
    return Shape.of(sizes);
  }
}
