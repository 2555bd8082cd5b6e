package io.github.torchscribe.runtime.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which versions there are in this process. */
public final class Versions {
  /** Written by the build. */
  private static final Properties ALL = read();

  private Versions() {}

  /**
   * The version of what this was built with.
   *
   * @param what {@code torchscribe}, {@code pytorch} or {@code chart.js}
   * @return as Maven has it
   */
  public static String of(String what) {
    return ALL.getProperty(what);
  }

  private static Properties read() {
    Properties versions = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions;
  }
}
