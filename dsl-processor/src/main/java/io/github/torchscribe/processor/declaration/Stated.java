package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.OptionalLong;

/**
 * What states the shape of a network's input.
 *
 * @param written {@code @Network}, or {@code @Input} on a parameter
 * @param member its sizes
 */
public record Stated(Written written, String member) {
  private static final String INDICES = "indices";

  /**
   * The shape. A single index has none.
   *
   * @param report is told of sizes that are none
   * @return what is known of it
   */
  public Shape shape(Report report) {
    return written.sizes(member).isEmpty() && saysAnything()
        ? Shape.of()
        : written.shape(member, 0, Integer.MAX_VALUE, "", report);
  }

  /**
   * How many indices there are to choose from.
   *
   * @param report is told of a count that is none
   * @return empty where it is not stated
   */
  public OptionalLong indices(Report report) {
    if (!written.is(Input.class) || written.number(INDICES).longValue() == 0) {
      return OptionalLong.empty();
    }
    double count = written.checked(INDICES, "at least 1", c -> c >= 1, report);
    return OptionalLong.of(Math.max(1, (long) count));
  }

  /**
   * Whether the gradient of the input is asked for.
   *
   * @return false unless it is
   */
  public boolean requiresGrad() {
    return written.has("requiresGrad") && written.flag("requiresGrad");
  }

  /**
   * Whether anything is stated.
   *
   * @return false where neither sizes nor indices are
   */
  boolean saysAnything() {
    return !written.sizes(member).isEmpty()
        || written.is(Input.class) && written.number(INDICES).longValue() != 0;
  }
}
