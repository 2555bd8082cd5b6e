package io.github.torchscribe.runtime.report;

import io.github.torchscribe.runtime.json.Json;
import io.github.torchscribe.runtime.json.Members;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.report.RunPage.Curve;
import io.github.torchscribe.runtime.report.RunPage.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what runs have left. Nothing in a file is taken for granted. */
final class RunRecords {
  /** A record has some ten kilobytes; nobody's page needs one that is a thousand times as large. */
  private static final long MOST_BYTES = 50_000_000;

  private static final Set<String> STATES = Set.of("running", "finished", "stopped");

  private RunRecords() {}

  /**
   * Reads a run's record; where the run had not come to its end, and its process has, it says so.
   *
   * @throws IOException says what is wrong, without the file's name
   */
  static RunRecord read(Path file) throws IOException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException(
            "it has " + Files.size(file) + " bytes, which no record of a run has");
      }
      return record(Members.of(Json.read(Files.readAllBytes(file))));
    } catch (IllegalArgumentException e) {
      throw new IOException("it is no whole record of a run: " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new IOException("it is not there", e);
    }
  }

  private static RunRecord record(Members json) {
    String format = json.text("format");
    if (!format.equals(RunRecord.FORMAT)) {
      throw new IllegalArgumentException(
          "its format is '" + format + "' and not '" + RunRecord.FORMAT + "'");
    }
    String status = json.text("status");
    if (!STATES.contains(status)) {
      throw new IllegalArgumentException("its status is '" + status + "'");
    }
    boolean cutOff = status.equals("running") && Whereabouts.isGone(json.text("process"));
    List<Fact> settings = new ArrayList<>();
    for (Members fact : json.objects("settings")) {
      settings.add(new Fact(fact.text("name"), fact.text("value")));
    }
    return new RunRecord(
        json.text("network"),
        cutOff ? "cut off" : status,
        cutOff ? "its process has gone" : json.text("message"),
        began(json.text("began")),
        json.text("written"),
        json.text("process"),
        json.number("seconds"),
        (int) json.number("epochs"),
        settings,
        measures(json),
        curve(Members.of(json.all().get("epochSeconds"))));
  }

  private static OffsetDateTime began(String text) {
    try {
      return OffsetDateTime.parse(text, RunRecord.INSTANT);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("it began at '" + text + "', which is no time", e);
    }
  }

  private static List<RunRecord.Measure> measures(Members json) {
    List<RunRecord.Measure> measures = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Members measure : json.objects("measures")) {
      String name = measure.text("name");
      if (!names.add(name)) {
        throw new IllegalArgumentException("it has '" + name + "' twice");
      }
      Optional<Boolean> higherIsBetter =
          measure.all().get("higherIsBetter") instanceof Boolean higher
              ? Optional.of(higher)
              : Optional.empty();
      measures.add(
          new RunRecord.Measure(
              new TrainingLog.Measured(name, higherIsBetter),
              measure.truth("ofSteps"),
              curve(measure)));
    }
    return measures;
  }

  private static Curve curve(Members json) {
    double[] x = json.numbers("x");
    double[] y = json.numbers("y");
    if (x.length != y.length) {
      throw new IllegalArgumentException("a curve has " + x.length + " x and " + y.length + " y");
    }
    return new Curve(x, y);
  }
}
