package io.github.torchscribe.processor.catalogue;

import io.github.torchscribe.processor.declaration.Kinds;
import io.github.torchscribe.processor.declaration.Vocabulary;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.activation.Activations;
import io.github.torchscribe.processor.layer.basic.BasicLayers;
import io.github.torchscribe.processor.layer.convolution.Convolutions;
import io.github.torchscribe.processor.layer.meeting.Meetings;
import io.github.torchscribe.processor.layer.norm.Norms;
import io.github.torchscribe.processor.layer.sequence.SequenceLayers;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.loss.Losses;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.optim.OptimizerSpec;
import io.github.torchscribe.processor.optim.Optimizers;
import io.github.torchscribe.processor.optim.ScheduleSpec;
import io.github.torchscribe.processor.optim.Schedules;
import java.util.stream.Stream;

/** All that a network can be made of: the lists of all families. */
public final class Catalogue {
  private final Kinds<Layer> layers = new Kinds<>();
  private final Kinds<Layer> meetings = new Kinds<>();
  private final Kinds<Layer> openings = new Kinds<>();
  private final Kinds<Layer> sums = new Kinds<>();
  private final Kinds<Loss> losses = new Kinds<>();
  private final Kinds<OptimizerSpec> optimizers = new Kinds<>();
  private final Kinds<ScheduleSpec> schedules = new Kinds<>();

  /** The whole catalogue. */
  public Catalogue() {
    Activations.addTo(layers);
    BasicLayers.addTo(layers);
    Convolutions.addTo(layers);
    Norms.addTo(layers);
    SequenceLayers.addTo(layers);
    Meetings.addTo(meetings);
    SequenceLayers.addMeetingsTo(meetings);
    SequenceLayers.addOpeningsTo(openings);
    Meetings.addSumsTo(sums);
    Losses.addTo(losses);
    Optimizers.addTo(optimizers);
    Schedules.addTo(schedules);
  }

  /**
   * Which annotations are what.
   *
   * @return their qualified names
   */
  public Vocabulary vocabulary() {
    return new Vocabulary(
        layers.names(),
        meetings.names(),
        openings.names(),
        losses.names(),
        optimizers.names(),
        schedules.names());
  }

  /**
   * Reads a layer's values.
   *
   * @param written one of the layers' annotations
   * @param report is told what is wrong
   * @return the layer
   */
  public Layer layer(Written written, Report report) {
    return layers.read(written, report);
  }

  /**
   * Reads how values meet.
   *
   * @param written an annotation behind which several values are one, or a layer that takes several
   * @param report is told what is wrong
   * @return the layer that makes one of them
   */
  public Layer meeting(Written written, Report report) {
    Kinds<Layer> kinds = openings.names().contains(written.kind()) ? openings : meetings;
    return kinds.read(written, report);
  }

  /**
   * Reads what adds what went past some layers to what they give.
   *
   * @param written where it stands
   * @param report is told what is wrong
   * @return the layer that adds them
   */
  public Layer sum(Written written, Report report) {
    return sums.read(written, report);
  }

  /**
   * Reads a loss' values.
   *
   * @param written one of the losses' annotations
   * @param report is told what is wrong
   * @return the loss
   */
  public Loss loss(Written written, Report report) {
    return losses.read(written, report);
  }

  /**
   * Checks a piece of the user's own where it is defined.
   *
   * @param piece {@code @Layer}, for example, on an annotation of his
   * @param report is told what is wrong
   */
  public void define(Written piece, Report report) {
    Stream.of(layers, losses, optimizers, schedules)
        .filter(kinds -> kinds.names().contains(piece.kind()))
        .forEach(kinds -> kinds.read(piece, report));
  }

  /**
   * Reads an optimizer's values.
   *
   * @param written one of the optimizers' annotations
   * @param report is told what is wrong
   * @return the optimizer
   */
  public OptimizerSpec optimizer(Written written, Report report) {
    return optimizers.read(written, report);
  }

  /**
   * Reads a schedule's values.
   *
   * @param written one of the schedules' annotations
   * @param report is told what is wrong
   * @return the schedule
   */
  public ScheduleSpec schedule(Written written, Report report) {
    return schedules.read(written, report);
  }
}
