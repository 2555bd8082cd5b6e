package io.github.torchscribe.runtime.cuda;

import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Tensor;

/** Operations of libtorch that are called by their names, as JavaCPP has no methods for them. */
final class Dispatched {
  private Dispatched() {}

  /**
   * Calls one.
   *
   * @param name as {@code aten::unbind}
   * @param overload as {@code int}; empty for the only one
   * @param operands all that it has, those with defaults, too
   * @return what it gives
   */
  static IValueVector call(String name, String overload, IValue... operands) {
    IValueVector stack = new IValueVector(operands);
    Dispatcher all = Dispatcher.singleton();
    all.callBoxed(all.findSchemaOrThrow(name, overload), stack);
    return stack;
  }

  /** A list of a tensor's rows. */
  static IValue rows(Tensor tensor) {
    return call("aten::unbind", "int", new IValue(tensor), new IValue(0L)).get(0);
  }
}
