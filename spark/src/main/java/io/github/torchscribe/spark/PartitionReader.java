package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Gathers a partition's rows as tensors.
 *
 * @param <R> what the rows are
 */
final class PartitionReader<R> implements AutoCloseable {
  private final RowLayout layout;
  private final Cells<R> cells;
  private final TensorSpecs inputs;
  private final TensorSpecs targets;
  private final Rows train;
  private final Rows test;

  PartitionReader(RowLayout layout, Cells<R> cells, TensorSpecs inputs, TensorSpecs targets) {
    this.layout = layout;
    this.cells = cells;
    this.inputs = inputs;
    this.targets = targets;
    train = new Rows();
    test = new Rows();
  }

  /** Some of the rows, a reader for each part. */
  private final class Rows {
    private final List<PartReader> inputParts = readers(layout.inputs(), inputs);
    private final List<PartReader> targetParts = readers(layout.targets(), targets);
    private final List<PartReader> parts =
        Stream.concat(inputParts.stream(), targetParts.stream()).toList();

    void add(R row) {
      try {
        for (PartReader part : parts) {
          part.add(cells, row);
        }
      } catch (PartReader.Misfit e) {
        throw layout.showing(e, cells, row);
      }
    }

    long count() {
      return inputParts.get(0).rows();
    }

    PartitionData data() {
      PointerScope scope = new PointerScope();
      try {
        return new PartitionData(
            inputs, tensors(inputs, inputParts), targets, tensors(targets, targetParts));
      } finally {
        scope.close();
      }
    }
  }

  private static List<PartReader> readers(List<Part> parts, TensorSpecs specs) {
    List<PartReader> readers = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      readers.add(new PartReader(parts.get(i), specs.get(i)));
    }
    return readers;
  }

  private static Tensors tensors(TensorSpecs specs, List<PartReader> parts) {
    List<Tensor> all = parts.stream().map(PartReader::tensor).toList();
    return Tensors.of(specs.names(), all);
  }

  /**
   * Takes all rows.
   *
   * @throws PartReader.Misfit when one is not as the network wants it; the message shows it
   */
  PartitionReader<R> addAll(Iterator<R> rows) {
    while (rows.hasNext()) {
      R row = rows.next();
      (layout.isTest(cells, row) ? test : train).add(row);
    }
    return this;
  }

  /** How many rows are learned from. */
  long trainRows() {
    return train.count();
  }

  /** How many rows are evaluated on. */
  long testRows() {
    return test.count();
  }

  /** The rows that are learned from, or predicted; leaves none here. */
  PartitionData train() {
    return train.data();
  }

  /** The rows that are evaluated on; leaves none here. */
  PartitionData test() {
    return test.data();
  }

  @Override
  public void close() {
    train.parts.forEach(PartReader::close);
    test.parts.forEach(PartReader::close);
  }
}
