package io.github.torchscribe.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What goes into the log, where {@code java.util.logging} is what writes it. */
public final class Warnings extends Handler implements AutoCloseable {
  /** Not collected while somebody listens. */
  private static final Logger LOGGER = Logger.getLogger("io.github.torchscribe");

  private final List<String> texts = Collections.synchronizedList(new ArrayList<>());

  /** Listens, and lets nobody else hear. */
  public Warnings() {
    LOGGER.addHandler(this);
    LOGGER.setUseParentHandlers(false);
  }

  /** All until now: level and text. */
  public List<String> texts() {
    return List.copyOf(texts);
  }

  @Override
  public void publish(LogRecord record) {
    texts.add(record.getLevel().getName() + " " + record.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LOGGER.removeHandler(this);
    LOGGER.setUseParentHandlers(true);
  }
}
