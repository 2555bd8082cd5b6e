package io.github.torchscribe.samples.pages;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What one run of javac, with the processor of the class path, has said of many listings. */
final class Compiled {
  private final Map<Listing, List<Diagnostic<?>>> said = new HashMap<>();
  private final List<String> ofNone = new ArrayList<>();

  private Compiled() {}

  /**
   * Compiles all in one run, which reads libtorch's classes once.
   *
   * @param folder for the classes
   */
  static Compiled of(List<Listing> listings, Path folder) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    Map<URI, Listing> sources = new HashMap<>();
    List<JavaFileObject> files = new ArrayList<>();
    for (Listing listing : listings) {
      JavaFileObject file = new Source(listing);
      if (sources.put(file.toUri(), listing) != null) {
        throw new AssertionError(listing.fence() + ": there is another " + file.toUri());
      }
      files.add(file);
    }
    try (StandardJavaFileManager manager =
        javac.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
      javac.getTask(null, manager, diagnostics, options(folder), null, files).call();
    }
    Compiled compiled = new Compiled();
    listings.forEach(listing -> compiled.said.put(listing, new ArrayList<>()));
    for (Diagnostic<? extends JavaFileObject> one : diagnostics.getDiagnostics()) {
      Listing listing = one.getSource() == null ? null : sources.get(one.getSource().toUri());
      if (listing != null) {
        compiled.said.get(listing).add(one);
      } else if (one.getKind() != Diagnostic.Kind.NOTE) {
        compiled.ofNone.add(one.toString());
      }
    }
    return compiled;
  }

  private static List<String> options(Path folder) {
    List<String> options = new ArrayList<>(List.of("-d", folder.toString(), "-parameters"));
    // Nobody claims annotations of the page's own; and what a section has stands in several files.
    options.add("-Xlint:all,-processing,-auxiliaryclass");
    options.addAll(List.of("-Xmaxerrs", "10000", "-Xmaxwarns", "10000"));
    if (Runtime.version().feature() > 20) {
      options.add("-proc:full");
    }
    return options;
  }

  /**
   * Errors and warnings of a page, and where they are; where something else is wrong, not that
   * models are missing, which is what comes of it.
   */
  List<String> complaints(Page page) {
    boolean modelsAlone =
        said.values().stream()
            .flatMap(List::stream)
            .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
            .allMatch(Compiled::isOfModel);
    List<String> complaints = new ArrayList<>();
    said.forEach(
        (listing, diagnostics) -> {
          if (listing.fence().page().equals(page.path())) {
            diagnostics.stream()
                .filter(one -> one.getKind() != Diagnostic.Kind.NOTE)
                .filter(one -> modelsAlone || !isOfModel(one))
                .map(one -> listing.where(one.getLineNumber()) + ": " + one.getMessage(Locale.ROOT))
                .forEach(complaints::add);
          }
        });
    return complaints;
  }

  private static boolean isOfModel(Diagnostic<?> one) {
    return one.getMessage(Locale.ROOT).matches("(?s).*symbol: +\\w+ \\w+Model\\b.*");
  }

  /** What is said of no listing, such as of generated sources. */
  List<String> otherComplaints() {
    return ofNone;
  }

  /** Errors of a listing, as the pages show them: {@code [line,column] message}. */
  String errors(Listing listing) {
    StringBuilder errors = new StringBuilder();
    for (Diagnostic<?> one : said.get(listing)) {
      if (one.getKind() == Diagnostic.Kind.ERROR) {
        errors.append('[').append(one.getLineNumber() - 1).append(',');
        errors.append(one.getColumnNumber()).append("] ");
        errors.append(one.getMessage(Locale.ROOT)).append('\n');
      }
    }
    return errors.toString();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(Listing listing) {
      super(
          URI.create("page:///" + listing.named(listing.type()).replace('.', '/') + ".java"),
          Kind.SOURCE);
      text = listing.source();
    }

    @Override
    public CharSequence getCharContent(boolean ignoresErrors) {
      return text;
    }
  }
}
