package io.github.torchscribe.samples.sentences;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;

/** What customers write to a shop, and for which desk it is. */
final class Messages {
  /** What the desks are called. */
  static final List<String> DESKS =
      List.of("delivery", "payment", "defect", "account", "praise", "advice");

  private final List<String> texts;
  private final long[] desks;

  private Messages(List<Labelled> messages) {
    texts = messages.stream().map(Labelled::text).toList();
    desks = messages.stream().mapToLong(message -> DESKS.indexOf(message.label())).toArray();
  }

  /**
   * Those of a bundled file, each with its desk.
   *
   * @param name train, or test: what no message of the other says in these words
   */
  static Messages bundled(String name) throws IOException {
    return new Messages(Labelled.bundled("messages-" + name));
  }

  int size() {
    return texts.size();
  }

  /** Their tokens, and their desks. */
  Dataset dataset(Tokens tokens) {
    PointerScope scope = new PointerScope();
    try {
      return new TensorDataset(tokens.of(texts), Tensors.of("desk", torch.tensor(desks)));
    } finally {
      scope.close();
    }
  }
}
