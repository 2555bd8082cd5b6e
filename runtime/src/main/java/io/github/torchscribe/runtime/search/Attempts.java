package io.github.torchscribe.runtime.search;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;

/** One run of a search. */
final class Attempts {
  private final Plan plan;
  private final Search.Objective objective;
  private final SearchFolder folder;
  private final PrintStream out;
  private final int planned;
  private final Comparator<TrialOutcome> bestFirst;

  /** What came of each, by trial and epochs, in the order in which they were tried. */
  private final Map<String, TrialOutcome> known = new LinkedHashMap<>();

  private final List<TrialOutcome> done = new ArrayList<>();
  private TrialOutcome best;

  Attempts(Plan plan, Search.Objective objective, SearchFolder folder, PrintStream out) {
    this.plan = plan;
    this.objective = objective;
    this.folder = folder;
    this.out = out;
    bestFirst = TrialOutcome.bestFirst(plan.higherIsBetter());
    planned = plan.strategy().planned(plan.space());
    folder
        .outcomes()
        .forEach(outcome -> known.put(key(outcome.trial(), outcome.epochs()), outcome));
  }

  private static String key(int trial, int epochs) {
    return trial + " for " + epochs;
  }

  SearchResult run() {
    boolean complete = true;
    boolean interrupted = false;
    if (!known.isEmpty()) {
      out.println("Goes on: " + folder.path() + " has " + counted(known.size()) + ".");
    }
    try {
      Configurations all = new Configurations(plan.space(), plan.seed());
      for (Strategy.Bracket bracket : plan.strategy().brackets()) {
        race(bracket, plan.strategy().begin(bracket, all));
      }
    } catch (CancellationException e) {
      complete = false;
    } catch (InterruptedException e) {
      complete = false;
      interrupted = true;
    }
    // Until all is said, so that nothing that is written to ends for it.
    interrupted |= Thread.interrupted();
    try {
      return end(complete);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private SearchResult end(boolean complete) {
    SearchResult result =
        new SearchResult(done, complete, plan.measure(), plan.higherIsBetter(), folder.page());
    folder.finish(plan, done, planned, complete);
    out.println();
    out.print(result.table());
    out.println(complete ? "Search: " + folder.page() : "Stopped; run again it goes on.");
    out.flush();
    return result;
  }

  /** Tries all of a bracket, and of each round the best again. */
  private void race(Strategy.Bracket bracket, List<Configuration> begin)
      throws InterruptedException {
    List<Configuration> left = begin;
    for (int epochs : bracket.epochs()) {
      Map<Integer, TrialOutcome> sound = new HashMap<>();
      for (Configuration configuration : left) {
        TrialOutcome outcome = known.get(key(configuration.id(), epochs));
        if (outcome == null) {
          if (Thread.interrupted()) {
            throw new InterruptedException("before trial " + configuration.id());
          }
          outcome = attempt(configuration, epochs);
        }
        add(outcome);
        if (outcome.value().isPresent()) {
          sound.put(configuration.id(), outcome);
        }
      }
      left =
          left.stream()
              .filter(some -> sound.containsKey(some.id()))
              .sorted(Comparator.comparing(some -> sound.get(some.id()), bestFirst))
              .limit(bracket.promoted(left.size()))
              .sorted(Comparator.comparingInt(Configuration::id))
              .toList();
    }
  }

  private void add(TrialOutcome outcome) {
    done.add(outcome);
    if (outcome.value().isPresent() && isBest(outcome)) {
      best = outcome;
    }
  }

  private boolean isBest(TrialOutcome sound) {
    return best == null || bestFirst.compare(sound, best) < 0;
  }

  private TrialOutcome attempt(Configuration configuration, int epochs)
      throws InterruptedException {
    long began = System.nanoTime();
    Path own = folder.ofTrial(configuration.id());
    OptionalDouble value = OptionalDouble.empty();
    String message = "";
    try {
      double came = objective.value(new Trial(configuration, epochs, own));
      if (Double.isFinite(came)) {
        value = OptionalDouble.of(came);
      } else {
        message = plan.measure() + " is " + came;
      }
    } catch (InterruptedException | CancellationException | AssertionError e) {
      throw e;
    } catch (Exception | Error e) {
      // Also an error: too little memory for one batch size is enough for another.
      message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
    TrialOutcome outcome =
        new TrialOutcome(
            configuration.id(),
            configuration.seed(),
            epochs,
            configuration.settings(),
            value,
            message,
            (System.nanoTime() - began) / 1e9);
    List<TrialOutcome> all = new ArrayList<>(known.values());
    all.add(outcome);
    known.put(key(outcome.trial(), epochs), outcome);
    folder.keep(plan, all, planned);
    say(outcome);
    return outcome;
  }

  private void say(TrialOutcome outcome) {
    StringBuilder line = new StringBuilder();
    line.append("[").append(done.size() + 1).append(" of ").append(planned).append("] ");
    outcome
        .settings()
        .forEach(
            (name, value) -> line.append(name).append(" ").append(Table.text(value)).append(", "));
    line.append(outcome.epochs()).append(outcome.epochs() == 1 ? " epoch: " : " epochs: ");
    if (outcome.value().isPresent()) {
      double value = outcome.value().getAsDouble();
      line.append(plan.measure()).append(" ").append(Table.text(value));
      line.append(" in ").append(Table.seconds(outcome.seconds()));
      if (isBest(outcome)) {
        line.append(", the best so far");
      }
    } else {
      line.append("failed: ").append(outcome.message().lines().findFirst().orElse(""));
    }
    out.println(line);
    out.flush();
  }

  private static String counted(int trials) {
    return trials + (trials == 1 ? " trial" : " trials");
  }
}
