package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says what a network or a block lacks, or has where it cannot be.
 *
 * @param declaration what is written
 * @param report is told
 */
record PresenceCheck(Declaration declaration, Report report) {
  /** Checks it. */
  void check(Methods methods) {
    boolean onMethods = declaration.wired().isPresent() || !declaration.stacks().isEmpty();
    if (onMethods && !declaration.parts().isEmpty()) {
      report.say(
          Message.LAYERS_TWICE, declaration.parts().get(0).written().at(), declaration.name());
    }
    if (!onMethods && declaration.parts().isEmpty()) {
      report.say(
          Message.NO_LAYER,
          declaration.network().at(),
          declaration.name(),
          declaration.network().name());
    }
    if (declaration.network().is(Network.class)) {
      checkNetwork(methods);
    } else {
      checkBlock(methods);
    }
  }

  private void checkNetwork(Methods methods) {
    Written network = declaration.network();
    if (methods.inputs().size() > 1) {
      checkInputs(methods.inputs());
    } else {
      checkInput(methods);
    }
    if (network.flag("requiresGrad")) {
      methods.inputs().stream()
          .flatMap(input -> input.stated().stream())
          .findFirst()
          .ifPresent(
              stated ->
                  report.say(Message.GRADIENT_OF_WHICH, network.at("requiresGrad"), stated.text()));
    }
    if (declaration.stacks().isEmpty() && !network.sizes("output").isEmpty()) {
      report.say(Message.OUTPUT_FOLLOWS, network.at("output"));
    }
  }

  private void checkInput(Methods methods) {
    Written network = declaration.network();
    if (methods.shape().isPresent() && !network.sizes("input").isEmpty()) {
      report.say(Message.INPUT_STATED_TWICE, methods.shape().get().at("value"), network.text());
    }
    if (methods.complete() && methods.shape().isEmpty() && network.sizes("input").isEmpty()) {
      report.say(
          Message.NO_INPUT,
          network.at(),
          declaration.wired().isPresent()
              ? "@Input({1, 28, 28}) before the parameter that takes it"
              : "@Network(input = {1, 28, 28})");
    }
  }

  /** Of several each says for itself what it is. */
  private void checkInputs(List<Given> inputs) {
    Written network = declaration.network();
    if (!network.sizes("input").isEmpty()) {
      report.say(
          Message.WHICH_INPUT,
          network.at("input"),
          declaration.name(),
          inputs.stream().map(Given::name).collect(Collectors.joining(", ")));
    }
    inputs.stream()
        .filter(input -> input.stated().isEmpty())
        .forEach(input -> report.say(Message.INPUT_NOT_STATED, network.at(), input.name()));
  }

  private void checkBlock(Methods methods) {
    declaration.annotations().stream()
        .filter(written -> written.is(Network.class))
        .forEach(both -> report.say(Message.BLOCK_AND_NETWORK, both.at(), declaration.name()));
    Stream.of(
            declaration.losses().stream().map(LossAt::written),
            declaration.optimizer().stream(),
            declaration.schedules().stream(),
            declaration.training().stream(),
            declaration.init().stream())
        .flatMap(all -> all)
        .forEach(
            written ->
                report.say(
                    Message.NOT_OF_A_BLOCK,
                    written.at(),
                    "@" + written.name(),
                    declaration.name()));
    methods
        .shape()
        .ifPresent(
            input ->
                report.say(
                    Message.BLOCK_TAKES_ANY, input.at("value"), input.text(), declaration.name()));
    if (!declaration.stacks().isEmpty()) {
      report.say(Message.BLOCK_WITH_FORWARD, declaration.network().at(), declaration.name());
    }
  }
}
