package io.github.torchscribe.processor.code;

import com.squareup.javapoet.ClassName;

/** The classes that generated code stands on. */
public final class Types {
  private static final String RUNTIME = "io.github.torchscribe.runtime";
  private static final String PYTORCH = "org.bytedeco.pytorch";

  public static final ClassName MODEL = ClassName.get(RUNTIME, "Model");
  public static final ClassName BLUEPRINT = ClassName.get(RUNTIME, "Blueprint");
  public static final ClassName SHARE = ClassName.get(RUNTIME, "Share");
  public static final ClassName PIECES = ClassName.get(RUNTIME, "Pieces");
  public static final ClassName RECORDING = ClassName.get(RUNTIME, "Recording");
  public static final ClassName WORKLOAD = ClassName.get(RUNTIME, "Workload");
  public static final ClassName DECISION = ClassName.get(RUNTIME, "Decision");
  public static final ClassName TENSOR_SPEC = ClassName.get(RUNTIME + ".data", "TensorSpec");
  public static final ClassName INITIALIZERS = ClassName.get(RUNTIME, "Initializers");
  public static final ClassName TENSOR = ClassName.get(PYTORCH, "Tensor");
  public static final ClassName TENSOR_OPTIONAL = ClassName.get(PYTORCH, "TensorOptional");
  public static final ClassName SCALAR = ClassName.get(PYTORCH, "Scalar");
  public static final ClassName GENERATOR = ClassName.get(PYTORCH, "GeneratorOptional");
  public static final ClassName TORCH = ClassName.get(PYTORCH + ".global", "torch");

  private Types() {}

  /**
   * A class of libtorch's.
   *
   * @param simpleName as a layer or a loss says it
   * @return the class
   */
  public static ClassName tensorType(String simpleName) {
    return ClassName.get(PYTORCH, simpleName);
  }
}
