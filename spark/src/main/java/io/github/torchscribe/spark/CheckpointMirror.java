package io.github.torchscribe.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * Brings a run's checkpoints from the folder of the process that writes them to one that all see,
 * in any of Hadoop's file systems, and back. The run itself knows its own folder alone: a process
 * that was given up and still runs cannot be in another's way.
 */
final class CheckpointMirror implements AutoCloseable {
  private static final String STEP = "step-";
  private static final String BEST = "best";
  private static final String END = ".safetensors";
  private static final String PART = ".part";
  private static final int KEPT = 3;
  private static final long LOOK_EVERY_MILLIS = 250;

  private final Path local;
  private final org.apache.hadoop.fs.Path shared;
  private final FileSystem files;
  private final Map<String, FileTime> sent = new HashMap<>();
  private Thread sender;
  private volatile boolean closing;

  CheckpointMirror(Path local, URI shared, Configuration hadoop) {
    this.local = local;
    this.shared = new org.apache.hadoop.fs.Path(shared);
    try {
      files = this.shared.getFileSystem(hadoop);
    } catch (IOException e) {
      throw new UncheckedIOException(cannot("reach", shared, e), e);
    }
  }

  private static String cannot(String what, Object where, IOException why) {
    return "cannot " + what + " the checkpoints in " + where + ": " + why.getMessage();
  }

  /** Whether there are checkpoints. */
  boolean hasAny() {
    return !names().isEmpty();
  }

  /** Those that there are, by their steps, the best one last. */
  private List<String> names() {
    try {
      return Arrays.stream(files.listStatus(shared))
          .filter(FileStatus::isFile)
          .map(file -> file.getPath().getName())
          .filter(CheckpointMirror::isOne)
          .sorted(
              Comparator.comparing((String name) -> name.startsWith(BEST))
                  .thenComparing(name -> name))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(cannot("list", shared, e), e);
    }
  }

  private static boolean isOne(String name) {
    return name.endsWith(END) && (name.startsWith(STEP) || name.equals(BEST + END));
  }

  /** Brings the newest here, with the one before it, in case it is damaged, and the best. */
  void fetch() {
    List<String> names = names();
    List<String> steps = names.stream().filter(name -> name.startsWith(STEP)).toList();
    Stream<String> last = steps.stream().skip(Math.max(0, steps.size() - 2));
    for (String name :
        Stream.concat(last, names.stream().filter(n -> n.startsWith(BEST))).toList()) {
      try {
        Path copy = local.resolve(name);
        files.copyToLocalFile(false, at(name), new org.apache.hadoop.fs.Path(copy.toUri()), true);
        sent.put(name, Files.getLastModifiedTime(copy));
      } catch (IOException e) {
        throw new UncheckedIOException(cannot("read", at(name), e), e);
      }
    }
  }

  private org.apache.hadoop.fs.Path at(String name) {
    return new org.apache.hadoop.fs.Path(shared, name);
  }

  /** From now on sends what is written here, until this is closed. */
  CheckpointMirror start() {
    sender = new Thread(this::sendAll, "torchscribe checkpoints to " + shared);
    sender.setDaemon(true);
    sender.start();
    return this;
  }

  private void sendAll() {
    while (!closing) {
      try {
        send();
        Thread.sleep(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Sends what is new. What fails is said and tried again: training goes on without it. */
  private synchronized void send() {
    try (Stream<Path> all = Files.list(local)) {
      for (Path file : all.filter(f -> isOne(name(f))).sorted().toList()) {
        FileTime written = Files.getLastModifiedTime(file);
        if (!written.equals(sent.get(name(file)))) {
          send(file);
          sent.put(name(file), written);
        }
      }
    } catch (java.nio.file.NoSuchFileException e) {
      return; // the run has just taken away an old one
    } catch (IOException | UncheckedIOException e) {
      System.getLogger(CheckpointMirror.class.getName())
          .log(
              Level.WARNING, "A checkpoint cannot be brought to " + shared + ": " + e.getMessage());
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private void send(Path file) throws IOException {
    String name = name(file);
    org.apache.hadoop.fs.Path part = at(name + PART);
    files.mkdirs(shared);
    files.copyFromLocalFile(false, true, new org.apache.hadoop.fs.Path(file.toUri()), part);
    files.delete(at(name), false);
    if (!files.rename(part, at(name))) {
      throw new IOException(part + " cannot be renamed");
    }
    List<String> steps = names().stream().filter(other -> other.startsWith(STEP)).toList();
    for (String old : steps.subList(0, Math.max(0, steps.size() - KEPT))) {
      files.delete(at(old), false);
    }
  }

  /** Sends what has not been sent yet. */
  @Override
  public void close() {
    if (sender == null) {
      return;
    }
    closing = true;
    try {
      sender.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    send();
  }
}
