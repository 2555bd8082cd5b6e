package io.github.torchscribe.tensorboard;

import java.util.Collection;
import java.util.Map;

/** What the page "HPARAMS" compares runs by, as its {@code plugin_data.proto} has it. */
final class Hyperparameters {
  private static final String PLUGIN = "hparams";
  private static final int EXPERIMENT = 2;
  private static final int SESSION_START = 3;
  private static final int SESSION_END = 4;

  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;

  private Hyperparameters() {}

  /**
   * What there is to compare.
   *
   * @param settings numbers, texts, and whether something is so
   * @param metrics tags of scalars
   */
  static Message experiment(Map<String, ?> settings, Collection<String> metrics) {
    Message experiment = new Message();
    settings.forEach((name, value) -> experiment.put(4, info(name, value)));
    metrics.forEach(tag -> experiment.put(5, new Message().put(1, new Message().put(2, tag))));
    return summary("experiment", EXPERIMENT, experiment);
  }

  /** What a run has. */
  static Message start(Map<String, ?> settings) {
    Message start = new Message();
    settings.forEach((name, value) -> start.put(1, name, value(name, value)));
    return summary("session_start_info", SESSION_START, start);
  }

  static Message end(boolean successful) {
    Message end = new Message().put(1, (successful ? SUCCESS : FAILURE));
    return summary("session_end_info", SESSION_END, end);
  }

  private static Message summary(String tag, int kind, Message data) {
    return Summaries.ofPlugin("_hparams_/" + tag, PLUGIN, new Message().put(kind, data));
  }

  private static Message info(String name, Object value) {
    long type = value instanceof Number ? 3 : value instanceof Boolean ? 2 : 1;
    return new Message().put(1, name).put(4, type);
  }

  /** A value as {@code struct.proto} has it. */
  private static Message value(String name, Object value) {
    Message message = new Message();
    if (value instanceof Number number) {
      return message.put(2, number.doubleValue());
    }
    if (value instanceof Boolean is) {
      return message.put(4, is.booleanValue());
    }
    if (value instanceof String text) {
      return message.put(3, text);
    }
    throw new IllegalArgumentException(
        "the hyperparameter " + name + " is a number, a text, true or false, but not " + value);
  }
}
