package io.github.torchscribe.samples.tools;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.samples.mnist.MlpModel;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The tests' class path as jars alone, and its classes in an archive (AppCDS): a process that uses
 * libtorch takes three fifths of the time to start. Both stay in {@code target} until a class is
 * newer.
 */
final class Archive {
  private static final Path FOLDER = Path.of("target", "programs").toAbsolutePath();

  /** A class that cannot be archived is no news, nor an archive that cannot be used. */
  private static final List<String> SILENCE = List.of("-Xlog:cds*=off", "-Xlog:class+path=off");

  private static List<String> options;

  private Archive() {}

  /** What a program most often does. */
  static final class Usual {
    private Usual() {}

    /**
     * Trains, and predicts.
     *
     * @param args nothing
     */
    public static void main(String[] args) {
      try (Model model = MlpModel.create();
          Dataset all = Mnist.test();
          Dataset some = new Subset(all, LongStream.range(0, 200).toArray())) {
        Trainer.of(model).epochs(1).run(some, some);
        try (Predictor predictor = model.predictor()) {
          predictor.predict(new float[784]);
        }
      }
    }
  }

  /** For a JVM: the class path, and where its classes are. */
  static synchronized List<String> options(String java, List<String> others) {
    if (options == null) {
      try {
        options = made(java, others);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return options;
  }

  private static List<String> made(String java, List<String> others) throws IOException {
    Files.createDirectories(FOLDER);
    List<Path> jars = jars();
    String path = String.join(File.pathSeparator, jars.stream().map(Path::toString).toList());
    Path file = FOLDER.resolve("classes-" + Integer.toHexString(state(java, jars)) + ".jsa");
    if (Files.notExists(file)) {
      List<String> command = new ArrayList<>(List.of(java, "-XX:ArchiveClassesAtExit=" + file));
      command.addAll(others);
      command.addAll(SILENCE);
      command.addAll(List.of("-cp", path, Usual.class.getName()));
      Path said = FOLDER.resolve("said");
      try {
        Java.said(new ProcessBuilder(command), said);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
    forgetAllBut(Stream.concat(jars.stream(), Stream.of(file)).toList());
    List<String> result = new ArrayList<>(List.of("-XX:SharedArchiveFile=" + file));
    result.addAll(SILENCE);
    result.addAll(List.of("-cp", path));
    return result;
  }

  private static void forgetAllBut(List<Path> some) throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      for (Path old : all.filter(one -> !some.contains(one)).toList()) {
        Files.delete(old);
      }
    }
  }

  /** Of another JVM, or of jars that have changed, there is another archive. */
  private static int state(String java, List<Path> jars) throws IOException {
    List<Object> state = new ArrayList<>(List.of(java, Runtime.version()));
    for (Path jar : jars) {
      state.addAll(List.of(jar.toString(), Files.size(jar), Files.getLastModifiedTime(jar)));
    }
    return state.hashCode();
  }

  private static List<Path> jars() throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path place = Path.of(entry);
      if (Files.isDirectory(place)) {
        jars.add(packed(place));
      } else if (Files.exists(place)) {
        jars.add(place);
      }
    }
    return jars;
  }

  /** A folder as a jar, made anew where one of its files is newer, or has gone. */
  private static Path packed(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted().toList();
    }
    List<Object> state = new ArrayList<>();
    for (Path one : all) {
      state.addAll(List.of(one.toString(), Files.getLastModifiedTime(one)));
    }
    Path module = folder.getParent().getParent().getFileName();
    String name = module + "-" + folder.getFileName() + "-" + Integer.toHexString(state.hashCode());
    Path jar = FOLDER.resolve(name + ".jar");
    if (Files.exists(jar)) {
      return jar;
    }
    Path part = Files.createTempFile(FOLDER, "jar", ".part");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(part))) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (Path one : all) {
        if (Files.isRegularFile(one)) {
          String inside = folder.relativize(one).toString().replace(File.separatorChar, '/');
          out.putNextEntry(new ZipEntry(inside));
          Files.copy(one, out);
        }
      }
    }
    return Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
  }
}
