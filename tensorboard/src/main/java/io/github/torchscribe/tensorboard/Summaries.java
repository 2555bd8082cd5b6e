package io.github.torchscribe.tensorboard;

import com.google.protobuf.ByteString;
import io.github.torchscribe.runtime.data.Picture;
import java.nio.charset.StandardCharsets;

/** Values as TensorBoard's {@code summary.proto} has them. */
final class Summaries {
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int IMAGE = 4;
  private static final int HISTOGRAM = 5;
  private static final int TENSOR = 8;
  private static final int METADATA = 9;
  private static final int STRING = 7;
  private static final int RGB = 3;

  private Summaries() {}

  private static Message summary(Message value) {
    return new Message().put(1, value);
  }

  private static Message tagged(String tag) {
    return new Message().put(TAG, tag);
  }

  static Message scalar(String tag, double value) {
    return summary(tagged(tag).put(SIMPLE_VALUE, (float) value));
  }

  static Message histogram(String tag, Histogram values) {
    return summary(tagged(tag).put(HISTOGRAM, values.message()));
  }

  static Message image(String tag, Picture picture) {
    Message image =
        new Message()
            .put(1, picture.height())
            .put(2, picture.width())
            .put(3, RGB)
            .put(4, ByteString.copyFrom(picture.png()));
    return summary(tagged(tag).put(IMAGE, image));
  }

  static Message text(String tag, String text) {
    Message one = new Message().put(1, 1); // a dimension, of size 1
    Message tensor =
        new Message()
            .put(1, STRING)
            .put(2, new Message().put(2, one))
            .put(8, ByteString.copyFrom(text, StandardCharsets.UTF_8));
    return summary(
        tagged(tag + "/text_summary")
            .put(METADATA, plugin("text", new Message()))
            .put(TENSOR, tensor));
  }

  /** What a plugin keeps to itself. */
  static Message ofPlugin(String tag, String plugin, Message content) {
    return summary(tagged(tag).put(METADATA, plugin(plugin, content)));
  }

  private static Message plugin(String name, Message content) {
    return new Message().put(1, new Message().put(1, name).put(2, content));
  }
}
