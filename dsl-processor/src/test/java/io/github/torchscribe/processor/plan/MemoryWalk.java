package io.github.torchscribe.processor.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.Value;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.source.ModelWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Goes through a pass as the generated code does, and writes down what lies where. Whatever a step
 * reads has to lie there still, whole: what somebody computed with another value in its place
 * shows. What is to be read follows from the network, and from what layers say of themselves; of
 * the plan it takes places alone, and no lifetimes.
 */
public final class MemoryWalk {
  private final Plan plan;
  private final List<PlannedLayer> steps;
  private final Map<Span, Integer> kept = new HashMap<>();
  private final ExpectedGradients gradients;

  /** What is given last of all that lies where the network's outputs do. */
  private final Map<Buffer, Value> outputs = new HashMap<>();

  private Contents contents;

  /** Before the first step of a plan that has been written out, so that it has all places. */
  MemoryWalk(Plan plan) {
    this.plan = plan;
    steps = plan.steps();
    for (PlannedLayer step : steps) {
      if (plan.outputs().contains(step.output())) {
        outputs.put(step.output(), step.node().gives());
      }
    }
    gradients = new ExpectedGradients(plan, outputs);
    Set<Span> results = new HashSet<>();
    steps.forEach(step -> step.output().span().ifPresent(results::add));
    for (Span span : plan.memory().forward()) {
      if (!results.contains(span)) {
        kept.put(span, span.training().first());
      }
    }
  }

  /**
   * Plans a network, has its class written, and walks.
   *
   * @param network any that is generated
   * @return the plan, in which nothing was wrong
   */
  public static Plan check(Graph network) {
    Plan plan = Planner.plan(network);
    ModelWriter.write(plan, "test", "NetModel", Optional.empty(), name -> false);
    new MemoryWalk(plan).check();
    return plan;
  }

  /** Both layouts. */
  void check() {
    checkThatAFieldIsOneBuffer();
    checkThatSharesStayApart();
    Memory memory = plan.memory();
    contents =
        new Contents(
            span -> Optional.of(span.training()).filter(stay -> !span.isBrought()),
            memory.training());
    forward();
    if (plan.trains()) {
      backward();
    }
    contents = new Contents(Span::otherwise, memory.otherwise());
    forward();
  }

  private void forward() {
    for (PlannedLayer step : steps) {
      readInputs(step);
      if (step.node().layer().memory() != MemoryUse.VIEW) {
        keep(step.index());
        if (!step.output().span().equals(step.input().span())) {
          readInputs(step);
        }
        write(step.output(), content(step.node().gives()));
        readKept(step.index());
      }
      read(step.output(), content(step.node().gives()));
    }
    readOutputs();
    keep(steps.size());
    readKept(steps.size());
    readOutputs();
  }

  private void backward() {
    for (PlannedLoss loss : plan.losses()) {
      readOutputs();
      for (int which = 0; which < loss.outputs().size(); which++) {
        List<String> given = gradients.ofLoss(loss, which);
        loss.gradients().get(which).ifPresent(gradient -> contents.write(gradient, given));
      }
      readKept(steps.size());
      loss.sums().forEach(this::add);
    }
    for (int i = steps.size() - 1; i >= 0; i--) {
      PlannedLayer step = steps.get(i);
      if (step.outputGradient().isPresent()) {
        backward(step);
      }
    }
    for (PlannedLayer step : steps) {
      boolean ofAllRows = step.node().layer().backwardReads().gradientOfAllRows();
      if (step.outputGradient().isPresent() && ofAllRows && !step.productsComeInPieces()) {
        readGradient(step);
        readForBackward(step);
      }
    }
    readOutputs();
  }

  /** Who computes with the model does so when all is done. */
  private void readOutputs() {
    outputs.forEach((place, output) -> read(place, content(output)));
  }

