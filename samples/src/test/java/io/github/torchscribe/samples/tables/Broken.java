package io.github.torchscribe.samples.tables;

import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A log that notes what it is told, and throws at something. */
final class Broken implements TrainingLog {
  private final String at;
  private final Supplier<? extends Throwable> what;
  final List<String> told = new ArrayList<>();
  Optional<Throwable> end;

  Broken(String at, Supplier<? extends Throwable> what) {
    this.at = at;
    this.what = what;
  }

  private void tell(String name) {
    told.add(name);
    if (name.equals(at)) {
      Broken.<RuntimeException>sneak(what.get());
    }
  }

  /** Throws anything, as a log written in another language of the JVM may. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable any) throws E {
    throw (E) any;
  }

  @Override
  public void began(Run run) {
    tell("began");
  }

  @Override
  public void step(Step step) {
    tell("step");
  }

  @Override
  public void epoch(History.Epoch epoch) {
    tell("epoch");
  }

  @Override
  public void ended(Optional<Throwable> failure) {
    end = failure;
    tell("ended");
  }
}
