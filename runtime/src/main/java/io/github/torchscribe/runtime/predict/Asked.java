package io.github.torchscribe.runtime.predict;

import io.github.torchscribe.runtime.generated.Signature;
import io.github.torchscribe.runtime.generated.StatedOutput;
import io.github.torchscribe.runtime.torch.Shapes;
import java.util.List;

/**
 * A question of several inputs or outputs.
 *
 * @param numbers of each input; null where it consists of indices
 * @param indices of each input; null where it consists of numbers
 * @param outputs are filled
 */
public record Asked(float[][] numbers, long[][] indices, float[][] outputs) implements Lane.Query {
  /**
   * One example, with room for its answers.
   *
   * @param signature of the network that is to be asked
   * @param numbers of each input; null where it consists of indices
   * @param indices of each input; null where it consists of numbers
   */
  static Asked of(Signature signature, float[][] numbers, long[][] indices) {
    List<StatedOutput> outputs = signature.outputs();
    float[][] room = new float[outputs.size()][];
    for (int i = 0; i < room.length; i++) {
      room[i] = new float[Math.toIntExact(Shapes.elements(outputs.get(i).shape()))];
    }
    return new Asked(numbers, indices, room);
  }

  @Override
  public float[] numbers(int input) {
    return numbers[input];
  }

  @Override
  public long[] indices(int input) {
    return indices[input];
  }

  @Override
  public float[] output(int which) {
    return outputs[which];
  }

  /** Whether something in its answer is no number. */
  public boolean makesNaN() {
    for (float[] output : outputs) {
      for (float value : output) {
        if (Float.isNaN(value)) {
          return true;
        }
      }
    }
    return false;
  }
}
