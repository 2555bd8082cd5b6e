package io.github.torchscribe.runtime.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Why something cannot be written, in words. */
public final class FileFailure {
  private FileFailure() {}

  /**
   * What happened to which file.
   *
   * @param file what was to be written, where the failure does not know
   * @param failure what the system says
   * @return the file and the reason
   */
  public static String of(Path file, IOException failure) {
    if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + " may not be written";
    }
    if (failure instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is no folder";
    }
    if (failure instanceof FileSystemException some && some.getReason() != null) {
      return some.getFile() + ": " + some.getReason();
    }
    String reason = failure.getMessage();
    return file + ": " + (reason == null ? failure.getClass().getSimpleName() : reason);
  }
}
