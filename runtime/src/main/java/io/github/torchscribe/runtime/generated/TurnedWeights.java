package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Blas;
import io.github.torchscribe.runtime.torch.Arena;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A model's weights of products in the order in which predictions read them: some columns of Wᵀ at
 * a time, one row of these right after the other. Large weights come from memory for each answer,
 * and a processor fetches beforehand what lies together. To turn them costs as much as an answer or
 * two. Predictors have it done at once, so that all their answers have the same bits; who asks a
 * model itself, perhaps once after each step, once they have stayed as they are for some answers,
 * and later each time it turns out not to have been worth it.
 *
 * <p>Whatever may have changed weights is counted. Where somebody has been given the parameters
 * themselves, and may change them without a word, none are turned.
 */
final class TurnedWeights implements AutoCloseable {
  /** Weights are read as they lie. */
  static final int NONE = 0;

  /** After so many answers without a change they are turned. */
  private static final int FIRST = 2;

  /** After so many in any case. */
  private static final int LAST = 200;

  /** For so many answers it has been worth it. */
  private static final int WORTH = 50;

  private final Map<List<Long>, Copy> copies = new HashMap<>();
  private int wanted = FIRST;
  private int answers;
  private int version;
  private volatile long changes = -1;
  private volatile boolean areSettled;
  private volatile boolean areShared;

  private record Copy(Arena arena, FloatPointer data) {
    static Copy of(Tensor weight, int width) {
      FloatPointer[] data = new FloatPointer[1];
      Arena arena =
          Arena.filledBy(
              () -> {
                Tensor room = torch.empty(new long[] {weight.numel()}, weight.options(), null);
                data[0] = room.data_ptr_float();
              });
      turn(weight.data_ptr_float(), (int) weight.size(0), (int) weight.size(1), width, data[0]);
      return new Copy(arena, data[0].position(0));
    }

    private static void turn(
        FloatPointer weight, int features, int length, int width, FloatPointer to) {
      for (int first = 0; first < features; first += width) {
        long place = (long) first * length;
        int some = Math.min(width, features - first);
        Blas.turn(some, length, weight.position(place), length, to.position(place));
      }
    }
  }

  /** From now on somebody may change weights at any time; nobody answers at this moment. */
  void share() {
    areShared = true;
    close();
  }

  /**
   * Which turned weights an answer reads: asked once before each.
   *
   * @param count of what may have changed weights until now
   * @param atOnce whether they are turned for the first already
   * @return the number of those of now, or {@link #NONE}
   */
  int version(long count, boolean atOnce) {
    if (areShared) {
      return NONE;
    }
    return areSettled && count == changes ? version : version(count, atOnce, 1);
  }

  /** The same, asked once more for the same answer. */
  int lastVersion(long count, boolean atOnce) {
    return areShared ? NONE : version(count, atOnce, 0);
  }

  private synchronized int version(long count, boolean atOnce, int more) {
    if (count != changes) {
      if (answers > wanted && answers < wanted + WORTH) {
        wanted = Math.min(2 * wanted, LAST);
      }
      close();
      answers = 0;
      version++;
      changes = count;
    }
    answers += more;
    areSettled = answers >= wanted + WORTH;
    return atOnce || answers > wanted || !copies.isEmpty() ? version : NONE;
  }

  /**
   * A weight, turned: for the caller, who moves the pointer.
   *
   * @param weight (features, length), one row right after the other
   * @param width so many features lie together
   */
  synchronized FloatPointer of(Tensor weight, int width) {
    List<Long> place = List.of(weight.storage_offset(), weight.size(0), weight.size(1));
    return new FloatPointer(copies.computeIfAbsent(place, some -> Copy.of(weight, width)).data);
  }

  /** Frees them all. */
  @Override
  public synchronized void close() {
    areSettled = false;
    copies.values().forEach(copy -> copy.arena.close());
    copies.clear();
  }
}
