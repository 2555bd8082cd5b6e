package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.library.Library;
import io.github.torchscribe.runtime.web.Download;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Finds the files of MNIST and its like: in the user's cache, bundled on the class path, or at the
 * mirrors, in this order; the mirrors' go into the cache.
 */
final class IdxFiles {
  private final Path cache;
  private final String bundled;
  private final List<String> mirrors;
  private final Map<String, String> digests;
  private final Duration patience;

  IdxFiles(
      Path cache,
      String bundled,
      List<String> mirrors,
      Map<String, String> digests,
      Duration patience) {
    this.cache = cache;
    this.bundled = bundled;
    this.mirrors = mirrors;
    this.digests = digests;
    this.patience = patience;
  }

  static IdxFiles mnist() {
    return of(
        "mnist",
        List.of(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/"),
        Map.of(
            "train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873",
            "train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432",
            "t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3",
            "t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"));
  }

  static IdxFiles fashionMnist() {
    return of(
        "fashion-mnist",
        List.of("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        Map.of(
            "train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
            "train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe",
            "t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79",
            "t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310"));
  }

  /** MD5s are those of the mirrors' files. */
  private static IdxFiles of(String set, List<String> mirrors, Map<String, String> md5) {
    return new IdxFiles(
        cacheFolder().resolve(set), set + "/", mirrors, md5, Duration.ofSeconds(20));
  }

  /** Opens a file of the standard places. */
  InputStream open(String name) throws IOException {
    Path cached = cache.resolve(name);
    if (Files.isReadable(cached)) {
      return Files.newInputStream(cached);
    }
    // By the loader: a class of a module sees that module's resources alone.
    ClassLoader loader = IdxFiles.class.getClassLoader();
    InputStream resource = loader.getResourceAsStream(bundled + name);
    if (resource != null) {
      return resource;
    }
    try {
      if (!Library.OKHTTP.isThere()) {
        throw new IOException(Library.OKHTTP.missing("downloading " + name));
      }
      Path fetched = new Download(patience).fetch(name, digests.get(name), mirrors, cache);
      return Files.newInputStream(fetched);
    } catch (IOException e) {
      throw new IOException(
          e.getMessage() + "\nOr put the files into a folder and give it: train(folder)", e);
    }
  }

  /**
   * Opens a file of a folder, gzipped or not.
   *
   * @param set what torchvision calls its folder
   */
  static InputStream open(Path folder, String set, String name) throws IOException {
    String plain = name.substring(0, name.length() - ".gz".length());
    for (String candidate : List.of(plain, name)) {
      for (Path place : List.of(folder, folder.resolve(set).resolve("raw"))) {
        if (Files.isRegularFile(place.resolve(candidate))) {
          return Files.newInputStream(place.resolve(candidate));
        }
      }
    }
    throw new IOException(
        Files.isDirectory(folder)
            ? folder + " holds neither " + plain + " nor " + name
            : folder + " is no folder; " + plain + " or " + name + " is wanted there");
  }

  private static Path cacheFolder() {
    String set = System.getProperty("torchscribe.cache", System.getenv("TORCHSCRIBE_CACHE"));
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        set != null
            ? Path.of(set)
            : xdg != null && !xdg.isEmpty()
                ? Path.of(xdg, "torchscribe")
                : Path.of(System.getProperty("user.home"), ".cache", "torchscribe");
    return base;
  }

  /** A way to open one of the files by name. */
  interface Opener {
    InputStream open(String name) throws IOException;
  }
}
