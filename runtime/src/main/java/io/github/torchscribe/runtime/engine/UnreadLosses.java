package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Losses of steps in a GPU's memory, which are read together. */
final class UnreadLosses implements AutoCloseable {
  /** A GPU has that many steps at least to go on with. */
  private static final int MOST = 64;

  private final List<StatedLoss> stated;
  private final Arena arena;
  private final List<StepLoss> waiting = new ArrayList<>();
  private Tensor numbers;

  UnreadLosses(List<StatedLoss> stated, Device device) {
    this.stated = stated;
    long[] shape = {MOST, stated.size()};
    arena =
        Arena.filledBy(
            () -> numbers = torch.empty(shape, device.options(torch.ScalarType.Float), null));
  }

  /** Keeps the losses of a step that has been done, of which all count. */
  StepLoss add(Pass pass) {
    if (waiting.size() == MOST) {
      read();
    }
    PointerScope scope = new PointerScope();
    try {
      pass.putLosses(numbers.select(0, waiting.size()));
    } finally {
      scope.close();
    }
    StepLoss loss = new StepLoss();
    waiting.add(loss);
    return loss;
  }

  /** Reads all, and waits until their steps are done. */
  void read() {
    if (waiting.isEmpty()) {
      return;
    }
    float[] all = new float[waiting.size() * stated.size()];
    PointerScope scope = new PointerScope();
    try {
      numbers.narrow(0, 0, waiting.size()).cpu().data_ptr_float().get(all);
    } finally {
      scope.close();
    }
    for (int i = 0; i < waiting.size(); i++) {
      become(waiting.get(i), all, i * stated.size());
    }
    waiting.clear();
  }

  private void become(StepLoss loss, float[] all, int from) {
    if (stated.size() == 1) {
      loss.become((float) (all[from] * stated.get(0).weight()), Map.of());
      return;
    }
    double sum = 0;
    Map<String, Float> parts = new LinkedHashMap<>();
    for (int i = 0; i < stated.size(); i++) {
      parts.put(stated.get(i).name(), all[from + i]);
      sum += all[from + i] * stated.get(i).weight();
    }
    loss.become((float) sum, parts);
  }

  @Override
  public void close() {
    try {
      read();
    } catch (RuntimeException e) { // after an error of CUDA's nothing can be read any more
      waiting.forEach(loss -> loss.become(Float.NaN, Map.of()));
      waiting.clear();
    } finally {
      arena.close();
    }
  }
}
