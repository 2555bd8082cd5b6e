package io.github.torchscribe.processor.source;

import com.squareup.javapoet.ClassName;

/** The classes that generated code stands on. */
final class Runtime {
  private static final String RUNTIME = "io.github.torchscribe.runtime";
  private static final String PYTORCH = "org.bytedeco.pytorch";

  static final ClassName MODEL = ClassName.get(RUNTIME, "Model");
  static final ClassName BLUEPRINT = ClassName.get(RUNTIME, "Blueprint");
  static final ClassName SHARE = ClassName.get(RUNTIME, "Share");
  static final ClassName PIECES = ClassName.get(RUNTIME, "Pieces");
  static final ClassName RECORDING = ClassName.get(RUNTIME, "Recording");
  static final ClassName WORKLOAD = ClassName.get(RUNTIME, "Workload");
  static final ClassName DECISION = ClassName.get(RUNTIME, "Decision");
  static final ClassName TENSOR_SPEC = ClassName.get(RUNTIME + ".data", "TensorSpec");
  static final ClassName INITIALIZERS = ClassName.get(RUNTIME, "Initializers");
  static final ClassName TENSOR = ClassName.get(PYTORCH, "Tensor");
  static final ClassName TENSOR_OPTIONAL = ClassName.get(PYTORCH, "TensorOptional");
  static final ClassName SCALAR = ClassName.get(PYTORCH, "Scalar");
  static final ClassName GENERATOR = ClassName.get(PYTORCH, "GeneratorOptional");
  static final ClassName TORCH = ClassName.get(PYTORCH + ".global", "torch");

  private Runtime() {}

  /** Which class of libtorch's a layer or a loss means by its simple name. */
  static ClassName tensorType(String simpleName) {
    return ClassName.get(PYTORCH, simpleName);
  }
}
