package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The logs of a run. None can end it, whatever it throws: hours of training are worth more than a
 * picture of them. A log that fails is named, and told only of the end, at which it may let go of
 * what it has.
 *
 * <p>That holds for errors, too. A class that is missing or an overflowing stack is the log's own
 * trouble; so is memory that was too little for a log, since the run does the next step all the
 * same, and where it cannot, the run's own error ends it. Only an {@link AssertionError} passes: it
 * is how a test that looks into a run fails.
 */
final class Watchers {
  private final List<TrainingLog> all;
  private final List<TrainingLog> sound;

  Watchers(List<TrainingLog> logs) {
    all = List.copyOf(logs);
    sound = new ArrayList<>(logs);
  }

  void began(TrainingLog.Run plan) {
    tell("began", log -> log.began(plan));
  }

  /** Of each step, so without a function that would be made for it. */
  void step(TrainingLog.Step step) {
    for (int i = 0; i < sound.size(); i++) {
      try {
        sound.get(i).step(step);
      } catch (AssertionError e) {
        throw e;
      } catch (Throwable e) {
        warn(sound.remove(i--), "step", e);
      }
    }
  }

  /** Whether any wants to see the gradients of a step to come; asked before each. */
  boolean wantGradients(TrainingLog.Run plan, int epoch, int number) {
    boolean wanted = false;
    for (int i = 0; i < sound.size(); i++) {
      try {
        wanted |= sound.get(i).wantsGradients(plan, epoch, number);
      } catch (AssertionError e) {
        throw e;
      } catch (Throwable e) {
        warn(sound.remove(i--), "wantsGradients", e);
      }
    }
    return wanted;
  }

  void gradients(TrainingLog.Step step) {
    tell("gradients", log -> log.gradients(step));
  }

  void epoch(History.Epoch epoch) {
    tell("epoch", log -> log.epoch(epoch));
  }

  private void tell(String what, Consumer<TrainingLog> telling) {
    for (TrainingLog log : List.copyOf(sound)) {
      try {
        telling.accept(log);
      } catch (AssertionError e) {
        throw e;
      } catch (Throwable e) {
        sound.remove(log);
        warn(log, what, e);
      }
    }
  }

  /** Tells all of the end; what they throw goes with the failure that was the end, if one was. */
  void ended(Optional<Throwable> failure) {
    for (TrainingLog log : all) {
      try {
        log.ended(failure);
      } catch (Throwable e) {
        if (failure.isPresent()) {
          suppress(e, failure.get());
        } else if (e instanceof AssertionError assertion) {
          throw assertion;
        } else {
          warn(log, "ended", e);
        }
      }
    }
  }

  /** Keeps a failure that came after another, and because of it, from hiding that. */
  static void suppress(Throwable later, Throwable first) {
    if (later != first) {
      first.addSuppressed(later);
    }
  }

  private static void warn(TrainingLog log, String what, Throwable failure) {
    System.getLogger(Watchers.class.getName())
        .log(
            Level.WARNING,
            "Training goes on without the log "
                + log.getClass().getName()
                + ": its "
                + what
                + " failed",
            failure);
  }
}
