package io.github.torchscribe.processor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/** The class path of the tests, also where the build tool hides it in a jar's manifest. */
final class ClassPath {
  private ClassPath() {}

  static List<Path> entries() {
    List<Path> result = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      result.add(Path.of(entry));
      result.addAll(fromManifest(Path.of(entry)));
    }
    return result;
  }

  private static List<Path> fromManifest(Path jar) {
    if (!jar.toString().endsWith(".jar")) {
      return List.of();
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      String entries =
          file.getManifest() == null
              ? null
              : file.getManifest().getMainAttributes().getValue("Class-Path");
      List<Path> result = new ArrayList<>();
      for (String entry : entries == null ? new String[0] : entries.split(" ")) {
        URI uri = jar.toUri().resolve(entry);
        if (uri.getScheme().equals("file")) {
          result.add(Path.of(uri));
        }
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
