package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.processor.message.Report;
import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What kinds there are of something, and who reads their annotations.
 *
 * @param <T> of what
 */
public final class Kinds<T> {
  private final Map<String, BiFunction<Written, Report, T>> readers = new LinkedHashMap<>();

  /** None yet. */
  public Kinds() {}

  /**
   * Adds a kind.
   *
   * @param annotation its annotation
   * @param reader makes one of the annotation's values, and reports what is wrong with them
   * @return this
   */
  public Kinds<T> add(
      Class<? extends Annotation> annotation, BiFunction<Written, Report, T> reader) {
    readers.put(annotation.getName(), reader);
    return this;
  }

  /**
   * Their annotations.
   *
   * @return qualified names
   */
  public Set<String> names() {
    return readers.keySet();
  }

  /**
   * Reads an annotation.
   *
   * @param written one of {@link #names}
   * @param report is told what is wrong
   * @return what it says
   */
  public T read(Written written, Report report) {
    return readers.get(written.kind()).apply(written, report);
  }
}
