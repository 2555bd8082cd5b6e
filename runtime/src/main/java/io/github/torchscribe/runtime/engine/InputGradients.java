package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The gradients of those inputs for which they are asked, as the last pass backward left them. */
final class InputGradients implements AutoCloseable {
  private final Engine engine;
  private final List<Integer> asked;
  private Arena arena;
  private Tensor[] gradients = {};
  private long rows;

  InputGradients(Engine engine) {
    this.engine = engine;
    asked = engine.network().inputsWithGradient();
  }

  /** Takes them from a pass that has just gone back. */
  void take(Pass pass, long size) {
    if (asked.isEmpty()) {
      return;
    }
    if (size != rows) {
      close();
      arena = Arena.filledBy(() -> gradients = allocate(size));
      rows = size;
    }
    pass.run(List.of(share -> share.giveInputGradients(gradients)));
  }

  private Tensor[] allocate(long size) {
    TensorSpecs inputs = engine.network().signature().inputs();
    return asked.stream()
        .map(which -> Shapes.batch(size, inputs.get(which).shape()))
        .map(shape -> torch.empty(shape, engine.device().options(torch.ScalarType.Float), null))
        .toArray(Tensor[]::new);
  }

  /**
   * Copies for the caller, into whose scope they go.
   *
   * @throws IllegalStateException where nobody has asked for any, or nothing has gone back
   */
  Tensors copies() {
    requireThere();
    long size = rows;
    Tensor[] copies = allocate(size);
    engine.run(
        "copying",
        () -> {
          requireThere(); // still
          if (size != rows) {
            throw new IllegalStateException(
                "another batch has gone back while its input's gradient was asked for");
          }
          for (int i = 0; i < copies.length; i++) {
            copies[i].copy_(gradients[i]);
          }
          return null;
        });
    List<String> names = engine.network().signature().inputs().names();
    return Tensors.of(
        asked.stream().map(names::get).toList(), Arrays.stream(copies).map(Arena::given).toList());
  }

  private void requireThere() {
    String name = engine.network().name();
    if (asked.isEmpty()) {
      throw new IllegalStateException(
          name
              + " does not compute the gradient of its input: ask for it where that is stated, by"
              + " @Network(input = …, requiresGrad = true) or @Input(…, requiresGrad = true)");
    }
    if (rows == 0) {
      throw new IllegalStateException(
          name + " has no gradient of its input yet: call backward before");
    }
  }

  @Override
  public void close() {
    if (arena != null) {
      arena.close();
      arena = null;
    }
    rows = 0;
  }
}
