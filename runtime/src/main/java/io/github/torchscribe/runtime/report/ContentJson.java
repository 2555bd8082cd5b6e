package io.github.torchscribe.runtime.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.page.Page;
import java.io.IOException;
import java.util.List;

/**
 * What a page shows as JSON, written field by field: finding the fields out takes 0.15 s in a new
 * process, a third of an epoch of a small network.
 */
final class ContentJson {
  private final JsonGenerator json;

  private ContentJson(JsonGenerator json) {
    this.json = json;
  }

  /** Writes it as one value. */
  static void write(RunPage.Content content, JsonGenerator json) throws IOException {
    new ContentJson(json).content(content);
  }

  private void content(RunPage.Content content) throws IOException {
    json.writeStartObject();
    network(content.network());
    json.writeNumberField("parameters", content.parameters());
    json.writeStringField("status", content.status());
    json.writeStringField("message", content.message());
    json.writeStringField("began", Page.TIME.format(content.began()));
    json.writeNumberField("seconds", content.seconds());
    facts(json, "settings", content.settings());
    facts(json, "machine", content.machine());
    json.writeNumberField("stepsPerEpoch", content.stepsPerEpoch());
    curve("learningRate", content.learningRate());
    curve("trainSeconds", content.trainSeconds());
    track(content.whole());
    json.writeArrayFieldStart("parts");
    for (RunPage.Track part : content.parts()) {
      json.writeStartObject();
      track(part);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("metrics");
    for (RunPage.Measure metric : content.metrics()) {
      json.writeStartObject();
      measured(json, metric.what());
      curve("values", metric.values());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static void measured(JsonGenerator json, TrainingLog.Measured metric) throws IOException {
    json.writeStringField("name", metric.name());
    if (metric.higherIsBetter().isPresent()) {
      json.writeBooleanField("higherIsBetter", metric.higherIsBetter().get());
    } else {
      json.writeNullField("higherIsBetter");
    }
  }

  private void track(RunPage.Track track) throws IOException {
    json.writeStringField("name", track.name());
    result(track.result());
    curve("loss", track.loss());
    curve("meanLoss", track.meanLoss());
    curve("testLoss", track.testLoss());
    curve("testAccuracy", track.testAccuracy());
    confusion(track.confusion());
    mistakes(track.mistakes());
  }

  private void network(Summary network) throws IOException {
    json.writeObjectFieldStart("network");
    json.writeStringField("name", network.name());
    json.writeArrayFieldStart("inputs");
    for (Summary.Port input : network.inputs()) {
      json.writeStartObject();
      json.writeStringField("name", input.name());
      json.writeStringField("shape", input.shape());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("layers");
    for (Summary.Layer layer : network.layers()) {
      json.writeStartObject();
      json.writeStringField("path", layer.path());
      json.writeStringField("text", layer.text());
      Page.texts(json, "reads", layer.reads());
      json.writeStringField("output", layer.output());
      json.writeNumberField("parameters", layer.parameters());
      json.writeNumberField("multiplyAdds", layer.multiplyAdds());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("loss", network.loss());
    json.writeStringField("optimizer", network.optimizer());
    json.writeNumberField("evaluationBytes", network.evaluationBytes());
    json.writeNumberField("trainingBytes", network.trainingBytes());
    json.writeEndObject();
  }

  private void result(RunPage.Result result) throws IOException {
    if (result == null) {
      json.writeNullField("result");
      return;
    }
    json.writeObjectFieldStart("result");
    json.writeFieldName("loss");
    number(result.loss());
    json.writeNumberField("correct", result.correct());
    json.writeNumberField("decisions", result.decisions());
    json.writeEndObject();
  }

  static void facts(JsonGenerator json, String name, List<RunPage.Fact> facts) throws IOException {
    json.writeArrayFieldStart(name);
    for (RunPage.Fact fact : facts) {
      json.writeStartObject();
      json.writeStringField("name", fact.name());
      json.writeStringField("value", fact.value());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void curve(String name, RunPage.Curve curve) throws IOException {
    json.writeObjectFieldStart(name);
    numbers("x", curve.x());
    numbers("y", curve.y());
    json.writeEndObject();
  }

  private void numbers(String name, double[] values) throws IOException {
    json.writeArrayFieldStart(name);
    for (double value : values) {
      number(value);
    }
    json.writeEndArray();
  }

  /** As a 32-bit float: nobody sees more digits, and the file is half as long. */
  private void number(double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber((float) value);
    } else {
      json.writeNull();
    }
  }

  private void confusion(long[][] counts) throws IOException {
    if (counts == null) {
      json.writeNullField("confusion");
      return;
    }
    json.writeArrayFieldStart("confusion");
    for (long[] row : counts) {
      json.writeArray(row, 0, row.length);
    }
    json.writeEndArray();
  }

  private void mistakes(Mistakes mistakes) throws IOException {
    if (mistakes == null) {
      json.writeNullField("mistakes");
      return;
    }
    json.writeObjectFieldStart("mistakes");
    json.writeNumberField("count", mistakes.count());
    json.writeNumberField("decisions", mistakes.decisions());
    json.writeArrayFieldStart("images");
    for (Mistakes.Image image : mistakes.images()) {
      json.writeStartObject();
      json.writeStringField("source", image.source());
      json.writeNumberField("index", image.index());
      json.writeNumberField("right", image.right());
      json.writeNumberField("predicted", image.predicted());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
