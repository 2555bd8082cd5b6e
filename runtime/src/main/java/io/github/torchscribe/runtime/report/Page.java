package io.github.torchscribe.runtime.report;

import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.log.Series;
import io.github.torchscribe.runtime.process.Versions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code report.html}: the page's own file, into which go the chart library and the run's content
 * as JSON. The page makes text of the content, never markup, so nothing in it can become a script.
 */
final class Page {
  private static final String TEMPLATE = "report.html";

  /** Where in the page's own file the rest goes. */
  private static final String CHARTS = "/* the chart library */";

  private static final String CONTENT = "/* the content */";

  private Page() {}

  /** What a page shows; what is not known yet is null. */
  record Content(
      Summary network,
      long parameters,
      String status,
      String message,
      String began,
      double seconds,
      List<Fact> settings,
      List<Fact> machine,
      long stepsPerEpoch,
      Track whole,
      List<Track> parts,
      Curve learningRate,
      Curve trainSeconds) {}

  /** How the run does in its loss; in the sum of several, or in one of them, which has a name. */
  record Track(
      String name,
      Result result,
      Curve loss,
      Curve meanLoss,
      Curve testLoss,
      Curve testAccuracy,
      long[][] confusion,
      Mistakes mistakes) {}

  /** Something with a name. */
  record Fact(String name, String value) {}

  /** How the last evaluation went. */
  record Result(double loss, long correct, long decisions) {
    static Result of(Evaluation evaluation) {
      return new Result(evaluation.loss(), evaluation.correct(), evaluation.decisions());
    }
  }

  /** The points of a curve; what is no number becomes null on the page. */
  record Curve(double[] x, double[] y) {
    static final Curve EMPTY = of(new Series());

    static Curve of(Series series) {
      return new Curve(series.x(0), series.y(0));
    }
  }

  /** Writes a whole page. */
  static void write(Content content, OutputStream out) throws IOException {
    String template = read(TEMPLATE, Page.class.getResourceAsStream(TEMPLATE));
    int charts = template.indexOf(CHARTS);
    int json = template.indexOf(CONTENT);
    text(template.substring(0, charts), out);
    charts(out);
    text(template.substring(charts + CHARTS.length(), json), out);
    ContentJson.write(content, out);
    text(template.substring(json + CONTENT.length()), out);
  }

  private static void text(String text, OutputStream out) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Without the address of its source map, which a browser's tools would ask for. */
  private static void charts(OutputStream out) throws IOException {
    String version = Versions.of("chart.js");
    String name = "META-INF/resources/webjars/chart.js/" + version + "/dist/chart.umd.js";
    // By the loader: a class of a module sees that module's resources alone.
    String all = read(name, Page.class.getClassLoader().getResourceAsStream(name));
    int sourceMap = all.lastIndexOf("//# sourceMappingURL=");
    text(sourceMap < 0 ? all : all.substring(0, sourceMap), out);
  }

  private static String read(String name, InputStream resource) throws IOException {
    try (InputStream in = resource) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
