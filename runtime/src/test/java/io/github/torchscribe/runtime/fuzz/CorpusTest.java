package io.github.torchscribe.runtime.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.data.CsvFuzz;
import io.github.torchscribe.runtime.data.IdxFuzz;
import io.github.torchscribe.runtime.data.PictureFuzz;
import io.github.torchscribe.runtime.file.CheckpointFuzz;
import io.github.torchscribe.runtime.file.SafetensorsFuzz;
import io.github.torchscribe.runtime.visdom.AnswerFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the fuzzer (scripts/fuzz.sh) has found worth keeping is read in each build. */
class CorpusTest {
  private static final Path CORPUS = Path.of("src/test/fuzz");

  @TestFactory
  Stream<DynamicTest> readers() {
    return Stream.of(
        replay("AnswerFuzz", AnswerFuzz::fuzzerTestOneInput),
        replay("CheckpointFuzz", CheckpointFuzz::fuzzerTestOneInput),
        replay("CsvFuzz", CsvFuzz::fuzzerTestOneInput),
        replay("IdxFuzz", IdxFuzz::fuzzerTestOneInput),
        replay("PictureFuzz", PictureFuzz::fuzzerTestOneInput),
        replay("SafetensorsFuzz", SafetensorsFuzz::fuzzerTestOneInput));
  }

  private static DynamicTest replay(String target, Consumer<byte[]> reader) {
    return DynamicTest.dynamicTest(
        target,
        () -> {
          List<Path> inputs = inputs(target);
          assertTrue(inputs.size() > 10, "the corpus of " + target + " is gone");
          for (Path input : inputs) {
            reader.accept(Files.readAllBytes(input));
          }
        });
  }

  private static List<Path> inputs(String target) throws IOException {
    try (Stream<Path> files = Files.list(CORPUS.resolve(target))) {
      return files.sorted().toList();
    }
  }
}
