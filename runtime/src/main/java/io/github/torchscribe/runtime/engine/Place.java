package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.cuda.Recorder;
import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.generated.Signature;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Where batches of one size lie, one after the other: what has been recorded reads them there. */
final class Place implements AutoCloseable {
  private final Arena arena;
  private Examples examples;

  /**
   * Room for batches.
   *
   * @param like the first of them
   */
  private Place(Examples like) {
    arena =
        Arena.filledBy(
            () ->
                examples = new Examples(room(like.inputs()), room(like.targets()), like.counted()));
  }

  /**
   * Room for batches that a pass reads there.
   *
   * @param pass is made ready for them
   * @param like the first of them
   * @throws NoRoom when there is no memory; then the room is free again
   */
  static Place keptBy(Pass pass, Examples like, Recorder recorder) {
    Place place = null;
    try {
      place = new Place(like);
      pass.keep(place.examples(), recorder);
      return place;
    } catch (RuntimeException e) {
      if (place != null) {
        place.close();
      }
      throw pass.noRoom(e, like.size(), 0);
    }
  }

  private static Tensor[] room(Tensor... some) {
    Tensor[] all = new Tensor[some.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = some[i] == null ? null : torch.empty(some[i].sizes(), some[i].options(), null);
    }
    return all;
  }

  /** The batch that is there, and what counts of the first. */
  Examples examples() {
    return examples;
  }

  /**
   * Writes a batch of a loader's there, and looks at it.
   *
   * @return the batch, as it lies there
   */
  Examples write(Batch batch, BatchCheck check, Signature signature) {
    Tensors inputs = named(signature.inputs().names(), examples.inputs());
    Tensors targets = named(signature.targets().names(), examples.targets());
    batch.write(inputs, targets);
    return check.batch(batch, inputs, targets);
  }

  private static Tensors named(List<String> names, Tensor... some) {
    return Tensors.of(names, Arrays.stream(some).filter(Objects::nonNull).toList());
  }

  /** Copies a batch there, unless it has been written there. */
  void fill(Examples batch) {
    fill(examples.inputs(), batch.inputs());
    fill(examples.targets(), batch.targets());
  }

  private static void fill(Tensor[] places, Tensor... batch) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] != null && places[i] != batch[i]) {
        places[i].copy_(batch[i], true);
      }
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
