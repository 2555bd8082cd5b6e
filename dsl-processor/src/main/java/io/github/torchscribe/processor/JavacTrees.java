package io.github.torchscribe.processor;

import com.sun.source.util.Trees;
import javax.annotation.processing.ProcessingEnvironment;

/** javac's trees, where the compiler is javac and its environment has not been wrapped. */
final class JavacTrees {
  private JavacTrees() {}

  /** The trees, or null: order and positions then come from the language model alone. */
  static Trees of(ProcessingEnvironment environment) {
    try {
      return Trees.instance(environment);
    } catch (IllegalArgumentException | LinkageError e) {
      return null; // another compiler, or a build tool's proxy around javac's environment
    }
  }
}
