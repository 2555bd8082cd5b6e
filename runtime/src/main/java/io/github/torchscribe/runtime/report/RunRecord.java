package io.github.torchscribe.runtime.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.page.Page;
import io.github.torchscribe.runtime.report.RunPage.Curve;
import io.github.torchscribe.runtime.report.RunPage.Fact;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code run.json}: what a run leaves for those who compare it with others.
 *
 * @param status {@code running}, {@code finished}, {@code stopped}
 * @param message why it stopped; empty otherwise
 * @param written when this was
 * @param process in which it ran, as {@link Whereabouts} has it
 * @param epochs how many are done
 * @param settings of the network, of the trainer and of the user's own
 * @param measures curves over epochs
 * @param epochSeconds what each epoch took to train
 */
record RunRecord(
    String network,
    String status,
    String message,
    OffsetDateTime began,
    String written,
    String process,
    double seconds,
    int epochs,
    List<Fact> settings,
    List<Measure> measures,
    Curve epochSeconds) {
  static final String FILE = "run.json";
  static final String FORMAT = "torchscribe run 1";

  /** So that runs of one second, or of the hour that clocks are put back by, keep their order. */
  static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);

  /** What of curves over steps is kept: what a screen shows of one among many. */
  private static final int MOST_STEPS = 500;

  /**
   * A curve with a name.
   *
   * @param ofSteps whether it has points for steps, and not for epochs
   */
  record Measure(TrainingLog.Measured what, boolean ofSteps, Curve values) {}

  /** What there is of a run until now. */
  static RunRecord of(RunPage.Content run) {
    List<Measure> measures = new ArrayList<>();
    addEpochs(measures, run.whole(), "");
    run.parts().forEach(part -> addEpochs(measures, part, " of " + part.name()));
    for (RunPage.Measure metric : run.metrics()) {
      measures.add(new Measure(metric.what(), false, metric.values()));
    }
    add(measures, "training loss of each step", false, true, inEpochs(run.whole().loss(), run));
    if (run.learningRate().x().length > 0) {
      add(measures, "learning rate", null, true, inEpochs(run.learningRate(), run));
    }
    return new RunRecord(
        run.network().name(),
        run.status(),
        run.message(),
        run.began().toOffsetDateTime(),
        Page.TIME.format(ZonedDateTime.now()),
        Whereabouts.own(),
        run.seconds(),
        run.trainSeconds().x().length,
        settings(run),
        measures,
        run.trainSeconds());
  }

  private static void addEpochs(List<Measure> measures, RunPage.Track track, String of) {
    add(measures, "test loss" + of, false, false, track.testLoss());
    add(measures, "test accuracy" + of, true, false, track.testAccuracy());
    add(measures, "training loss" + of, false, false, track.meanLoss());
  }

  private static void add(
      List<Measure> measures, String name, Boolean higher, boolean ofSteps, Curve values) {
    if (values.x().length > 0) {
      measures.add(
          new Measure(
              new TrainingLog.Measured(name, Optional.ofNullable(higher)), ofSteps, values));
    }
  }

  /** Of a curve over steps every so many points, over epochs. */
  private static Curve inEpochs(Curve steps, RunPage.Content run) {
    int stride = (steps.x().length + MOST_STEPS - 1) / MOST_STEPS;
    int count = stride == 0 ? 0 : (steps.x().length + stride - 1) / stride;
    double[] x = new double[count];
    double[] y = new double[count];
    for (int i = 0; i < count; i++) {
      x[i] = steps.x()[i * stride] / run.stepsPerEpoch();
      y[i] = steps.y()[i * stride];
    }
    return new Curve(x, y);
  }

  private static List<Fact> settings(RunPage.Content run) {
    List<Fact> all = new ArrayList<>();
    StringBuilder layers = new StringBuilder();
    run.network().layers().forEach(layer -> layers.append(' ').append(layer.text()));
    all.add(new Fact("network", run.network().name()));
    all.add(new Fact("layers", layers.toString().strip()));
    all.add(new Fact("parameters", "" + run.parameters()));
    all.add(new Fact("loss", run.network().loss()));
    all.add(new Fact("optimizer", run.network().optimizer()));
    all.addAll(run.settings());
    return all;
  }

  /** Writes it as one value. */
  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", FORMAT);
    writeFields(json);
    json.writeEndObject();
  }

  /** Writes all that it has into a value that has begun. */
  void writeFields(JsonGenerator json) throws IOException {
    json.writeStringField("network", network);
    json.writeStringField("status", status);
    json.writeStringField("message", message);
    json.writeStringField("began", INSTANT.format(began));
    json.writeStringField("written", written);
    json.writeStringField("process", process);
    json.writeFieldName("seconds");
    Page.number(json, seconds);
    json.writeNumberField("epochs", epochs);
    ContentJson.facts(json, "settings", settings);
    json.writeArrayFieldStart("measures");
    for (Measure measure : measures) {
      json.writeStartObject();
      ContentJson.measured(json, measure.what());
      json.writeBooleanField("ofSteps", measure.ofSteps());
      curve(json, measure.values());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("epochSeconds");
    curve(json, epochSeconds);
    json.writeEndObject();
  }

  private static void curve(JsonGenerator json, Curve curve) throws IOException {
    numbers(json, "x", curve.x());
    numbers(json, "y", curve.y());
  }

  private static void numbers(JsonGenerator json, String name, double... values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (double value : values) {
      Page.number(json, value);
    }
    json.writeEndArray();
  }
}
