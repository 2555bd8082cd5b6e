package io.github.torchscribe.runtime.library;

import io.github.torchscribe.runtime.process.Versions;

/**
 * A library that is there where somebody has added it. One class stands before each of them, and
 * nobody comes to that class who has not asked here.
 *
 * <p>What was asked for by name is refused without it; what would come by itself is left out, and
 * the log says so.
 */
public enum Library {
  /** For downloads and Visdom. */
  OKHTTP("OkHttp", "com.squareup.okhttp3:okhttp-jvm", "okhttp", "okhttp3"),
  /** For tables in files. */
  FASTCSV("FastCSV", "de.siegmar:fastcsv", "fastcsv", "de.siegmar.fastcsv"),
  /** For the bar on a terminal. */
  PROGRESSBAR("progressbar", "me.tongfei:progressbar", "progressbar", "me.tongfei.progressbar"),
  /** For the curves of reports. */
  CHART_JS("Chart.js", "org.webjars.npm:chart.js", "chart.js", "chart.js");

  private final String title;
  private final String artifact;
  private final String version;
  private final String module;

  /**
   * A library.
   *
   * @param version what {@link Versions} calls it
   * @param module its name on the module path
   */
  Library(String title, String artifact, String version, String module) {
    this.title = title;
    this.artifact = artifact;
    this.version = version;
    this.module = module;
  }

  /**
   * A file of it that is needed.
   *
   * @return as class loaders name it
   */
  public String resource() {
    return switch (this) {
      case OKHTTP -> "okhttp3/OkHttpClient.class";
      case FASTCSV -> "de/siegmar/fastcsv/reader/CsvReader.class";
      case PROGRESSBAR -> "me/tongfei/progressbar/ProgressBar.class";
      case CHART_JS ->
          "META-INF/resources/webjars/chart.js/" + Versions.of(version) + "/dist/chart.umd.js";
    };
  }

  /**
   * Whether it is there.
   *
   * @return false where nobody has added it
   */
  public boolean isThere() {
    // By the loader: a class of a module sees that module's resources alone.
    return Library.class.getClassLoader().getResource(resource()) != null;
  }

  /**
   * Refuses what cannot be done without it.
   *
   * @param what takes it, for example {@code reading CSV files}
   * @throws IllegalStateException when it is not there; the message says what to add
   */
  public void require(String what) {
    if (!isThere()) {
      throw new IllegalStateException(missing(what));
    }
  }

  /**
   * What to do where it is not there.
   *
   * @param what takes it, for example {@code reading CSV files}
   * @return a message
   */
  public String missing(String what) {
    boolean modules = Library.class.getModule().isNamed();
    return what
        + " takes "
        + title
        + ", which is not on the "
        + (modules ? "module path, or required by no module" : "class path")
        + ": add io.github.torchscribe:torchscribe-training:"
        + Versions.of("torchscribe")
        + ", which has all that the runtime can use"
        + (modules ? " (requires io.github.torchscribe.training;)" : "")
        + ", or "
        + artifact
        + ":"
        + Versions.of(version)
        + " alone"
        + (modules ? " (--add-modules " + module + ")" : "");
  }
}
