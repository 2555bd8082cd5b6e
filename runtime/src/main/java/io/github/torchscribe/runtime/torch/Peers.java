package io.github.torchscribe.runtime.torch;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The processes that train one model together, each on its part of every batch: its ranks. */
public interface Peers {
  /** A group of one: there is nobody else to ask. */
  Peers NONE =
      new Peers() {
        @Override
        public int rank() {
          return 0;
        }

        @Override
        public int size() {
          return 1;
        }

        @Override
        public void sum(Tensor numbers) {
          // alone, all is there
        }
      };

  /**
   * Which of the ranks this is.
   *
   * @return from 0, and less than how many there are
   */
  int rank();

  /**
   * How many ranks there are.
   *
   * @return 1 where there is nobody else
   */
  int size();

  /**
   * Adds up what all ranks have, and gives each the sums, the same to the last bit. Every rank
   * calls this for the same tensors in the same order, and waits for the others.
   *
   * @param numbers contiguous, of the same length and type on every rank; the sums are written into
   *     it
   */
  void sum(Tensor numbers);

  /**
   * Gives each rank what the others have. Every rank calls this for the same tensors in the same
   * order, and waits for the others. Here by sums with nothing, which move twice as much as there
   * is: whoever can does better.
   *
   * @param parts one of each rank, in their order, contiguous and of any length: its own has been
   *     filled, into the others it is written what their ranks have
   */
  default void spread(List<Tensor> parts) {
    for (int i = 0; i < parts.size(); i++) {
      if (i != rank()) {
        parts.get(i).zero_();
      }
      if (parts.get(i).numel() > 0) {
        sum(parts.get(i));
      }
    }
  }
}
