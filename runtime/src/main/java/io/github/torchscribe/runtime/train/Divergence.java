package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.NotFinite;
import io.github.torchscribe.runtime.distributed.Group;
import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.engine.Exchange;
import io.github.torchscribe.runtime.engine.StepLoss;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.learner.DivergedException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Looks at losses that are no number.
 *
 * @param train has the batches
 * @param exchange with the other processes of a group
 * @param accumulated how many batches make one update
 */
record Divergence(Engine engine, DataLoader train, Optional<Exchange> exchange, int accumulated) {
  /**
   * A loss that is no number is none where nothing of a batch counts, and taught nothing.
   *
   * @param batch of the step, unless the loader has gone on: then all of it counted
   * @throws DivergedException where it is one
   */
  void requireHarmless(DoneStep did, Optional<Batch> batch, int epoch) {
    if (exchange.isPresent()) {
      requireHarmless(did, batch, epoch, exchange.get().group());
      return;
    }
    Optional<Examples> counted = batch.map(engine.scoring()::counted);
    boolean weighsNothing = counted.isPresent() && counted.get().weight() == 0;
    if (counted.filter(some -> isHarmless(some, did.loss())).isPresent()
        || weighsNothing && accumulated > 1) {
      return;
    }
    Optional<NotFinite> broken = broken(did, batch);
    String advice;
    if (broken.isPresent()) {
      advice = DivergenceAdvice.mend(broken.get());
    } else if (weighsNothing) {
      advice = DivergenceAdvice.weighNothing();
    } else if (Float.isNaN(did.loss().whole()) && epoch == 0 && did.step() == 0) {
      advice = DivergenceAdvice.atOnce(engine.network().signature().losses());
    } else {
      advice = DivergenceAdvice.smaller(did.learningRate());
    }
    throw of(epoch, did.step(), did.loss().whole(), did.learningRate(), advice);
  }

  /** In a group each looks at its own examples, and all are told what one has found. */
  private void requireHarmless(DoneStep did, Optional<Batch> batch, int epoch, Group group) {
    if (did.loss().countsNothing()) {
      return;
    }
    Optional<NotFinite> broken = broken(did, batch);
    List<String> found = group.texts(broken.map(DivergenceAdvice::mend).orElse(""));
    String advice = DivergenceAdvice.smaller(did.learningRate());
    for (int rank = found.size() - 1; rank >= 0; rank--) {
      if (!found.get(rank).isEmpty()) {
        advice = "Rank " + rank + ": " + found.get(rank);
      }
    }
    throw of(epoch, did.step(), did.loss().whole(), did.learningRate(), advice);
  }

  /** What is wrong with an example of a batch, which may have to be read once more. */
  private Optional<NotFinite> broken(DoneStep did, Optional<Batch> batch) {
    return batch.isPresent()
        ? train.notFinite(batch.get())
        : train.notFinite(did.from(), did.size());
  }

  /** Whether each loss that is no number is so because none of its targets counts. */
  private static boolean isHarmless(Examples counted, StepLoss loss) {
    Collection<Float> losses = loss.parts().values();
    if (losses.isEmpty()) {
      return counted.countsNothing(0);
    }
    int which = 0;
    for (float one : losses) {
      if (!Float.isFinite(one) && !counted.countsNothing(which)) {
        return false;
      }
      which++;
    }
    return true;
  }

  /** What is thrown of a step. */
  DivergedException of(int epoch, int step, float loss, double lr, String advice) {
    return new DivergedException(engine.network().name(), epoch, step, loss, lr, advice);
  }
}
