package io.github.torchscribe.samples.sentences;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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

  private Messages(List<String> lines) {
    texts = lines.stream().map(line -> line.substring(line.indexOf(": ") + 2)).toList();
    desks =
        lines.stream()
            .mapToLong(line -> DESKS.indexOf(line.substring(0, line.indexOf(": "))))
            .toArray();
  }

  /**
   * Those of a bundled file: a desk, a colon and a message in each line.
   *
   * @param name train, or test: what no message of the other says in these words
   */
  static Messages bundled(String name) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Messages.class.getResourceAsStream("/text/messages-" + name + ".txt"),
                StandardCharsets.UTF_8))) {
      return new Messages(lines.lines().toList());
    }
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
