package io.github.torchscribe.runtime.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/**
 * The files of each class, in the order that torchvision gives them on every system: classes by
 * their names; of a class its own files first, then those of the folders in it by the folders'
 * paths. Names are compared by code points.
 *
 * @param names of the classes
 * @param entries of all classes
 */
record ClassFolders(List<String> names, List<Entry> entries) {
  static final Comparator<String> BY_CODE_POINTS = ClassFolders::compare;

  /** A file and its class. */
  record Entry(Path file, int index) {}

  private record Found(String folder, String name, Path file) {}

  static ClassFolders of(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is no folder; it needs a folder for each class in it");
    }
    List<Path> classes = new ArrayList<>();
    try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder, Files::isDirectory)) {
      inside.forEach(classes::add);
    }
    if (classes.isEmpty()) {
      throw new IOException(
          folder + " has no folders with images in them; it needs one for each class");
    }
    classes.sort(Comparator.comparing(ClassFolders::name, BY_CODE_POINTS));
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      for (Found found : pictures(classes.get(i))) {
        entries.add(new Entry(found.file, i));
      }
    }
    return new ClassFolders(classes.stream().map(ClassFolders::name).toList(), entries);
  }

  private static List<Found> pictures(Path folder) throws IOException {
    Walk walk = new Walk(folder);
    Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    if (walk.found.isEmpty()) {
      throw new IOException(
          folder + " has no images in it; put some there, or remove the folder: it is a class");
    }
    walk.found.sort(
        Comparator.comparing(Found::folder, BY_CODE_POINTS)
            .thenComparing(Found::name, BY_CODE_POINTS));
    return walk.found;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        // What lies above 16 bits is written with surrogates, which are not the largest of those.
        boolean beyond = Character.isSurrogate(a.charAt(i)) != Character.isSurrogate(b.charAt(i));
        int order = Character.compare(a.charAt(i), b.charAt(i));
        return beyond ? (Character.isSurrogate(a.charAt(i)) ? 1 : -1) : order;
      }
    }
    return a.length() - b.length();
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path top;
    private final List<Found> found = new ArrayList<>();

    Walk(Path top) {
      this.top = top;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = name(file);
      if (PictureFile.isForeign(name)) {
        throw new IOException(
            file
                + " is of a kind that Java cannot read; convert it to PNG, remove it, or put an"
                + " ImageIO reader for it on the class path");
      }
      if (PictureFile.isReadable(name)) {
        String folder =
            top.relativize(file.getParent())
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/");
        found.add(new Found(folder, name, file));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
      if (cause instanceof FileSystemLoopException) {
        throw new IOException(
            file + " is a link to a folder that it lies in; remove the link", cause);
      }
      throw new IOException(file + " cannot be read: " + cause, cause);
    }
  }
}
