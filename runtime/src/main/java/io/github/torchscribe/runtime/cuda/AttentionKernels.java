package io.github.torchscribe.runtime.cuda;

import java.util.List;
import org.bytedeco.pytorch.BoolType;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.Type;

/**
 * Attention in one operation, which keeps no weights: {@code
 * torch.nn.functional.scaled_dot_product_attention} as a GPU computes it, and as the processor
 * does. JavaCPP has no methods for what it calls.
 *
 * @param causal whether no place sees what comes after it
 * @param scale of the scores
 */
public record AttentionKernels(boolean causal, double scale) {
  /**
   * What attention gives, and what backward wants of it.
   *
   * @param output softmax(Q·Kᵀ·scale)·V: (n, heads, L, D)
   * @param others what else the operation gives
   */
  public record Result(Tensor output, List<Tensor> others) {}

  /**
   * Computes it.
   *
   * @param query (n, heads, L, D)
   * @param key (n, heads, S, D)
   * @param value (n, heads, S, D)
   */
  public Result forward(Tensor query, Tensor key, Tensor value) {
    IValue none = new IValue();
    IValue noDropout = new IValue(0.0);
    if (query.is_cuda()) {
      IValueVector all =
          Dispatched.call(
              "aten::_scaled_dot_product_efficient_attention",
              "",
              new IValue(query),
              new IValue(key),
              new IValue(value),
              none, // nothing is added to scores
              new IValue(true), // for backward
              noDropout,
              new IValue(causal),
              new IValue(scale));
      return new Result(tensor(all, 0), List.of(tensor(all, 1), tensor(all, 2), tensor(all, 3)));
    }
    IValueVector all =
        Dispatched.call(
            "aten::_scaled_dot_product_flash_attention_for_cpu",
            "",
            new IValue(query),
            new IValue(key),
            new IValue(value),
            noDropout,
            new IValue(causal),
            none,
            new IValue(scale));
    return new Result(tensor(all, 0), List.of(tensor(all, 1)));
  }

  /**
   * Goes back.
   *
   * @param gradient of the output: (n, heads, L, D)
   * @param query (n, heads, L, D)
   * @param key (n, heads, S, D)
   * @param value (n, heads, S, D)
   * @param result of forward
   * @return the gradients of query, key and value
   */
  public List<Tensor> backward(
      Tensor gradient, Tensor query, Tensor key, Tensor value, Result result) {
    List<Tensor> others = result.others;
    IValueVector all =
        query.is_cuda()
            ? Dispatched.call(
                "aten::_scaled_dot_product_efficient_attention_backward",
                "",
                new IValue(gradient),
                new IValue(query),
                new IValue(key),
                new IValue(value),
                new IValue(new Tensor()),
                new IValue(result.output),
                new IValue(others.get(0)),
                new IValue(others.get(1)),
                new IValue(others.get(2)),
                new IValue(0.0),
                flags(true, true, true, false),
                new IValue(causal),
                new IValue(scale))
            : Dispatched.call(
                "aten::_scaled_dot_product_flash_attention_for_cpu_backward",
                "",
                new IValue(gradient),
                new IValue(query),
                new IValue(key),
                new IValue(value),
                new IValue(result.output),
                new IValue(others.get(0)),
                new IValue(0.0),
                new IValue(causal),
                new IValue(),
                new IValue(scale));
    return List.of(tensor(all, 0), tensor(all, 1), tensor(all, 2));
  }

  private static Tensor tensor(IValueVector all, long which) {
    return all.get(which).toTensor();
  }

  private static IValue flags(boolean... some) {
    GenericList list = new GenericList(new Type.TypePtr(BoolType.get().get()));
    for (boolean one : some) {
      list.push_back(new IValue(one));
    }
    return new IValue(list);
  }
}
