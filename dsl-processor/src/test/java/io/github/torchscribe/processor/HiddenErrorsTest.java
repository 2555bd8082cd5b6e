package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import io.github.torchscribe.processor.catalogue.Catalogue;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;

/**
 * No error hides another, and none brings others with it. Each layer of the catalogue is given each
 * wrong value for each of its members, and inputs of the wrong number of dimensions; then whatever
 * is reported of it must be reported beside a second error behind it, beside a second wrong value
 * of its own, and alone where what follows fits the layer as it was meant.
 */
@CompilesOnly
class HiddenErrorsTest {
  /** A layer with one or two things wrong, each of which is named. */
  private record Wrong(
      GoodLayer good, String input, Map<String, String> members, Set<String> what) {
    String network(String behind) {
      String stated =
          members.entrySet().stream()
              .map(member -> member.getKey() + " = " + member.getValue())
              .collect(Collectors.joining(", ", "(", ")"));
      return String.format(
          Locale.ROOT,
          "@Network(input = {%s}) @%s%s %s @Dropout(9) interface N",
          input,
          good.name(),
          members.isEmpty() ? "" : stated,
          behind);
    }

    Wrong and(Wrong other) {
      Map<String, String> all = new LinkedHashMap<>(members);
      other.what.stream()
          .filter(other.members::containsKey)
          .forEach(member -> all.put(member, other.members.get(member)));
      return new Wrong(
          good, what.contains("input") ? input : other.input, all, with(what, other.what));
    }
  }

  private static Stream<Wrong> wrong(GoodLayer good) {
    List<Wrong> all = new ArrayList<>();
    for (String input : List.of("6", "6, 6", "6, 6, 6", "6, 6, 6, 6", "5", "3, 5", "5, 6, 6")) {
      all.add(new Wrong(good, input, good.members(), Set.of("input")));
    }
    for (Method member : good.annotation().getDeclaredMethods()) {
      for (String value : values(member, good.members().get(member.getName()))) {
        Map<String, String> members = good.members();
        members.put(member.getName(), value);
        all.add(new Wrong(good, good.input(), members, Set.of(member.getName())));
      }
    }
    return all.stream();
  }

  private static Set<String> values(Method member, String good) {
    Set<String> values = new LinkedHashSet<>();
    switch (member.getReturnType().getSimpleName()) {
      case "int" -> values.addAll(List.of("-7", "0", "5", "13"));
      case "double" -> values.addAll(List.of("-1", "0", "2", "Double.NaN", "1 / 0.0"));
      case "int[]" -> {
        values.addAll(List.of("{}", "{-7}", "{0}", "{5}", "{13}", "{5, 5, 5, 5}"));
        List<String> each =
            good == null ? List.of() : List.of(good.replaceAll("[{}]", "").split(", "));
        for (int i = 0; i < each.size(); i++) {
          for (String value : List.of("-7", "0", "5", "13")) {
            List<String> some = new ArrayList<>(each);
            some.set(i, value);
            values.add("{" + String.join(", ", some) + "}");
          }
        }
      }
      default -> {} // flags and constants are never wrong by themselves
    }
    return values;
  }

  /** What depends on other members, too, and is only known when they are right. */
  private static final Pattern TOGETHER =
      Pattern.compile(
          "TS0(16|24|26|27|29) .*|.* (half the window|stride or dilation|above minVal) .*|.* paddingIdx .*"
              + "|.* (places from the end|the size of dimension|(start|index) of) .*|TS013 .* -(3|19)");

  /** Two wrong members of one layer, with what is reported of either. */
  private static Map<Wrong, Set<String>> pairs(List<Wrong> wrong, Map<Wrong, Set<String>> alone) {
    Map<Wrong, Set<String>> pairs = new LinkedHashMap<>();
    Map<List<Object>, Integer> counts = new HashMap<>();
    for (Wrong first : wrong) {
      for (Wrong second : wrong) {
        if (first.good == second.good
            && first.what.toString().compareTo(second.what.toString()) < 0
            && !first.what.contains("input")
            && !second.what.contains("input")
            && counts.merge(List.of(first.good, first.what, second.what), 1, Integer::sum) <= 2) {
          Set<String> both = with(alone.get(first), alone.get(second));
          both.removeIf(error -> TOGETHER.matcher(error).matches());
          pairs.put(first.and(second), both);
        }
      }
    }
    return pairs;
  }

