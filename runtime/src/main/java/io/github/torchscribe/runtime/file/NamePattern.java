package io.github.torchscribe.runtime.file;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names that look alike: {@code {i}} stands for any text without a dot, {@code *} for any at all.
 */
final class NamePattern {
  private static final String REST = "*";
  private static final Pattern VARIABLE =
      Pattern.compile("\\{(?<name>[A-Za-z][A-Za-z0-9]*)}|\\*|[{}]");

  private final String text;
  private final Pattern pattern;
  private final Set<String> variables = new LinkedHashSet<>();

  /** Reads what somebody wrote, and says what is wrong with it. */
  NamePattern(String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException("the pattern of a name is empty");
    }
    this.text = text;
    StringBuilder regex = new StringBuilder();
    Matcher matcher = VARIABLE.matcher(text);
    int done = 0;
    while (matcher.find()) {
      regex.append(Pattern.quote(text.substring(done, matcher.start())));
      regex.append(group(matcher));
      done = matcher.end();
    }
    pattern = Pattern.compile(regex.append(Pattern.quote(text.substring(done))).toString());
  }

  private String group(Matcher matcher) {
    String name = matcher.group("name");
    if (name == null && !matcher.group().equals(REST)) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has a brace that is not that of a variable such as {i}");
    }
    boolean isNew = variables.add(name == null ? REST : name);
    if (name == null) {
      if (!isNew) {
        throw new IllegalArgumentException("\"" + text + "\" has more than one *");
      }
      return "(?<rest>.*)";
    }
    return isNew ? "(?<of" + name + ">[^.]+)" : "\\k<of" + name + ">";
  }

  /** What its variables stand for in a name; empty where the name looks otherwise. */
  Optional<Map<String, String>> match(String name) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String variable : variables) {
      values.put(variable, matcher.group(variable.equals(REST) ? "rest" : "of" + variable));
    }
    return Optional.of(values);
  }

  /** The name in which the variables stand for these. */
  String fill(Map<String, String> values) {
    String name = text;
    for (String variable : variables) {
      String written = variable.equals(REST) ? REST : "{" + variable + "}";
      name = name.replace(written, values.get(variable));
    }
    return name;
  }

  boolean hasVariablesOf(NamePattern other) {
    return variables.equals(other.variables);
  }

  @Override
  public String toString() {
    return text;
  }
}
