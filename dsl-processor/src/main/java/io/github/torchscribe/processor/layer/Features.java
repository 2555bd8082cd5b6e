package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;

/** A check that several layers have in common: of an input with features at the end. */
public final class Features {
  private Features() {}

  /** Says when a stated number of features is not the one that arrives. */
  public static void agree(
      Written written, long stated, Shape input, Incoming incoming, Report report) {
    long actual = input.last();
    if (!Shape.same(stated, actual)) {
      report.say(
          Message.FEATURES_DIFFER,
          written.at("value", 0),
          written.name(),
          stated,
          actual,
          incoming.from(),
          actual);
    }
  }
}
