package io.github.torchscribe.runtime.torch;

/**
 * libtorch refused an operation. The message is libtorch's first line and says which generated line
 * was being run; the whole C++ text is in the {@linkplain #getCause() cause}.
 */
public final class TorchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private TorchException(String message, RuntimeException cause) {
    super(message, cause);
  }

  /**
   * Puts libtorch's exception into Java's terms; exceptions that are not libtorch's stay as they
   * are.
   *
   * @param doing what was being done, for example {@code training step of MlpModel}
   */
  public static RuntimeException of(String doing, Class<?> model, RuntimeException e) {
    if (e.getClass() != RuntimeException.class || e.getMessage() == null) {
      return e; // ours, or Java's: already readable
    }
    return of(doing, model, e, e.getMessage().lines().findFirst().orElse("").trim());
  }

  /**
   * Puts libtorch's exception into Java's terms, where more is known than it says.
   *
   * @param doing what was being done, for example {@code training step of MlpModel}
   * @param said in place of libtorch's first line
   */
  public static RuntimeException of(String doing, Class<?> model, RuntimeException e, String said) {
    return new TorchException(doing + place(model, e) + ": " + said, e);
  }

  private static String place(Class<?> model, RuntimeException e) {
    for (StackTraceElement element : e.getStackTrace()) {
      if (element.getClassName().startsWith(model.getName()) && element.getLineNumber() > 0) {
        return " (" + element.getFileName() + ":" + element.getLineNumber() + ")";
      }
    }
    return "";
  }
}
