package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.tensor.Shape;

/**
 * The tensors of attention between its projections. Those that are called rows have the heads of
 * all examples one after the other, as products of many matrices want them: (n·heads, L, …).
 */
record AttentionTensors(PassCode code, long heads, Projected projected) {
  /** What queries, keys and values are. */
  @FunctionalInterface
  interface Projected {
    /** Queries, keys or values, each head's by itself, where they were projected. */
    Expression byHead(int which, AttentionTensors t);
  }

  long queryLength() {
    return code.inputShape().sizes().get(0);
  }

  /** What arrives second has as many places as there are keys, also where it is their mask. */
  long keyLength() {
    return code.inputShape(code.inputs() > 1 ? 1 : 0).sizes().get(0);
  }

  private long width() {
    return code.inputShape().last() / heads;
  }

  Expression scale() {
    return code.scalar("attentionScale", 1 / Math.sqrt(width()));
  }

  Expression causalMask() {
    boolean square = queryLength() == keyLength();
    Expression mask =
        square ? call("causalMask", keyLength()) : call("causalMask", queryLength(), keyLength());
    return code.perBatch("mask", code.asComputed(mask));
  }

  /** Room for what is projected from each of so many places. */
  Expression projected(String name, long length, long width) {
    return code.keptForProduct(name, Shape.of(length, width), length);
  }

  /** The same, a row for each place. */
  Expression projectedRows(String name, long length, long width) {
    return code.perBatch(name + "Rows", projected(name, length, width).call("view", -1, width));
  }

  /** What is projected, each head's by itself. */
  Expression byHead(String name, Expression projected, long length) {
    return code.perBatch(
        name, projected.call("view", N, length, heads, width()).call("transpose", 1, 2));
  }

  /** One of several that are projected beside each other, each head's by itself. */
  Expression byHead(String name, Expression projected, long length, long several, int which) {
    return code.perBatch(
        name,
        projected
            .call("view", N, length, several, heads, width())
            .call("select", 2, which)
            .call("transpose", 1, 2));
  }

  Expression query() {
    return heads("query", queryLength(), projected.byHead(0, this));
  }

  Expression queryRows() {
    return rows("query", query(), queryLength(), width());
  }

  Expression key() {
    return heads("key", keyLength(), projected.byHead(1, this));
  }

  Expression keyRows() {
    return rows("key", key(), keyLength(), width());
  }

  Expression value() {
    return heads("value", keyLength(), projected.byHead(2, this));
  }

  Expression valueRows() {
    return rows("value", value(), keyLength(), width());
  }

  Expression scores() {
    return perHead("scores", queryLength(), keyLength());
  }

  Expression scoreRows() {
    return rows("score", scores(), queryLength(), keyLength());
  }

  Expression weights() {
    return perHead("weights", queryLength(), keyLength());
  }

  Expression weightRows() {
    return rows("weight", weights(), queryLength(), keyLength());
  }

  /** What of the weights dropout leaves, made larger, or 0. */
  Expression noise() {
    return perHead("noise", queryLength(), keyLength());
  }

  Expression noiseRows() {
    return rows("noise", noise(), queryLength(), keyLength());
  }

  /** For each key 0, or −1 where it is padding. */
  Expression hidden() {
    return code.keptAsComputed("hidden", Shape.of(keyLength()));
  }

  /** The same, for all heads and queries. */
  Expression hiddenKeys() {
    return code.perBatch("hiddenKeys", hidden().call("view", N, 1, 1, keyLength()));
  }

  Expression context() {
    return heads("context", queryLength(), mergedByHead());
  }

  Expression contextRows() {
    return rows("context", context(), queryLength(), width());
  }

  private Expression merged() {
    return code.keptForProduct("merged", code.inputShape(), queryLength());
  }

  Expression mergedRows() {
    return code.perBatch("mergedRows", merged().call("view", -1, code.inputShape().last()));
  }

  Expression mergedByHead() {
    return byHead("mergedByHead", merged(), queryLength());
  }

  /** Each head's by itself: a copy, or, where one example is asked about, what it would be of. */
  private Expression heads(String name, long length, Expression original) {
    Expression room = code.keptForProduct(name, Shape.of(heads, length, width()), length);
    return code.perBatch(name + "Heads", call("heads", room, original));
  }

  private Expression perHead(String name, long length, long last) {
    return code.keptAsComputed(name, Shape.of(heads, length, last));
  }

  private Expression rows(String name, Expression tensor, long length, long last) {
    return code.perBatch(name + "Rows", tensor.call("view", -1, length, last));
  }

  Expression transposed(String name, Expression rows) {
    return code.perBatch(name + "T", rows.call("transpose", 1, 2));
  }
}
