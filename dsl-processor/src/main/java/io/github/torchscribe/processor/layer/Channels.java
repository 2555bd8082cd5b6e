package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** Checks that several layers have in common: of an input with channels in front. */
public final class Channels {
  private Channels() {}

  /**
   * The shape, where it has the wanted number of dimensions; else one that has, of unknown sizes.
   *
   * @param wanted what is taken, for the message
   */
  public static Shape of(
      Written written, Incoming incoming, List<Integer> ranks, String wanted, Report report) {
    Shape shape = incoming.shape();
    if (ranks.stream().noneMatch(rank -> shape.open() || shape.rank() == rank)) {
      report.say(Message.WRONG_RANK, written.at(), written.name(), wanted, incoming.from(), shape);
      return ranks.size() == 1 ? shape.ofRank(ranks.get(0)) : Shape.ANY;
    }
    return ranks.size() == 1 ? shape.ofRank(ranks.get(0)) : shape;
  }

  /**
   * Says when an example is a single number, and a dimension is wanted.
   *
   * @param wanted what is taken, for the message
   * @return whether there is one, as far as is known
   */
  public static boolean areThere(Written written, Incoming incoming, String wanted, Report report) {
    Shape shape = incoming.shape();
    if (shape.open() || shape.rank() > 0) {
      return true;
    }
    report.say(Message.WRONG_RANK, written.at(), written.name(), wanted, incoming.from(), shape);
    return false;
  }

  /** Says when a stated number of channels is not the one that arrives. */
  public static void agree(
      Written written, String member, long stated, Shape input, Incoming incoming, Report report) {
    long actual = input.first();
    if (!Shape.same(stated, actual)) {
      report.say(
          Message.CHANNELS_DIFFER,
          written.at(member, 0),
          written.name(),
          stated,
          actual,
          incoming.from(),
          actual);
    }
  }

  /** Says when a number of groups does not divide the channels. */
  public static void divide(
      Written written, String member, long groups, long channels, Report report) {
    if (groups >= 1 && channels % groups != 0) {
      report.say(
          Message.NOT_A_DIVISOR,
          written.at(member),
          member,
          written.name(),
          groups,
          channels,
          "channels");
    }
  }
}
