package io.github.torchscribe.runtime.generated;

import java.util.List;

/** A layer as it was written; it reads the one above, unless paths say what. */
record StatedLayer(
    String path,
    String text,
    List<String> reads,
    long[] output,
    long multiplyAdds,
    long fewestExamples) {
  /** A layer of which nothing else is known yet. */
  StatedLayer(String path, String text, long... output) {
    this(path, text, List.of(), output, 0, 1);
  }

  StatedLayer reading(List<String> paths) {
    return new StatedLayer(path, text, paths, output, multiplyAdds, fewestExamples);
  }

  StatedLayer multiplying(long count) {
    return new StatedLayer(path, text, reads, output, count, fewestExamples);
  }

  StatedLayer needing(long examples) {
    return new StatedLayer(path, text, reads, output, multiplyAdds, examples);
  }

  /** What another network of the same name may have in its place. */
  String identity() {
    return path + " " + text + (reads.isEmpty() ? "" : " reads " + String.join(", ", reads));
  }
}
