package io.github.torchscribe.runtime.report;

import io.github.torchscribe.runtime.file.FileFailure;
import io.github.torchscribe.runtime.page.WholePage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares training runs: one page with the curves of all, their settings where they differ, and
 * what each came to at best. It reads what a {@link RunReport} leaves in each run's folder, also of
 * runs that go on, have failed or were killed.
 *
 * <pre>{@code
 * java -cp app.jar:lib/* io.github.torchscribe.runtime.report.TorchscribeReport runs
 * }</pre>
 *
 * <table>
 * <caption>Arguments</caption>
 * <tr><td>{@code RUNS ...}</td><td>folders of runs, or folders that have some inside; {@code runs}
 *     where none are named</td></tr>
 * <tr><td>{@code --out FILE}</td><td>the page; {@code comparison.html}</td></tr>
 * </table>
 *
 * <p>What cannot be read is named on the error stream and on the page, and the others go on. The
 * exit code is 0 when at least one run could be read, 1 when none could or the page cannot be
 * written, 2 when the command line makes no sense.
 */
public final class TorchscribeReport {
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final String LINE = "usage: torchscribe-report [RUNS ...] [--out FILE]";

  private TorchscribeReport() {}

  /**
   * Ends with an exit code.
   *
   * @param args folders, and where the page goes
   */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  static int run(PrintStream out, PrintStream err, String... args) {
    List<Path> paths = new ArrayList<>();
    Path page = Path.of("comparison.html");
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--help")) {
        out.println("Compares training runs on one page.\n\n" + LINE);
        out.println("  RUNS        folders of runs, or folders that have some inside (runs)");
        out.println("  --out FILE  the page (comparison.html)");
        return 0;
      }
      if (args[i].equals("--out") && i + 1 < args.length) {
        page = Path.of(args[++i]);
      } else if (args[i].startsWith("--")) {
        err.println(
            args[i].equals("--out")
                ? "--out needs a file."
                : "There is no option " + args[i] + ".");
        err.println(LINE);
        return USAGE;
      } else {
        paths.add(Path.of(args[i]));
      }
    }
    return write(Comparison.of(paths.isEmpty() ? List.of(Path.of("runs")) : paths), page, out, err);
  }

  private static int write(Comparison runs, Path page, PrintStream out, PrintStream err) {
    runs.problems().forEach(problem -> err.println("Left out: " + problem));
    if (runs.size() == 0) {
      err.println("There is no run to show.");
      return FAILED;
    }
    Path folder = page.toAbsolutePath().getParent();
    try {
      if (folder == null || Files.isDirectory(page)) {
        throw new IOException("it is a folder; give the name of a file with --out");
      }
      Files.createDirectories(folder);
      WholePage.write(page, false, stream -> runs.write(folder, stream));
    } catch (IOException e) {
      err.println("The page cannot be written: " + FileFailure.of(page, e));
      return FAILED;
    }
    out.println(runs.size() + (runs.size() == 1 ? " run: " : " runs: ") + page);
    return 0;
  }
}
