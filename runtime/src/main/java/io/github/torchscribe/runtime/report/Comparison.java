package io.github.torchscribe.runtime.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.torchscribe.runtime.file.FileFailure;
import io.github.torchscribe.runtime.page.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Runs beside each other, and what could not be read. */
final class Comparison {
  private static final String TEMPLATE = "comparison.html";

  /** How far below a folder that was named runs are looked for. */
  private static final int DEPTH = 5;

  private final List<Entry> runs = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private record Entry(Path folder, RunRecord run) {}

  /**
   * Reads runs.
   *
   * @param paths folders of runs, folders that have some anywhere inside, or records
   */
  static Comparison of(List<Path> paths) {
    Comparison comparison = new Comparison();
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : paths) {
      try {
        List<Path> found = comparison.records(path);
        files.addAll(found);
        if (found.isEmpty()) {
          comparison.problems.add(path + ": " + whyNone(path));
        }
      } catch (IOException e) {
        comparison.problems.add(FileFailure.of(path, e));
      }
    }
    files.forEach(comparison::read);
    comparison.runs.sort(
        Comparator.comparing((Entry entry) -> entry.run().began().toInstant())
            .thenComparing(entry -> entry.folder().toString()));
    return comparison;
  }

  private List<Path> records(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return List.of(path.normalize());
    }
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        path,
        Set.of(FileVisitOption.FOLLOW_LINKS),
        DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.endsWith(RunRecord.FILE)) {
              found.add(file.normalize());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            problems.add(file + ": cannot be looked into (" + e.getClass().getSimpleName() + ")");
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  private static String whyNone(Path path) {
    return Files.isDirectory(path)
        ? "there is no run in it, which would have a file " + RunRecord.FILE
        : "there is no such folder";
  }

  private void read(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      runs.add(new Entry(folder, RunRecords.read(file)));
    } catch (IOException e) {
      problems.add(file + ": " + e.getMessage());
    }
  }

  /** How many runs there are. */
  int size() {
    return runs.size();
  }

  /** What could not be read, a line for each. */
  List<String> problems() {
    return problems;
  }

  /**
   * Writes the page.
   *
   * @param folder that it will lie in, from which runs' reports are linked to
   */
  void write(Path folder, OutputStream out) throws IOException {
    Page.write(
        Comparison.class.getResourceAsStream(TEMPLATE),
        json -> content(folder.toAbsolutePath().normalize(), json),
        out);
  }

  private void content(Path folder, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("made", Page.TIME.format(ZonedDateTime.now()));
    json.writeArrayFieldStart("runs");
    for (Entry entry : runs) {
      json.writeStartObject();
      json.writeStringField("name", name(entry.folder()));
      json.writeStringField("path", entry.folder().toString());
      json.writeStringField("report", link(folder, entry.folder().resolve(RunReport.PAGE)));
      entry.run().writeFields(json);
      json.writeEndObject();
    }
    json.writeEndArray();
    Page.texts(json, "problems", problems);
    json.writeEndObject();
  }

  /** The folder's own name, behind that of the one around it where several are called so. */
  private String name(Path folder) {
    String name = folder.getFileName().toString();
    boolean isAlone =
        runs.stream().filter(entry -> entry.folder().getFileName().toString().equals(name)).count()
            == 1;
    Path around = folder.getParent() == null ? null : folder.getParent().getFileName();
    return isAlone || around == null ? name : around + "/" + name;
  }

  /** From one folder to a file, as a browser takes it; null where there is no such file. */
  private static String link(Path from, Path to) {
    if (!Files.exists(to)) {
      return null;
    }
    URI target = to.toAbsolutePath().normalize().toUri();
    if (!from.getRoot().equals(to.toAbsolutePath().getRoot())) {
      return target.toString(); // another drive of Windows
    }
    // By a URI of each name: what is special in one, such as # and spaces, is written otherwise.
    StringBuilder link = new StringBuilder();
    for (Path name : from.relativize(to.toAbsolutePath().normalize())) {
      String path = name.toString().replace('\\', '/');
      link.append(link.length() == 0 ? "" : "/");
      link.append(path.equals("..") ? path : encoded(path));
    }
    return link.toString();
  }

  private static String encoded(String name) {
    try {
      String path = new URI(null, null, "/" + name, null).toASCIIString();
      return path.substring(1).replace(":", "%3A");
    } catch (URISyntaxException e) {
      return name;
    }
  }
}