  @Test
  void allLayersAreTried() {
    Set<String> tried =
        GoodLayer.ALL.stream()
            .map(good -> good.annotation().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(new Catalogue().vocabulary().layers()), tried);
  }

  @Test
  void asTheyShouldBeNothingIsReported() {
    List<String> networks =
        GoodLayer.ALL.stream()
            .map(good -> new Wrong(good, good.input(), good.members(), Set.of()))
            .map(good -> good.network("@Flatten @Linear({" + good.good.elements() + ", 3})"))
            .toList();
    errors(networks).forEach(errors -> assertEquals(Set.of(), errors));
  }

  @Test
  void noErrorHidesAnotherOrBringsIt() {
    List<Wrong> candidates = GoodLayer.ALL.stream().flatMap(HiddenErrorsTest::wrong).toList();
    List<Set<String>> errors = errors(candidates.stream().map(w -> w.network("")).toList());
    Map<Wrong, Set<String>> alone = new LinkedHashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (!errors.get(i).isEmpty()) {
        alone.put(candidates.get(i), errors.get(i));
      }
    }
    List<Wrong> wrong = List.copyOf(alone.keySet());
    assertTrue(wrong.size() > 300, "only " + wrong.size());
    List<String> failures = new ArrayList<>();
    String second =
        "TS012 @Linear expects 6 input features but receives 5 from @Linear(5); did you mean 5?";
    expect(
        wrong,
        w -> w.network("@Linear(5) @Linear({6, 3})"),
        (w, all) -> all.equals(with(alone.get(w), Set.of(second))),
        failures);
    expect(
        wrong.stream().filter(w -> !w.what.contains("input")).toList(),
        w -> w.network("@Flatten @Linear({" + w.good.elements() + ", 3})"),
        (w, all) -> all.equals(alone.get(w)),
        failures);
    Map<Wrong, Set<String>> pairs = pairs(wrong, alone);
    expect(
        List.copyOf(pairs.keySet()),
        w -> w.network(""),
        (w, all) -> all.containsAll(pairs.get(w)),
        failures);
    assertEquals("", String.join("\n", failures));
  }

  private static void expect(
      List<Wrong> wrong,
      Function<Wrong, String> network,
      BiPredicate<Wrong, Set<String>> holds,
      List<String> failures) {
    List<Set<String>> errors = errors(wrong.stream().map(network).toList());
    for (int i = 0; i < wrong.size(); i++) {
      if (!holds.test(wrong.get(i), errors.get(i))) {
        failures.add(network.apply(wrong.get(i)) + "\n   gave " + errors.get(i));
      }
    }
  }

  private static Set<String> with(Set<String> some, Set<String> others) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  /**
   * What is reported of each of some networks, beside an error that keeps them from being written.
   */
  private static List<Set<String>> errors(List<String> networks) {
    String always = "TS020 value of @Dropout must be from 0 to less than 1 but is 9.0";
    StringBuilder source = new StringBuilder(Networks.IMPORTS + "interface All {\n");
    int first = 1 + (int) source.chars().filter(c -> c == '\n').count();
    for (int i = 0; i < networks.size(); i++) {
      source.append(networks.get(i)).append(i).append(" {}\n");
    }
    Compilation compilation =
        Networks.compile(
            List.of("-proc:only", "-Xmaxerrs", "1000000"), source.append("}\n").toString());
    Map<Integer, Set<String>> errors = new TreeMap<>();
    for (Diagnostic<?> error : compilation.errors()) {
      errors
          .computeIfAbsent((int) error.getLineNumber() - first, line -> new TreeSet<>())
          .add(error.getMessage(Locale.ROOT));
    }
    List<Set<String>> result = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      Set<String> of = new TreeSet<>(errors.getOrDefault(i, Set.of()));
      assertTrue(of.remove(always), networks.get(i) + " gave " + of);
      result.add(of);
    }
    return result;
  }
}
