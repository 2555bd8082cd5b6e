package io.github.torchscribe.runtime.predict;

/**
 * A question of several inputs or outputs.
 *
 * @param numbers of each input; null where it consists of indices
 * @param indices of each input; null where it consists of numbers
 * @param outputs are filled
 */
public record Asked(float[][] numbers, long[][] indices, float[][] outputs) implements Lane.Query {
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
