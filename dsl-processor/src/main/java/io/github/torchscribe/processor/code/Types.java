package io.github.torchscribe.processor.code;

import com.squareup.javapoet.ClassName;
import java.util.List;

/** The classes that generated code stands on. */
public final class Types {
  private static final String RUNTIME = "io.github.torchscribe.runtime";
  private static final String GENERATED = RUNTIME + ".generated";
  private static final String PYTORCH = "org.bytedeco.pytorch";

  public static final ClassName MODEL = ClassName.get(RUNTIME, "Model");
  public static final ClassName BLUEPRINT = ClassName.get(GENERATED, "Blueprint");
  public static final ClassName SHARE = ClassName.get(GENERATED, "Share");
  public static final ClassName POSITIONS = ClassName.get(GENERATED, "Positions");
  public static final ClassName PIECES = ClassName.get(GENERATED, "Pieces");
  public static final ClassName CLASS_GRADIENT = ClassName.get(GENERATED, "ClassGradient");
  public static final ClassName PREPARED = ClassName.get(GENERATED, "Prepared");
  public static final ClassName RECORDING = ClassName.get(GENERATED, "Recording");
  public static final ClassName SYNCED_NORM = ClassName.get(GENERATED, "SyncedNorm");
  public static final ClassName OWN_PIECE = ClassName.get(GENERATED, "OwnPiece");
  public static final ClassName RECURRENT_LAYER = ClassName.get(GENERATED, "RecurrentLayer");
  public static final ClassName CELL = ClassName.get(GENERATED, "Cell");
  public static final ClassName HIDDEN = ClassName.get(GENERATED, "Hidden");
  public static final ClassName ONNX_NETWORK = ClassName.get(RUNTIME + ".onnx", "OnnxNetwork");
  public static final ClassName ONNX_VALUE = ClassName.get(RUNTIME + ".onnx", "OnnxValue");
  public static final ClassName WORKLOAD = ClassName.get(RUNTIME + ".torch", "Workload");
  public static final ClassName DECISION = ClassName.get(RUNTIME + ".learner", "Decision");
  public static final ClassName TENSOR_SPEC = ClassName.get(RUNTIME + ".torch", "TensorSpec");
  public static final ClassName INITIALIZERS = ClassName.get(GENERATED, "Initializers");
  public static final ClassName TENSOR = ClassName.get(PYTORCH, "Tensor");
  public static final ClassName TENSOR_VECTOR = ClassName.get(PYTORCH, "TensorVector");
  public static final ClassName TENSOR_OPTIONAL = ClassName.get(PYTORCH, "TensorOptional");
  public static final ClassName SCALAR = ClassName.get(PYTORCH, "Scalar");
  public static final ClassName GENERATOR = ClassName.get(PYTORCH, "GeneratorOptional");
  public static final ClassName TORCH = ClassName.get(PYTORCH + ".global", "torch");
  public static final ClassName SCALAR_TYPE_OPTIONAL = libtorch("ScalarTypeOptional");
  public static final ClassName LONG_OPTIONAL = libtorch("LongOptional");
  public static final ClassName DOUBLE_OPTIONAL = libtorch("DoubleOptional");
  public static final ClassName THREE_TENSORS = libtorch("T_TensorTensorTensor_T");
  public static final ClassName MATH = ClassName.get(Math.class);

  /**
   * Those of {@code java.lang} that generated code names. They need no import, unless the user's
   * package has a type of the same name: then all of them are imported.
   */
  public static final List<String> OF_JAVA_LANG = List.of("Math", "Override", "SuppressWarnings");

  private Types() {}

  /**
   * A class of libtorch's.
   *
   * @param simpleName for example {@code Tensor}
   * @return the class
   */
  public static ClassName libtorch(String simpleName) {
    return ClassName.get(PYTORCH, simpleName);
  }
}
