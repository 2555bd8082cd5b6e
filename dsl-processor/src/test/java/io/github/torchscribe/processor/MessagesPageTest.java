package io.github.torchscribe.processor;

import io.github.torchscribe.processor.message.Message;
import java.io.IOException;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;

/**
 * The page that lists all messages is what the enum says; {@code -Dgolden.update=true} writes it.
 */
class MessagesPageTest {
  @Test
  void listsEveryMessage() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("# Messages of the compiler\n\n");
    page.append(
        "What the annotation processor can say, with `…` for what depends on the network.\n");
    append(page, "Errors", Kind.ERROR);
    append(page, "Warnings", Kind.WARNING);
    page.append("\nA warning is silenced on the interface, or on a class around it, by\n");
    page.append("`@SuppressWarnings(\"torchscribe:TS101\")`.\n");
    new GeneratedPage("messages.md").requireToBe(page.toString());
  }

  private static void append(StringBuilder page, String title, Kind kind) {
    page.append("\n## ").append(title).append("\n\n| id | message |\n|---|---|\n");
    for (Message message : Message.values()) {
      if (message.kind() == kind) {
        String text = message.text().replaceAll("%(\\d\\$)?[sd]", "…");
        page.append("| ").append(message.id()).append(" | ").append(text).append(" |\n");
      }
    }
  }
}
