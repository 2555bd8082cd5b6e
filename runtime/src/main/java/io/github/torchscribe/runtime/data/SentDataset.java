package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.distributed.Group;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Examples that only the first process of a group can read, for all of them. */
public final class SentDataset {
  /** How much is sent at once, in bytes. */
  private static final long PIECE = 16 << 20;

  private SentDataset() {}

  /**
   * Has rank 0 read a dataset and send all of it to the others, once, so that it need not be where
   * they are. Every rank calls this at the same place, and has the whole of it in memory then.
   *
   * <pre>{@code
   * Dataset train = SentDataset.of(group, () -> Csv.read(path, columns));
   * }</pre>
   *
   * @param group with one process the dataset is what is read
   * @param reader is asked on rank 0 alone; what it gives is closed once it has been sent
   * @return the examples, to be closed
   * @throws io.github.torchscribe.runtime.distributed.GroupException when another rank fails
   * @throws IllegalArgumentException when they are not the same each time: send what they are
   *     transformed from, and transform that on each rank
   */
  public static Dataset of(Group group, Supplier<? extends Dataset> reader) {
    if (group.size() == 1) {
      return reader.get();
    }
    try {
      return group.rank() > 0 ? new Parts(group).send(null) : read(group, reader);
    } catch (RuntimeException | Error e) {
      group.fail(e);
      throw e;
    }
  }

  private static Dataset read(Group group, Supplier<? extends Dataset> reader) {
    try (Dataset data = reader.get()) {
      if (data.size() < 1) {
        throw new IllegalArgumentException("the data have no example");
      }
      if (!data.isFixed()) {
        throw new IllegalArgumentException(
            "only examples that are the same each time can be sent once and for all: send those"
                + " that they are transformed from, and transform them on each rank");
      }
      return new Parts(group).send(data);
    }
  }

  /** Its inputs and targets, in turn. */
  private record Parts(Group group) {
    /**
     * Brings them to all.
     *
     * @param data of rank 0; null on the others
     */
    Dataset send(Dataset data) {
      PointerScope scope = new PointerScope();
      try {
        Tensors inputs = room(data == null ? "" : described(data.inputSpecs(), data.size()));
        Tensors targets = room(data == null ? "" : described(data.targetSpecs(), data.size()));
        exchange(data, inputs, targets);
        return new TensorDataset(inputs, targets);
      } finally {
        scope.close();
      }
    }

    private static String described(TensorSpecs specs, long size) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < specs.size(); i++) {
        TensorSpec spec = specs.get(i);
        lines.add(spec.areIndices() + " " + Arrays.toString(Shapes.batch(size, spec.shape())));
        lines.add(specs.names().get(i));
      }
      return String.join("\n", lines);
    }

    /** Room for what rank 0 describes. */
    private Tensors room(String mine) {
      String described = group.texts(mine).get(0);
      List<String> names = new ArrayList<>();
      List<Tensor> parts = new ArrayList<>();
      List<String> lines = described.isEmpty() ? List.of() : List.of(described.split("\n", -1));
      for (int i = 0; i < lines.size(); i += 2) {
        boolean areIndices = lines.get(i).startsWith("true");
        String[] sizes = lines.get(i).replaceAll("[a-z\\[\\] ]", "").split(",");
        long[] shape = Arrays.stream(sizes).mapToLong(Long::parseLong).toArray();
        torch.ScalarType type = areIndices ? torch.ScalarType.Long : torch.ScalarType.Float;
        parts.add(torch.empty(shape, Device.cpu().options(type), null));
        names.add(lines.get(i + 1));
      }
      return Tensors.of(names, parts);
    }

    private void exchange(Dataset data, Tensors inputs, Tensors targets) {
      long size = inputs.get(0).size(0);
      long bytes = Math.max(1, bytes(inputs) / size);
      long rows = Math.max(1, PIECE / bytes);
      for (long from = 0; from < size; from += rows) {
        long first = from;
        long count = Math.min(rows, size - from);
        PointerScope scope = new PointerScope();
        try {
          Tensors someInputs = inputs.map(part -> part.narrow(0, first, count));
          Tensors someTargets = targets.map(part -> part.narrow(0, first, count));
          if (data != null) {
            long[] indices = LongStream.range(first, first + count).toArray();
            data.gather(torch.tensor(indices), someInputs, someTargets);
          }
          broadcast(someInputs);
          broadcast(someTargets);
        } finally {
          scope.close();
        }
      }
    }

    private void broadcast(Tensors parts) {
      for (int i = 0; i < parts.size(); i++) {
        group.broadcast(parts.get(i));
      }
    }

    private static long bytes(Tensors parts) {
      long sum = 0;
      for (int i = 0; i < parts.size(); i++) {
        sum += parts.get(i).numel() * parts.get(i).element_size();
      }
      return sum;
    }
  }
}