  private void backward(PlannedLayer step) {
    Buffer whole = step.outputGradient().orElseThrow();
    assertTrue(
        whole.span().isPresent() || !step.node().layer().backwardReads().gradientRows(),
        () -> step.node().path() + " reads a gradient as a matrix that has no place");
    readGradient(step);
    readForBackward(step);
    for (int which = 0; which < step.inputs().size(); which++) {
      Optional<Buffer> gives = step.backward().inputGradients().get(which);
      if (gives.isPresent()) {
        readGradient(step); // as the steps for one input after the other do
        readForBackward(step);
        List<String> given = gradients.given(step, which);
        boolean stays = contents.isSamePlace(gives.get(), whole);
        if (!stays || !given.equals(gradients.of(step.node().gives()))) {
          contents.write(gives.get(), given);
        }
      }
    }
    step.backward().sums().forEach(this::add);
  }

  private void add(Backward.Sum sum) {
    List<String> all = new ArrayList<>(contents.at(sum.first()));
    all.addAll(contents.at(sum.second()));
    contents.write(sum.to(), all.stream().sorted().toList());
  }

  private void readGradient(PlannedLayer step) {
    Buffer whole = step.outputGradient().orElseThrow();
    assertEquals(
        gradients.of(step.node().gives()),
        contents.at(whole),
        () -> "the gradient of what " + step.node().path() + " gave, in " + whole.name());
  }

  private void readForBackward(PlannedLayer step) {
    BackwardReads reads = step.node().layer().backwardReads();
    if (reads.input()) {
      readInputs(step);
    }
    if (reads.output()) {
      read(step.output(), content(step.node().gives()));
    }
    readKept(step.index());
  }

  private void readInputs(PlannedLayer step) {
    for (int i = 0; i < step.inputs().size(); i++) {
      read(step.inputs().get(i), content(step.node().reads().get(i)));
    }
  }

  private void read(Buffer buffer, String content) {
    if (buffer.span().isPresent()) {
      assertEquals(List.of(content), contents.at(buffer), buffer::name);
    }
  }

  private void write(Buffer buffer, String content) {
    contents.write(buffer, List.of(content));
  }

  private void keep(int step) {
    kept.forEach(
        (span, of) -> {
          if (of == step) {
            contents.write(span, List.of("kept by " + step + ": " + span.hashCode()));
          }
        });
  }

  private void readKept(int step) {
    kept.forEach(
        (span, of) -> {
          if (of == step) {
            assertEquals(List.of("kept by " + step + ": " + span.hashCode()), contents.at(span));
          }
        });
  }

  /** A view is what it is a view of. */
  private String content(Value value) {
    for (PlannedLayer step : steps) {
      if (step.node().gives().equals(value) && step.node().layer().memory() == MemoryUse.VIEW) {
        return content(step.node().reads().get(0));
      }
    }
    return value.name();
  }

  /** A field of the class is called like a buffer: two of one name would be the first of them. */
  private void checkThatAFieldIsOneBuffer() {
    Map<String, Buffer> results = new HashMap<>();
    Map<String, Buffer> ofBackward = new HashMap<>();
    for (PlannedLayer step : steps) {
      Backward backward = step.backward();
      Stream.concat(step.inputs().stream(), Stream.of(step.output()))
          .forEach(buffer -> isOne(buffer, results));
      Stream.of(
              backward.outputGradient().stream(),
              backward.inputGradients().stream().flatMap(Optional::stream),
              backward.sums().stream()
                  .flatMap(sum -> Stream.of(sum.to(), sum.first(), sum.second())))
          .flatMap(all -> all)
          .forEach(buffer -> isOne(buffer, ofBackward));
    }
  }

  private static void isOne(Buffer buffer, Map<String, Buffer> all) {
    Buffer first = all.putIfAbsent(buffer.name(), buffer);
    assertTrue(first == null || first.equals(buffer), () -> "two are called " + buffer.name());
  }

  /** Where workers divide a batch, each has its rows of all that is ever in one place there. */
  private void checkThatSharesStayApart() {
    if (!plan.graph().isDivisible()) {
      return;
    }
    List<Span> all =
        Stream.concat(plan.memory().forward().stream(), plan.memory().backward().stream()).toList();
    for (Span one : all) {
      for (Span other : all) {
        long begin = one.training().offset();
        long next = other.training().offset();
        boolean meet = begin < next + other.size() && next < begin + one.size();
        assertFalse(
            meet
                && (begin != next
                    || one.size() != other.size()
                    || one.precision() != other.precision()),
            () -> "two shapes at " + begin + " and " + next);
      }
    }
  }
}
