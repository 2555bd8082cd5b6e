package io.github.torchscribe.runtime.search;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.torchscribe.runtime.json.Json;
import io.github.torchscribe.runtime.json.Members;
import io.github.torchscribe.runtime.page.Page;
import io.github.torchscribe.runtime.page.WholePage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What a search keeps, one search at a time. */
final class SearchFolder implements AutoCloseable {
  private static final String FORMAT = "torchscribe search 1";
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Path folder;
  private final FileChannel lock;
  private final List<TrialOutcome> outcomes = new ArrayList<>();
  private long pageWritten = System.nanoTime() - PAUSE.toNanos();

  private SearchFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Takes a folder, with what it knows of this search. */
  static SearchFolder open(Path folder, Plan plan) {
    try {
      Files.createDirectories(folder);
      FileChannel lock =
          FileChannel.open(
              folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        require(lock, folder);
        SearchFolder opened = new SearchFolder(folder, lock);
        opened.read(plan);
        return opened;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a search cannot be kept in " + folder + ": " + e, e);
    }
  }

  private static void require(FileChannel lock, Path folder) throws IOException {
    boolean isOurs;
    try {
      isOurs = lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      isOurs = false; // another search in this JVM
    }
    if (!isOurs) {
      throw new IllegalStateException(
          "another search works in " + folder + "; give each its own folder");
    }
  }

  Path path() {
    return folder;
  }

  Path page() {
    return folder.resolve("search.html");
  }

  private Path file() {
    return folder.resolve("search.json");
  }

  /** What came of what was tried before. */
  List<TrialOutcome> outcomes() {
    return outcomes;
  }

  /** A trial's own folder. */
  Path ofTrial(int id) {
    try {
      return Files.createDirectories(folder.resolve("trials").resolve("" + id));
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for trial " + id + " in " + folder + ": " + e, e);
    }
  }

  private void read(Plan plan) throws IOException {
    if (!Files.exists(file())) {
      requireNoTrials();
      write(plan, List.of());
      return;
    }
    List<String> before;
    try {
      Members json = Members.of(Json.read(Files.readAllBytes(file())));
      if (!json.text("format").equals(FORMAT)) {
        throw new IllegalArgumentException("its format is '" + json.text("format") + "'");
      }
      before = json.texts("identity");
      if (before.equals(plan.identity())) {
        for (Members outcome : json.objects("outcomes")) {
          outcomes.add(outcome(outcome, plan));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          file() + " is no whole record of a search: " + e.getMessage() + "; choose another folder",
          e);
    }
    requireSame(before, plan.identity());
  }

  /** Checkpoints of another search's trials would be gone on from. */
  private void requireNoTrials() throws IOException {
    Path trials = folder.resolve("trials");
    if (Files.isDirectory(trials)) {
      try (Stream<Path> all = Files.list(trials)) {
        if (all.findAny().isPresent()) {
          throw new IllegalStateException(
              trials + " has trials of a search whose search.json is gone; choose another folder");
        }
      }
    }
  }

  private void requireSame(List<String> before, List<String> now) {
    if (before.equals(now)) {
      return;
    }
    List<String> changes = new ArrayList<>();
    before.stream().filter(line -> !now.contains(line)).forEach(line -> changes.add("- " + line));
    now.stream().filter(line -> !before.contains(line)).forEach(line -> changes.add("+ " + line));
    if (changes.isEmpty()) {
      changes.add("the order of settings");
    }
    throw new IllegalStateException(
        folder
            + " has another search; what has changed since:\n  "
            + String.join("\n  ", changes)
            + "\nRestore that, or choose another folder");
  }

  private static TrialOutcome outcome(Members json, Plan plan) {
    Map<?, ?> kept = Members.of(json.all().get("settings")).all();
    Map<String, Object> settings = new LinkedHashMap<>();
    for (Setting setting : plan.space().settings()) {
      settings.put(setting.name(), setting.read(kept.get(setting.name())));
    }
    double value = json.number("value");
    return new TrialOutcome(
        (int) json.number("trial"),
        (long) json.number("seed"),
        (int) json.number("epochs"),
        settings,
        Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value),
        json.text("message"),
        json.number("seconds"));
  }

  /** Keeps what came of a trial, with all before; the page every few seconds. */
  void keep(Plan plan, List<TrialOutcome> all, int planned) {
    try {
      write(plan, all);
      if (System.nanoTime() - pageWritten >= PAUSE.toNanos()) {
        writePage(plan, all, planned, false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("what was tried cannot be kept in " + folder + ": " + e, e);
    }
  }

  /** Writes the page for the last time. */
  void finish(Plan plan, List<TrialOutcome> all, int planned, boolean complete) {
    try {
      writePage(plan, all, planned, complete);
    } catch (IOException e) {
      throw new UncheckedIOException("the page cannot be written: " + e, e);
    }
  }

  private void writePage(Plan plan, List<TrialOutcome> all, int planned, boolean complete)
      throws IOException {
    SearchPage page = new SearchPage(folder, plan, all, planned, complete);
    WholePage.write(page(), false, page::write);
    pageWritten = System.nanoTime();
  }

  private void write(Plan plan, List<TrialOutcome> all) throws IOException {
    WholePage.write(
        file(),
        true,
        out ->
            Page.json(
                json -> {
                  json.writeStartObject();
                  json.writeStringField("format", FORMAT);
                  Page.texts(json, "identity", plan.identity());
                  outcomes(json, all);
                  json.writeEndObject();
                },
                out));
  }

  static void outcomes(JsonGenerator json, List<TrialOutcome> all) throws IOException {
    json.writeArrayFieldStart("outcomes");
    for (TrialOutcome outcome : all) {
      json.writeStartObject();
      json.writeNumberField("trial", outcome.trial());
      json.writeNumberField("seed", outcome.seed());
      json.writeNumberField("epochs", outcome.epochs());
      json.writeObjectFieldStart("settings");
      for (Map.Entry<String, Object> setting : outcome.settings().entrySet()) {
        json.writeFieldName(setting.getKey());
        if (setting.getValue() instanceof Integer whole) {
          json.writeNumber(whole);
        } else if (setting.getValue() instanceof Double real) {
          json.writeNumber(real);
        } else {
          json.writeString(setting.getValue().toString());
        }
      }
      json.writeEndObject();
      json.writeFieldName("value");
      Page.number(json, outcome.value().orElse(Double.NaN));
      json.writeStringField("message", outcome.message());
      json.writeNumberField("seconds", outcome.seconds());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot leave " + folder, e);
    }
  }
}
