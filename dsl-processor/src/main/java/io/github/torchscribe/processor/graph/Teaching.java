package io.github.torchscribe.processor.graph;

import io.github.torchscribe.dsl.Frozen;
import io.github.torchscribe.dsl.LearningRate;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How parameters learn: which stay as they are, and at which rates the others go. */
final class Teaching {
  private static final int ALL = -1; // in place of a pattern's index, where there is none

  private final Report report;
  private final List<Rule> rules = new ArrayList<>();
  private final Set<Rule> used = new HashSet<>();

  /** What is said of all parameters whose names are so, at a place in the source. */
  private record Rule(Pattern names, double rate, Written written, int index) {
    boolean isStated() {
      return index != ALL;
    }

    boolean isOf(String name) {
      return names.matcher(name).matches();
    }
  }

  Teaching(Report report) {
    this.report = report;
  }

  /**
   * Takes what annotations say.
   *
   * @param path of what they stand on; empty for the network
   * @param annotations all of them
   */
  void take(String path, List<Written> annotations) {
    for (Written written : annotations) {
      if (written.is(Frozen.class)) {
        take(path, written, "value", 0);
      } else if (written.is(LearningRate.class)) {
        double rate =
            written.checked(
                "value", "a finite number above 0", r -> r > 0 && Double.isFinite(r), report);
        take(path, written, "of", rate > 0 ? rate : 1); // of another it has been said
      }
    }
  }

  private void take(String path, Written written, String member, double rate) {
    List<String> patterns = written.texts(member);
    if (patterns.isEmpty()) {
      rules.add(new Rule(below(path, ""), rate, written, ALL));
    }
    for (int i = 0; i < patterns.size(); i++) {
      rules.add(new Rule(below(path, patterns.get(i)), rate, written, i));
    }
  }

  /** Names below a path: the pattern's own, and those of what is inside of a part that is so. */
  private static Pattern below(String path, String pattern) {
    String whole = pattern.isEmpty() || path.isEmpty() ? path + pattern : path + "." + pattern;
    if (whole.isEmpty()) {
      return Pattern.compile(".*");
    }
    String quoted =
        List.of(whole.split("\\*", -1)).stream()
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(quoted + "(\\..*)?");
  }

  /** A layer as it learns. */
  Node taught(Node node) {
    return rules.isEmpty()
        ? node
        : node.learning(taught(node, node.parameters()), taught(node, node.state()));
  }

  private List<ParameterSpec> taught(Node node, List<ParameterSpec> specs) {
    return specs.stream().map(spec -> spec.at(rate(node.path() + "." + spec.name()))).toList();
  }

  private double rate(String name) {
    double rate = 1;
    for (Rule rule : rules) {
      if (rule.isOf(name)) {
        used.add(rule);
        rate *= rule.rate;
      }
    }
    return rate;
  }

  /** Says what nothing was meant by, once all layers are known. */
  void finish() {
    for (Rule rule : rules) {
      if (rule.isStated() && !used.contains(rule)) {
        String member = rule.rate == 0 ? "value" : "of";
        report.say(
            Message.NO_SUCH_NAME,
            rule.written.at(member, rule.index),
            rule.written.texts(member).get(rule.index));
      }
    }
  }
}
