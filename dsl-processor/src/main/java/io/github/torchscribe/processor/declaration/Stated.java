package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;

/**
 * What states the shape of a network's input.
 *
 * @param written {@code @Network}, or {@code @Input} on a parameter
 * @param member its sizes
 */
public record Stated(Written written, String member) {
  /**
   * The shape.
   *
   * @param report is told of sizes that are none
   * @return what is known of it
   */
  public Shape shape(Report report) {
    return written.shape(member, 0, Integer.MAX_VALUE, "", report);
  }
}
