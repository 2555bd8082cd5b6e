package io.github.torchscribe.processor.layer.basic;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Sizes that a layer states, of which one may be −1 and is inferred. */
final class StatedSizes {
  private static final long INFERRED = -1;

  private final Written written;
  private final List<Long> stated;

  StatedSizes(Written written, Report report) {
    this.written = written;
    stated = written.sizes("value");
    for (int i = 0; i < stated.size(); i++) {
      if (stated.get(i) < 1 && stated.get(i) != INFERRED) {
        report.say(Message.SIZE_NOT_POSITIVE, written.at("value", i), stated.get(i));
      }
    }
  }

  boolean isEmpty() {
    return stated.isEmpty();
  }

  /**
   * The sizes for so many elements; unknown where they cannot be.
   *
   * @param elements how many, or unknown
   * @param what has them, for a message
   */
  List<Long> of(long elements, Object what, Report report) {
    long inferred = stated.stream().filter(s -> s == INFERRED).count();
    long others = new Shape(stated.stream().filter(s -> s != INFERRED).toList()).elements();
    boolean certain =
        elements != Shape.UNKNOWN && stated.stream().allMatch(s -> s > 0 || s == INFERRED);
    boolean fits = !certain || (inferred == 0 ? others == elements : elements % others == 0);
    if (stated.isEmpty() || inferred > 1 || !fits) {
      String all = stated.stream().map(String::valueOf).collect(Collectors.joining(", "));
      report.say(Message.NOT_UNFLATTENED, written.at("value"), written.name(), all, what);
      return Collections.nCopies(stated.size(), Shape.UNKNOWN);
    }
    long rest = certain ? elements / others : Shape.UNKNOWN;
    return stated.stream().map(s -> s == INFERRED ? rest : Math.max(s, Shape.UNKNOWN)).toList();
  }
}
