package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Native;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A model's weights of products in 8 bits, in the order in which the library multiplies them: whole
 * numbers from −127 to 127, and for each feature what these are multiplied by. Those who predict at
 * the same time have them together.
 */
public final class QuantizedWeights implements AutoCloseable {
  private static final double LARGEST = 127;

  /** Weights that are all zero have some scale, too. */
  private static final double LEAST_SCALE = 1e-12;

  private static final OperatorHandle PACK = operator("quantized::linear_prepack");
  private static final OperatorHandle MULTIPLY = operator("quantized::linear_dynamic");

  /**
   * Without instructions for products of 8 bits two of them are added up in 16 bits, which is too
   * few: then what is multiplied has 7 bits, as in PyTorch.
   */
  private static final boolean REDUCES = !Native.multipliesBytes();

  private final Map<List<Long>, IValue> packed = new HashMap<>();
  private long changes = -1;

  /** None yet. */
  public QuantizedWeights() {}

  /** Whether this processor has what it takes. */
  public static boolean areThere() {
    List<torch.QEngine> engines = List.of(torch.QEngine.FBGEMM, torch.QEngine.X86);
    return engines.contains(torch.globalContext().qEngine().intern());
  }

  /**
   * What is kept is of weights as they are at a time.
   *
   * @param count how often they may have changed until now: what was made before is forgotten
   */
  public synchronized void areOf(long count) {
    if (count != changes) {
      close();
      changes = count;
    }
  }

  private static OperatorHandle operator(String name) {
    PointerScope scope = new PointerScope();
    try {
      OperatorHandle handle =
          new OperatorHandle(Dispatcher.singleton().findSchemaOrThrow(name, ""));
      handle.retainReference();
      scope.detach(handle);
      return handle;
    } finally {
      scope.close();
    }
  }

  /**
   * Makes a product ready: what x, W and b are is on the stack.
   *
   * @param from (rows, width)
   * @param weight (features, width), or some features of one
   * @param bias (features), or null
   */
  synchronized IValueVector call(Tensor from, Tensor weight, Tensor bias) {
    long shift = bias == null ? -1 : bias.storage_offset(); // tied weights have biases of their own
    List<Long> place = List.of(weight.storage_offset(), weight.size(0), shift);
    IValue mine = packed.get(place);
    if (mine == null) {
      mine = packed(weight, bias);
      packed.put(place, mine);
    }
    return new IValueVector(new IValue(from), mine, new IValue(REDUCES));
  }

  private static IValue packed(Tensor weight, Tensor bias) {
    PointerScope scope = new PointerScope();
    try {
      Tensor scales =
          weight
              .abs()
              .amax(new long[] {1}, false)
              .to(torch.ScalarType.Double)
              .div_(new Scalar(LARGEST))
              .clamp_min_(new Scalar(LEAST_SCALE));
      Tensor zeros = torch.zeros(new long[] {weight.size(0)}, torch.dtype(torch.ScalarType.Long));
      Tensor bytes = torch.quantize_per_channel(weight, scales, zeros, 0, torch.ScalarType.QInt8);
      IValueVector stack =
          new IValueVector(new IValue(bytes), bias == null ? new IValue() : new IValue(bias));
      PACK.callBoxed(stack);
      IValue result = new IValue(stack.get(0));
      result.retainReference();
      scope.detach(result);
      return result;
    } finally {
      scope.close();
    }
  }

  /** Computes what {@link #call} has made ready. */
  static void multiply(Tensor to, IValueVector call) {
    IValueVector stack = new IValueVector();
    stack.put(call);
    MULTIPLY.callBoxed(stack);
    to.copy_(stack.get(0).toTensor());
  }

  /** Frees them. */
  @Override
  public synchronized void close() {
    List<IValue> all = new ArrayList<>(packed.values());
    packed.clear();
    all.forEach(IValue::close);
  }
}
