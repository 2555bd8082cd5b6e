package io.github.torchscribe.runtime.generated;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** All layers and directions of a recurrent layer, written out. */
final class UnrolledLayers {
  /**
   * What they are like.
   *
   * @param cell what they are made of
   * @param output what leaves
   * @param layers how many are stacked
   * @param directions 1 or 2
   * @param bias whether there are biases
   */
  record Shape(Cell cell, Hidden output, int layers, int directions, boolean bias) {
    /** Whether the states behind all places of a layer are read by somebody. */
    boolean readsAllPlaces() {
      return layers > 1 || output == Hidden.SEQUENCE;
    }

    /** How many parameters a layer has in each direction. */
    int parameters() {
      return bias ? 4 : 2;
    }
  }

  /** The part of a block that has not been given away, whose examples' numbers lie together. */
  private static final class Rest {
    private final Tensor flat;
    private final long examples;
    private long from;

    Rest(Tensor memory) {
      flat = memory.view(-1);
      examples = memory.size(0);
    }

    /** Something of each place: (length, n, width). */
    Tensor places(long length, long width) {
      return next(length * examples * width).view(length, examples, width);
    }

    /** Something of each example: (n, width). */
    Tensor examples(long width) {
      return next(examples * width).view(examples, width);
    }

    private Tensor next(long size) {
      from += size;
      return flat.narrow(0, from - size, size);
    }

    void requireNone() {
      if (from != flat.numel()) {
        throw new IllegalStateException(
            "a recurrent layer needs " + from + " numbers, but has " + flat.numel());
      }
    }
  }

  private final Shape shape;
  private final long width;
  private final Tensor[] sequences;
  private final Unrolled[][] cells;
  private final Tensor above;
  private final Tensor aboveRows;
  private final Tensor[][] aboveAt;

  /**
   * Layers for one batch size.
   *
   * @param shape what they are like
   * @param length how many places there are
   * @param memory (n, …): exactly as much as they need
   * @param parameters in PyTorch's order
   */
  UnrolledLayers(Shape shape, long length, Tensor memory, Tensor... parameters) {
    this.shape = shape;
    width = parameters[1].size(1);
    Rest rest = new Rest(memory);
    Tensor scratch = rest.examples(width);
    Tensor more = rest.examples(width);
    above = rest.places(shape.readsAllPlaces() ? length : 0, shape.directions * width);
    aboveRows = above.flatten(0, 1);
    aboveAt = new Tensor[shape.directions][];
    for (int i = 0; i < shape.directions; i++) {
      aboveAt[i] = Unrolled.places(above.narrow(2, i * width, width));
    }
    sequences = new Tensor[shape.layers];
    cells = new Unrolled[shape.layers][shape.directions];
    int from = 0;
    for (int layer = 0; layer < shape.layers; layer++) {
      sequences[layer] = rest.places(length, parameters[from].size(1));
      for (int i = 0; i < shape.directions; i++) {
        Tensor[] own = Arrays.copyOfRange(parameters, from, from + shape.parameters());
        Unrolled.Memory some =
            new Unrolled.Memory(
                sequences[layer],
                rest.places(length, own[0].size(0)),
                rest.places(length + 1, width),
                rest.examples(width),
                scratch,
                more,
                shape.cell.keepsOfState() ? rest.places(length, width) : null);
        cells[layer][i] = shape.cell.unrolled(some, i == 1, shape.bias, own);
        from += own.length;
      }
    }
    rest.requireNone();
  }

  void forward(Tensor result, Tensor input, Tensor state) {
    sequences[0].copy_(input.transpose(0, 1));
    for (int layer = 0; layer < shape.layers; layer++) {
      for (int i = 0; i < shape.directions; i++) {
        Unrolled one = cells[layer][i];
        if (state.defined()) {
          one.begin().copy_(state.select(1, row(layer, i)));
        } else {
          one.begin().zero_();
        }
        one.forward();
        if (layer + 1 < shape.layers) {
          part(sequences[layer + 1], i).copy_(one.outputs());
        }
      }
    }
    give(result);
  }

  private void give(Tensor result) {
    Unrolled[] top = cells[shape.layers - 1];
    switch (shape.output) {
      case LAST -> {
        for (int i = 0; i < shape.directions; i++) {
          part(result, i).copy_(top[i].end());
        }
      }
      case SEQUENCE -> {
        for (int i = 0; i < shape.directions; i++) {
          part(result, i).copy_(top[i].outputs().transpose(0, 1));
        }
      }
      case STATE -> {
        for (int layer = 0; layer < shape.layers; layer++) {
          for (int i = 0; i < shape.directions; i++) {
            result.select(1, row(layer, i)).copy_(cells[layer][i].end());
          }
        }
      }
    }
  }

  /** Which of all states is that of a layer and direction. */
  private int row(int layer, int direction) {
    return layer * shape.directions + direction;
  }

  /** A direction's part of what both have beside each other. */
  private Tensor part(Tensor both, int direction) {
    return both.narrow(-1, direction * width, width);
  }

  void backward(Tensor outputGradient) {
    boolean reachesAll = shape.output == Hidden.SEQUENCE;
    if (reachesAll) {
      above.copy_(outputGradient.transpose(0, 1));
    }
    for (int layer = shape.layers - 1; layer >= 0; layer--) {
      boolean isTop = layer == shape.layers - 1;
      for (int i = 0; i < shape.directions; i++) {
        Unrolled one = cells[layer][i];
        if (shape.output == Hidden.STATE) {
          one.gradient.copy_(outputGradient.select(1, row(layer, i)));
        } else if (shape.output == Hidden.LAST && isTop) {
          one.gradient.copy_(part(outputGradient, i));
        } else {
          one.gradient.zero_();
        }
        if (isTop && !reachesAll) {
          one.backward();
        } else {
          one.backwardFrom(aboveAt[i]);
        }
      }
      if (layer > 0) {
        inputGradient(layer, aboveRows);
      }
    }
  }

  private void inputGradient(int layer, Tensor to) {
    for (int i = 0; i < shape.directions; i++) {
      cells[layer][i].inputGradient(to, i > 0);
    }
  }

  /** After backward: the gradient of a parameter. */
  void gradient(int which, Tensor to) {
    int cell = which / shape.parameters();
    cells[cell / shape.directions][cell % shape.directions].gradient(
        which % shape.parameters(), to);
  }

  /** After backward: the gradient of what it began with. */
  void stateGradient(Tensor to) {
    for (int layer = 0; layer < shape.layers; layer++) {
      for (int i = 0; i < shape.directions; i++) {
        to.select(1, row(layer, i)).copy_(cells[layer][i].gradient);
      }
    }
  }

  /** After the gradients of parameters, which read what this overwrites. */
  void inputGradient(Tensor to) {
    inputGradient(0, cells[0][0].rows);
    to.copy_(sequences[0].transpose(0, 1));
  }
}
