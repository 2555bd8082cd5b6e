package io.github.torchscribe.runtime.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  @TempDir private Path temporary;

  /** What a state needs is freed by {@code done}, so that it must be called whatever happens. */
  @Test
  void aWriterThatDiesIsToldOfAndNothingIsKept() {
    OutOfMemoryError error = new OutOfMemoryError("injected");
    List<Integer> done = new ArrayList<>();
    try (CheckpointFolder folder = CheckpointFolder.open(temporary, 3)) {
      folder.write(
          1,
          new State(),
          false,
          () -> {
            done.add(1);
            throw error;
          });
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () -> folder.write(2, new State(), false, () -> done.add(2)));
      assertSame(error, e.getCause());
      assertEquals(List.of(1, 2), done);
      folder.write(3, new State(), false, () -> done.add(3));
    }
    assertEquals(List.of(1, 2, 3), done);
  }
}
