package io.github.torchscribe.processor.optim;

import static io.github.torchscribe.processor.code.Expressions.create;

import com.squareup.javapoet.ClassName;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** Reads and checks the members that optimizers have in common. */
record Values(Written written, Report report) {
  static final String RUNTIME = "io.github.torchscribe.runtime.optim";

  double lr() {
    return aboveZero("lr");
  }

  double atLeastZero(String member) {
    return written.checked(member, "at least 0", v -> v >= 0 && Double.isFinite(v), report);
  }

  double aboveZero(String member) {
    return written.checked(member, "a number above 0", v -> v > 0 && Double.isFinite(v), report);
  }

  long atLeast(int least, String member) {
    return (long) written.checked(member, "at least " + least, v -> v >= least, report);
  }

  double share(String member) {
    return written.checked(member, "from 0 to less than 1", v -> v >= 0 && v < 1, report);
  }

  double upToOne(String member) {
    return written.checked(member, "from 0 to 1", v -> v >= 0 && v <= 1, report);
  }

  boolean flag(String member) {
    return written.flag(member);
  }

  /** β₁ or β₂. */
  double beta(int index) {
    List<Double> betas = written.numbers("betas");
    if (betas.size() != 2) {
      if (index == 0) {
        report.say(
            Message.WRONG_COUNT, written.at("betas"), written.name(), "two betas", betas.size());
      }
      return 0;
    }
    double beta = betas.get(index);
    if (!(beta >= 0 && beta < 1)) {
      report.say(
          Message.OUT_OF_RANGE,
          written.at("betas", index),
          "a beta",
          written.name(),
          "from 0 to less than 1",
          beta);
    }
    return beta;
  }

  /** The expression that makes the runtime's optimizer or schedule. */
  Expression construction(String runtimeClass, Object... arguments) {
    return create(ClassName.get(RUNTIME, runtimeClass), arguments);
  }
}
