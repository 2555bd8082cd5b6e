package io.github.torchscribe.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.runtime.torch.Threads;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** What a sample prints. */
public final class Printed {
  private Printed() {}

  /** Of a sample that succeeds; afterwards there are as many threads as before. */
  public static String by(Callable<Integer> sample, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    int threads = Threads.count();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, new CommandLine(sample).execute(arguments));
    } finally {
      System.setOut(before);
      Threads.set(threads);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
