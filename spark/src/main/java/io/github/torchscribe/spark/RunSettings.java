package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.Trainer;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What a run is asked for, as it goes to each task.
 *
 * @param factory makes the model
 * @param trainer what was set of the trainer, in that order
 * @param timeout how long a process waits for others
 * @param saving where checkpoints are; null where there are none
 */
record RunSettings(
    ModelFactory factory, List<TrainerSettings> trainer, Duration timeout, Saving saving)
    implements Serializable {
  RunSettings {
    trainer = List.copyOf(trainer);
  }

  /**
   * Where checkpoints are, and when they are written.
   *
   * @param shared the folder that all see
   * @param everySteps 0 for after each epoch alone
   * @param resumes whether to go on from them also where Spark has not tried before
   * @param conf of Hadoop
   */
  record Saving(URI shared, int everySteps, boolean resumes, SerializableConfiguration conf)
      implements Serializable {
    Configuration hadoop() {
      return conf.value();
    }
  }

  void apply(Trainer to) {
    trainer.forEach(setting -> setting.apply(to));
  }
}
