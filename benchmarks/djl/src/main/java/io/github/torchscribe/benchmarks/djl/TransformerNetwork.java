package io.github.torchscribe.benchmarks.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;

/**
 * A small causal transformer, written for DJL by hand: its own encoder block sees what comes after,
 * and normalises behind the sum.
 */
final class TransformerNetwork {
  static final int VOCABULARY = 96;
  static final int LENGTH = 64;
  private static final int WIDTH = 128;
  private static final int HEADS = 4;

  private TransformerNetwork() {}

  static Block create() {
    return new SequentialBlock()
        .add(new Tokens())
        .add(attend())
        .add(think())
        .add(attend())
        .add(think())
        .add(norm())
        .add(Networks.linear(VOCABULARY));
  }

  private static Block attend() {
    return residual(new SequentialBlock().add(norm()).add(new Attention()));
  }

  private static Block think() {
    return residual(
        new SequentialBlock()
            .add(norm())
            .add(Networks.linear(4 * WIDTH))
            .add(Activation::gelu)
            .add(Networks.linear(WIDTH)));
  }

  private static Block residual(Block main) {
    return new ParallelBlock(
        both -> new NDList(both.get(0).singletonOrThrow().add(both.get(1).singletonOrThrow())),
        List.of(main, Blocks.identityBlock()));
  }

  private static Block norm() {
    return LayerNorm.builder().axis(2).build();
  }

  /** What a token is plus where it stands. */
  private static final class Tokens extends AbstractBlock {
    private final Parameter tokens;
    private final Parameter places;

    Tokens() {
      tokens = addParameter(weight("tokens", VOCABULARY));
      places = addParameter(weight("places", LENGTH));
    }

    private Parameter weight(String name, long count) {
      return Parameter.builder()
          .setName(name)
          .setType(Parameter.Type.WEIGHT)
          .optShape(new Shape(count, WIDTH))
          .build();
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
      NDArray input = inputs.singletonOrThrow();
      NDArray table = store.getValue(tokens, input.getDevice(), training);
      NDArray where = store.getValue(places, input.getDevice(), training);
      NDArray embedded =
          input.getNDArrayInternal().embedding(input, table, SparseFormat.DENSE).singletonOrThrow();
      return new NDList(embedded.add(where));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {new Shape(inputs[0].get(0), LENGTH, WIDTH)};
    }
  }

  /** Each token gathers from those before it. */
  private static final class Attention extends AbstractBlock {
    private final Block in = addChildBlock("in", Networks.linear(3L * WIDTH));
    private final Block out = addChildBlock("out", Networks.linear(WIDTH));
    private NDArray mask;

    @Override
    public void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
      in.initialize(manager, type, inputs);
      out.initialize(manager, type, inputs);
      NDArray ones = manager.ones(new Shape(LENGTH, LENGTH));
      NDArray lower = manager.arange(LENGTH).reshape(LENGTH, 1).gte(manager.arange(LENGTH));
      mask = ones.sub(lower.toType(DataType.FLOAT32, false)).mul(-1e9f);
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
      long n = inputs.singletonOrThrow().getShape().get(0);
      NDArray heads =
          in.forward(store, inputs, training)
              .singletonOrThrow()
              .reshape(n, LENGTH, 3, HEADS, WIDTH / HEADS)
              .transpose(2, 0, 3, 1, 4);
      NDArray scores = heads.get(0).matMul(heads.get(1).transpose(0, 1, 3, 2));
      NDArray weights =
          scores.mul((float) (1 / Math.sqrt((double) WIDTH / HEADS))).add(mask).softmax(-1);
      NDArray merged = weights.matMul(heads.get(2)).transpose(0, 2, 1, 3).reshape(n, LENGTH, WIDTH);
      return out.forward(store, new NDList(merged), training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return inputs;
    }
  }
}
