package io.github.torchscribe.runtime;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/** Loads libtorch, with JavaCPP set up so that it does not get in the way. */
final class Native {
  static {
    // JavaCPP compares the process' memory with the Java heap's limit and, above it, collects
    // garbage
    // and fails. libtorch alone is larger than a small heap; and we free by ourselves.
    if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
      System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }
    Loader.load(openblas.class);
    Loader.load(torch.class);
  }

  private Native() {}

  /** Does nothing but see to it that libtorch is loaded. */
  static void load() {}
}
