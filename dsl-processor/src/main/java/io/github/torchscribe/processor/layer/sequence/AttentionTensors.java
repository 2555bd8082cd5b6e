package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/**
 * The tensors of self-attention between its projections. Those that are called rows have the heads
 * of all examples one after the other, as products of many matrices want them: (n·heads, L, …).
 */
record AttentionTensors(PassCode code, long heads) {
  private long length() {
    return code.inputShape().sizes().get(0);
  }

  private long width() {
    return code.inputShape().last() / heads;
  }

  Expression scale() {
    return code.scalar("attentionScale", 1 / Math.sqrt(width()));
  }

  Expression mask() {
    return code.perBatch("mask", call("causalMask", length()));
  }

  private Expression projected() {
    return code.kept("projected", code.inputShape().withLast(3 * heads * width()));
  }

  Expression projectedRows() {
    return code.perBatch("projectedRows", projected().call("view", -1, 3 * heads * width()));
  }

  /** Queries, keys or values in what was projected. */
  Expression third(int which) {
    return code.perBatch(
        List.of("projectedQuery", "projectedKey", "projectedValue").get(which),
        projected()
            .call("view", N, length(), 3, heads, width())
            .call("select", 2, which)
            .call("transpose", 1, 2));
  }

  Expression query() {
    return perHead("query", width());
  }

  Expression queryRows() {
    return rows("query", query(), width());
  }

  Expression key() {
    return perHead("key", width());
  }

  Expression keyRows() {
    return rows("key", key(), width());
  }

  Expression value() {
    return perHead("value", width());
  }

  Expression valueRows() {
    return rows("value", value(), width());
  }

  Expression scoreRows() {
    return rows("score", perHead("scores", length()), length());
  }

  Expression weightRows() {
    return rows("weight", perHead("weights", length()), length());
  }

  Expression context() {
    return perHead("context", width());
  }

  Expression contextRows() {
    return rows("context", context(), width());
  }

  private Expression merged() {
    return code.kept("merged", code.inputShape());
  }

  Expression mergedRows() {
    return code.perBatch("mergedRows", merged().call("view", -1, code.inputShape().last()));
  }

  Expression mergedByHead() {
    return code.perBatch(
        "mergedByHead", merged().call("view", N, length(), heads, width()).call("transpose", 1, 2));
  }

  private Expression perHead(String name, long last) {
    return code.kept(name, Shape.of(heads, length(), last));
  }

  private Expression rows(String name, Expression tensor, long last) {
    return code.perBatch(name + "Rows", tensor.call("view", -1, length(), last));
  }

  Expression transposed(String name, Expression rows) {
    return code.perBatch(name + "T", rows.call("transpose", 1, 2));
  }
}
