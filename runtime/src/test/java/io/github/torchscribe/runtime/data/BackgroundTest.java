package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundTest {
  private final Background background = new Background();

  @AfterEach
  void close() {
    background.close();
  }

  @Test
  void throwsWhatTheWorkThrew() {
    OutOfMemoryError error = new OutOfMemoryError("injected");
    background.run(() -> sneak(error));
    assertSame(error, assertThrows(OutOfMemoryError.class, background::await));
    IllegalStateException unchecked = new IllegalStateException("no");
    background.run(() -> sneak(unchecked));
    assertSame(unchecked, assertThrows(IllegalStateException.class, background::await));
  }

  /** As a dataset written in Kotlin may throw it. */
  @Test
  void aCheckedExceptionIsTheCauseOfAnUncheckedOne() {
    IOException checked = new IOException("disk");
    background.run(() -> BackgroundTest.<RuntimeException>sneak(checked));
    assertSame(checked, assertThrows(IllegalStateException.class, background::await).getCause());
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable e) throws E {
    throw (E) e;
  }
}
