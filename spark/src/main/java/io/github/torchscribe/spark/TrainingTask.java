package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.distributed.Group;
import io.github.torchscribe.runtime.learner.DivergedException;
import io.github.torchscribe.runtime.learner.History;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * What one process does: reads its rows, meets the others, learns. Rank 0 gives the {@link
 * Outcome}, the others nothing.
 *
 * @param <R> what the rows are
 */
final class TrainingTask<R> extends AbstractFunction1<Iterator<R>, Iterator<byte[]>>
    implements Serializable {
  private static final long serialVersionUID = 1;

  private final RunSettings settings;
  private final RowLayout layout;
  private final Cells<R> cells;

  TrainingTask(RunSettings settings, RowLayout layout, Cells<R> cells) {
    this.settings = settings;
    this.layout = layout;
    this.cells = cells;
  }

  @Override
  public Iterator<byte[]> apply(Iterator<R> rows) {
    BarrierTaskContext context = BarrierTaskContext.get();
    Outcome outcome = run(context, CollectionConverters.asJava(rows));
    List<byte[]> given = context.partitionId() == 0 ? List.of(outcome.bytes()) : List.of();
    return CollectionConverters.asScala(given.iterator());
  }

  private Outcome run(BarrierTaskContext context, java.util.Iterator<R> rows) {
    Cores.ofTask(context);
    try (Model model = settings.factory().create();
        PartitionReader<R> reader =
            new PartitionReader<>(layout, cells, model.inputs(), model.targets())) {
      String lack = agree(context, reader, read(reader, rows));
      if (!lack.isEmpty()) {
        return Outcome.failed(new IllegalArgumentException(lack));
      }
      try (PartitionData train = reader.train();
          PartitionData test = layout.mark() == null ? null : reader.test()) {
        return train(context, model, train, test == null ? train : test);
      }
    }
  }

  /** Reads all rows; what is wrong with one is said, empty where nothing is. */
  private String read(PartitionReader<R> reader, java.util.Iterator<R> rows) {
    try {
      reader.addAll(rows);
      return "";
    } catch (PartReader.Misfit e) {
      return e.getMessage();
    }
  }

  /**
   * Tells all what is wrong anywhere, so that nobody waits for who has no rows.
   *
   * @param wrong with the rows of this process
   * @return the same on every rank; empty where nothing is wrong
   */
  private String agree(BarrierTaskContext context, PartitionReader<R> reader, String wrong) {
    String[] all = context.allGather(reader.trainRows() + " " + reader.testRows() + " " + wrong);
    long[] train = new long[all.length];
    long[] test = new long[all.length];
    for (int rank = 0; rank < all.length; rank++) {
      String[] said = all[rank].split(" ", 3);
      if (!said[2].isEmpty()) {
        return said[2];
      }
      train[rank] = Long.parseLong(said[0]);
      test[rank] = Long.parseLong(said[1]);
    }
    String few = tooFew("to learn from", train);
    return few.isEmpty() && layout.mark() != null ? tooFew("to be evaluated on", test) : few;
  }

  private static String tooFew(String what, long... rows) {
    return Arrays.stream(rows).allMatch(count -> count > 0)
        ? ""
        : "there are "
            + Arrays.stream(rows).sum()
            + " rows "
            + what
            + " for "
            + rows.length
            + " processes, and each needs one at least: they have "
            + Arrays.toString(rows);
  }

  private Outcome train(
      BarrierTaskContext context, Model model, PartitionData train, PartitionData test) {
    int rank = context.partitionId();
    String host = host(context.getTaskInfos()[rank].address());
    try (KillWatch watch = new KillWatch(context);
        Group group =
            Group.meet(
                rank,
                context.numPartitions(),
                host,
                text -> context.allGather(text)[0],
                settings.timeout())) {
      try {
        History history = learn(context, watch, group, model, train, test);
        watch.throwIfKilled();
        return rank == 0 ? Outcome.trained(LocalFolder.written(model::save), history) : null;
      } catch (DivergedException e) {
        return Outcome.failed(e); // on all ranks alike, and it would again
      } catch (RuntimeException | Error e) {
        group.fail(e); // the others need not wait for this rank any more
        throw e;
      }
    }
  }

  private History learn(
      BarrierTaskContext context,
      KillWatch watch,
      Group group,
      Model model,
      PartitionData train,
      PartitionData test) {
    try (LocalFolder folder = new LocalFolder();
        CheckpointMirror mirror = mirror(folder)) {
      Trainer trainer = Trainer.of(model);
      settings.apply(trainer);
      trainer.distributed(group).ownExamples(true).ownTestExamples(true);
      if (mirror != null) {
        resume(context, trainer, folder, mirror);
      }
      watch.stops(trainer);
      return trainer.run(train, test);
    }
  }

  private CheckpointMirror mirror(LocalFolder folder) {
    RunSettings.Saving saving = settings.saving();
    return saving == null
        ? null
        : new CheckpointMirror(folder.path(), saving.shared(), saving.hadoop());
  }

  /** All are told to go on; what from is rank 0's alone. */
  private void resume(
      BarrierTaskContext context, Trainer trainer, LocalFolder folder, CheckpointMirror mirror) {
    RunSettings.Saving saving = settings.saving();
    Checkpoints checkpoints = Checkpoints.in(folder.path());
    trainer.checkpoints(
        saving.everySteps() == 0 ? checkpoints : checkpoints.everySteps(saving.everySteps()));
    boolean resumes = saving.resumes() || context.stageAttemptNumber() > 0;
    if (resumes) {
      trainer.resume();
    }
    if (context.partitionId() == 0) {
      if (resumes) {
        mirror.fetch();
      }
      mirror.start();
    }
  }

  private static String host(String address) {
    return address.substring(0, address.lastIndexOf(':'));
  }
}
