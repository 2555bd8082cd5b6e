package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.List;
import java.util.Optional;

/** Checks that several layers have in common: of an input with channels in front. */
final class Channels {
  private Channels() {}

  /**
   * The shape, where it has the wanted number of dimensions.
   *
   * @param wanted what is taken, for the message
   */
  static Optional<Shape> of(
      Written written, Incoming incoming, List<Integer> ranks, String wanted, Report report) {
    Optional<Shape> shape = incoming.shape();
    if (shape.isPresent() && !ranks.contains(shape.get().rank())) {
      report.say(
          Message.WRONG_RANK, written.at(), written.name(), wanted, incoming.from(), shape.get());
      return Optional.empty();
    }
    return shape;
  }

  /** Says when a stated number of channels is not the one that arrives. */
  static boolean agree(
      Written written, String member, long stated, Shape input, Incoming incoming, Report report) {
    long actual = input.sizes().get(0);
    if (stated == actual) {
      return true;
    }
    report.say(
        Message.CHANNELS_DIFFER,
        written.at(member, 0),
        written.name(),
        stated,
        actual,
        incoming.from(),
        actual);
    return false;
  }

  /** Says when a number of groups does not divide the channels. */
  static boolean divide(Written written, String member, long groups, long channels, Report report) {
    if (groups >= 1 && channels % groups == 0) {
      return true;
    }
    report.say(
        Message.NOT_A_DIVISOR,
        written.at(member),
        member,
        written.name(),
        groups,
        channels,
        "channels");
    return false;
  }
}
