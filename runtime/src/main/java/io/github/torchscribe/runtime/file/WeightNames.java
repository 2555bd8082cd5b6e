package io.github.torchscribe.runtime.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a model's weights are called in a file of somebody else, and how they lie there: from our
 * names, which are those that {@code model.parameters()} has, to theirs. What no rule names is
 * called there as it is here. The same map leads back when a file is written.
 *
 * <p>In names {@code {i}} stands for any text without a dot, and {@code *} for any text; what
 * stands in ours must stand in theirs, too. Of several rules for a name the first counts.
 *
 * <pre>{@code
 * WeightNames bert =
 *     WeightNames.none()
 *         .rename("layers.{i}.norm1.{w}", "encoder.layer.{i}.attention.output.LayerNorm.{w}")
 *         .stack(
 *             "layers.{i}.attention.in_proj_{w}",
 *             "encoder.layer.{i}.attention.self.query.{w}",
 *             "encoder.layer.{i}.attention.self.key.{w}",
 *             "encoder.layer.{i}.attention.self.value.{w}")
 *         .prefix("bert.")
 *         .ignore("bert.pooler.*", "cls.*");
 * model.load(path, bert);
 * }</pre>
 */
public final class WeightNames {
  private static final WeightNames NONE = new WeightNames("", List.of(), List.of());

  private final String prefix;
  private final List<Rule> rules;
  private final List<NamePattern> ignored;

  private WeightNames(String prefix, List<Rule> rules, List<NamePattern> ignored) {
    this.prefix = prefix;
    this.rules = rules;
    this.ignored = ignored;
  }

  /** How a tensor of ours lies in a file. */
  public enum Layout {
    /** As here. */
    SAME,
    /** As several, which follow each other along the first dimension, all of one size. */
    STACKED,
    /** With rows for columns, if it is a matrix; as here, if it has one dimension. */
    TRANSPOSED
  }

  /**
   * What a tensor of ours is in a file.
   *
   * @param names theirs: one, or several where it is stacked of them
   * @param layout how it lies there
   */
  public record Stored(List<String> names, Layout layout) {}

  private record Rule(NamePattern ours, List<NamePattern> theirs, Layout layout) {
    @Override
    public String toString() {
      return ours
          + ", there "
          + String.join(", ", theirs.stream().map(NamePattern::toString).toList());
    }
  }

  /**
   * Names that are ours: nothing is called otherwise.
   *
   * @return to be added to
   */
  public static WeightNames none() {
    return NONE;
  }

  /**
   * Tensors that lie there as here, under another name.
   *
   * @param ours our name, with variables
   * @param theirs their name, with the same variables
   * @return these names and that
   */
  public WeightNames rename(String ours, String theirs) {
    return with(ours, Layout.SAME, theirs);
  }

  /**
   * Tensors that are several there: put one after the other along the first dimension they are
   * ours. So are queries, keys and values, where each has a weight of its own.
   *
   * @param ours our name, with variables
   * @param theirs their names, in order, each with the same variables
   * @return these names and those
   */
  public WeightNames stack(String ours, String... theirs) {
    return with(ours, Layout.STACKED, theirs);
  }

  /**
   * Matrices that have rows there where they have columns here, as those of Hugging Face's {@code
   * Conv1D}. What has one dimension, such as a bias, lies there as here.
   *
   * @param ours our name, with variables
   * @param theirs their name, with the same variables
   * @return these names and that
   */
  public WeightNames transpose(String ours, String theirs) {
    return with(ours, Layout.TRANSPOSED, theirs);
  }

  /**
   * A text before every name that these names have in the file, also of what is said behind it and
   * of what no rule names. Where some have none, as a classifier beside its encoder, rules say it
   * instead.
   *
   * @param text for example {@code bert.}, with its dot
   * @return these names with it
   */
  public WeightNames prefix(String text) {
    return new WeightNames(text + prefix, rules, ignored);
  }

  /**
   * Tensors in the file that are not needed: they are not read, and nothing is written for them.
   * That there are none is no mistake.
   *
   * @param theirs names as the file has them, with variables
   * @return these names without those
   */
  public WeightNames ignore(String... theirs) {
    List<NamePattern> more = new ArrayList<>(ignored);
    Arrays.stream(theirs).map(NamePattern::new).forEach(more::add);
    return new WeightNames(prefix, rules, List.copyOf(more));
  }

  private WeightNames with(String ours, Layout layout, String... theirs) {
    List<NamePattern> names = Arrays.stream(theirs).map(NamePattern::new).toList();
    Rule rule = new Rule(new NamePattern(ours), names, layout);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("\"" + ours + "\" is given no name of theirs");
    }
    for (NamePattern name : names) {
      if (!name.hasVariablesOf(rule.ours)) {
        throw new IllegalArgumentException(
            "\"" + ours + "\" and \"" + name + "\" do not have the same variables");
      }
    }
    List<Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return new WeightNames(prefix, List.copyOf(more), ignored);
  }

  /**
   * What a tensor of ours is in the file.
   *
   * @param ours its name
   * @return theirs
   */
  public Stored stored(String ours) {
    for (Rule rule : rules) {
      Optional<Map<String, String>> values = rule.ours.match(ours);
      if (values.isPresent()) {
        return new Stored(
            rule.theirs.stream().map(name -> prefix + name.fill(values.get())).toList(),
            rule.layout);
      }
    }
    return new Stored(List.of(prefix + ours), Layout.SAME);
  }

  /**
   * What a tensor in the file would be called here.
   *
   * @param theirs its name there
   * @return our name
   */
  public String ours(String theirs) {
    if (!theirs.startsWith(prefix)) {
      return theirs;
    }
    String name = theirs.substring(prefix.length());
    for (Rule rule : rules) {
      for (NamePattern pattern : rule.theirs) {
        Optional<Map<String, String>> values = pattern.match(name);
        if (values.isPresent()) {
          return rule.ours.fill(values.get());
        }
      }
    }
    return name;
  }

  /**
   * Whether a tensor in the file is not needed.
   *
   * @param theirs its name there
   * @return true when it is passed over
   */
  public boolean ignores(String theirs) {
    return ignored.stream().anyMatch(pattern -> pattern.match(theirs).isPresent());
  }

  /**
   * Rules that no name of a model is left for.
   *
   * @param ours all names of the model
   * @return in words, a line each
   */
  public List<String> forNothing(Collection<String> ours) {
    Set<Rule> used = new HashSet<>();
    for (String name : ours) {
      rules.stream()
          .filter(rule -> rule.ours.match(name).isPresent())
          .findFirst()
          .ifPresent(used::add);
    }
    return rules.stream()
        .filter(rule -> !used.contains(rule))
        .map(rule -> "for nothing: no name here is left for " + rule)
        .toList();
  }

  /**
   * Names of theirs that several of a model would have. They can be read so, but not written.
   *
   * @param ours all names of the model
   * @return in words, a line each
   */
  public List<String> twice(Collection<String> ours) {
    List<String> mistakes = new ArrayList<>();
    Map<String, String> taken = new LinkedHashMap<>();
    for (String name : ours) {
      for (String theirs : stored(name).names()) {
        String other = taken.put(theirs, name);
        if (other != null) {
          mistakes.add("twice: both " + other + " and " + name + " would be " + theirs + " there");
        }
      }
    }
    return mistakes;
  }
}
