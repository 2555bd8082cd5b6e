package io.github.torchscribe.runtime.search;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.torchscribe.runtime.page.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;

/** {@code search.html}: all trials, in plots and in a table. */
record SearchPage(
    Path folder, Plan plan, List<TrialOutcome> outcomes, int planned, boolean isComplete) {
  void write(OutputStream out) throws IOException {
    Page.write(SearchPage.class.getResourceAsStream("search.html"), this::content, out);
  }

  private void content(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", folder.toAbsolutePath().normalize().getFileName().toString());
    json.writeStringField("made", Page.TIME.format(ZonedDateTime.now()));
    json.writeStringField("measure", plan.measure());
    json.writeBooleanField("higherIsBetter", plan.higherIsBetter());
    json.writeNumberField("planned", planned);
    json.writeBooleanField("complete", isComplete);
    Page.texts(json, "asked", plan.identity());
    json.writeArrayFieldStart("space");
    for (Setting setting : plan.space().settings()) {
      json.writeStartObject();
      json.writeStringField("name", setting.name());
      json.writeStringField("scale", setting.scale());
      if (setting instanceof Setting.Choice choice) {
        Page.texts(json, "values", choice.values());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    SearchFolder.outcomes(json, outcomes);
    json.writeEndObject();
  }
}
