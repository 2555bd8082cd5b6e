package io.github.torchscribe.runtime.search;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.torchscribe.runtime.page.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** {@code search.html}: all trials, in plots and in a table. */
record SearchPage(
    Path folder, Plan plan, List<TrialOutcome> outcomes, int planned, boolean isComplete) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

  void write(OutputStream out) throws IOException {
    Page.write(SearchPage.class.getResourceAsStream("search.html"), this::content, out);
  }

  private void content(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", folder.toAbsolutePath().normalize().getFileName().toString());
    json.writeStringField("made", TIME.format(ZonedDateTime.now()));
    json.writeStringField("measure", plan.measure());
    json.writeBooleanField("higherIsBetter", plan.higherIsBetter());
    json.writeNumberField("planned", planned);
    json.writeBooleanField("complete", isComplete);
    json.writeArrayFieldStart("asked");
    for (String line : plan.identity()) {
      json.writeString(line);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("space");
    for (Setting setting : plan.space().settings()) {
      json.writeStartObject();
      json.writeStringField("name", setting.name());
      json.writeStringField("scale", setting.scale());
      if (setting instanceof Setting.Choice choice) {
        json.writeArrayFieldStart("values");
        for (Object value : choice.values()) {
          json.writeString(value.toString());
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    SearchFolder.outcomes(json, outcomes);
    json.writeEndObject();
  }
}
