package io.github.torchscribe.samples.visdom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.torchscribe.runtime.visdom.Options;
import io.github.torchscribe.runtime.visdom.Update;
import io.github.torchscribe.runtime.visdom.Visdom;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against the real server, where {@code scripts/visdom-server.sh --install-only} has put one.
 * Without it these tests are skipped, or fail with {@code -Dtools.required=true}.
 */
class VisdomServerTest {
  private static final Options NONE = Options.none();

  @TempDir private static Path folder;

  private static RealVisdom server;
  private static URI address;

  @BeforeAll
  static void start() throws Exception {
    server = RealVisdom.start(folder);
    address = server.address();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void linesGrow() {
    try (Visdom viz = Visdom.at(address).connect()) {
      String win = "growing";
      for (int step = 0; step < 5; step++) {
        viz.line(
            new double[] {1.0 / (step + 1)},
            new double[] {step},
            win,
            Update.APPEND,
            "loss",
            Options.title("loss"));
      }
      JsonNode content = RealVisdom.windowData(viz, win).get("content");
      assertEquals(1, content.get("data").size(), content.toString());
      assertEquals(5, content.get("data").get(0).get("y").size(), content.toString());
      assertEquals("loss", content.get("data").get(0).get("name").asText());

      viz.line(new double[] {7, 8}, new double[] {0, 1}, win, Update.REPLACE, "loss", NONE);
      assertEquals(
          "[7.0,8.0]",
          RealVisdom.windowData(viz, win).get("content").get("data").get(0).get("y").toString());
    }
  }

  @Test
  void everyKindOfWindowArrives() {
    try (Visdom viz = Visdom.at(address).env("kinds").connect()) {
      double[][] rows = {{1, 2}, {3, 4}};
      List<String> windows =
          List.of(
              viz.line(rows, new double[] {0, 1}, null, NONE.legend("a", "b")),
              viz.scatter(new double[] {0, 1}, new double[] {2, 3}, new int[] {1, 2}, null, NONE),
              viz.bar(rows, null, NONE),
              viz.histogram(new double[] {1, 2, 2, 3}, null, NONE),
              viz.heatmap(rows, null, NONE),
              viz.image(torch.rand(3, 8, 8), null, NONE.caption("noise")),
              viz.images(torch.rand(10, 1, 8, 8), null, NONE),
              viz.text("words", null, NONE));
      JsonNode all = RealVisdom.windowData(viz, null);
      assertEquals(windows.size(), all.size());
      for (String win : windows) {
        assertTrue(viz.winExists(win), win);
        assertTrue(all.has(win), win);
      }
      viz.close(windows.get(0));
      assertFalse(viz.winExists(windows.get(0)));
      viz.save("kinds");
      assertTrue(Files.exists(folder.resolve("envs/kinds.json")));
      viz.deleteEnv("kinds");
      assertFalse(viz.winExists(windows.get(1)));
    }
  }

  @Test
  void pythonReplaysTheFile() throws Exception {
    Path log = folder.resolve("messages.log");
    try (Visdom viz = Visdom.at(address).env("replayed").logToFile(log).connect()) {
      viz.text("words", "a text", NONE);
      for (int step = 0; step < 3; step++) {
        viz.line(new double[] {step}, new double[] {step}, "a line", Update.APPEND, "loss", NONE);
      }
      viz.save("replayed");
      viz.deleteEnv("replayed");
      assertFalse(viz.winExists("a text"));
      Process replay =
          new ProcessBuilder(
                  RealVisdom.python().toString(),
                  "-c",
                  "import sys, visdom; visdom.Visdom(server='http://127.0.0.1', port=int(sys.argv[1]),"
                      + " use_incoming_socket=False).replay_log(sys.argv[2])",
                  "" + address.getPort(),
                  log.toString())
              .inheritIO()
              .start();
      assertEquals(0, replay.waitFor());
      assertTrue(viz.winExists("a text"));
      JsonNode line = RealVisdom.windowData(viz, "a line").get("content").get("data").get(0);
      assertEquals("[0.0,1.0,2.0]", line.get("y").toString());
    }
  }
}
