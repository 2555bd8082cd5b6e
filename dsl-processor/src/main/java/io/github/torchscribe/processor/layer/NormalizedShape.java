package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.Arrays;
import java.util.List;

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
    if (incoming.shape().isEmpty() || stated.isEmpty()) {
      return;
    }
    List<Long> sizes = incoming.shape().get().sizes();
    int from = Math.max(0, sizes.size() - stated.size());
    List<Long> last = sizes.subList(from, sizes.size());
    if (!last.equals(stated)) {
      report.say(
          Message.OTHER_LAST_DIMENSIONS,
          written.at("value"),
          written.name(),
          new Shape(stated).list(),
          incoming.from(),
          incoming.shape().get());
    }
  }

  /** One number for each vector that is normalised. */
  Shape statistics(Shape input) {
    int kept = input.rank() - of(input).rank();
    long[] sizes = new long[input.rank()];
    Arrays.setAll(sizes, i -> i < kept ? input.sizes().get(i) : 1);
    return Shape.of(sizes);
  }
}
