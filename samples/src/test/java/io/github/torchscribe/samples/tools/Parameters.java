package io.github.torchscribe.samples.tools;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/** What a model has learned, as numbers: all parameters, one after the other. */
public final class Parameters {
  private Parameters() {}

  /** Their values. */
  public static float[] of(Model model) {
    return flat(model, Parameter::value);
  }

  /** Their gradients. */
  public static float[] gradients(Model model) {
    return flat(model, Parameter::gradient);
  }

  private static float[] flat(Model model, Function<Parameter, Tensor> part) {
    float[] all = new float[(int) model.parameterCount()];
    int at = 0;
    for (Parameter parameter : model.parameters()) {
      Tensor some = part.apply(parameter);
      int size = (int) some.numel();
      some.contiguous().data_ptr_float().get(all, at, size);
      at += size;
    }
    return all;
  }
}
