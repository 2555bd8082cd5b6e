package io.github.torchscribe.processor;

import static io.github.torchscribe.processor.NamedNetworks.compile;
import static io.github.torchscribe.processor.NamedNetworks.learnsAs;
import static io.github.torchscribe.processor.NamedNetworks.model;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.generated.Initializers;
import io.github.torchscribe.runtime.generated.Share;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No name of the user's takes the place of one that generated code means. Networks whose interfaces
 * and packages are full of such names compile without a warning and learn what the plain one does.
 */
class NamesTest {
  private static final String NETWORK =
      """
      @Network(input = {3, 8, 8})
      @CrossEntropyLoss(weight = {1, 2, 3}, labelSmoothing = 0.1)
      @SGD(lr = 0.01)
      """;

  /** As many layers as fit, so that there are many names. */
  private static final String LAYERS =
      """
      @Conv2d(value = 8, kernelSize = 3, padding = Conv2d.SAME) @BatchNorm2d @ReLU @MaxPool2d(2)
      @GroupNorm(2) @LeakyReLU(negativeSlope = 0.2) @PReLU @Upsample(scaleFactor = 2)
      @AvgPool2d(2) @ELU @Dropout(0.1) @AdaptiveAvgPool2d(2) @Flatten(startDim = 2)
      @LayerNorm @RMSNorm @PositionalEmbedding @SelfAttention(heads = 2) @GELU @LSTM(6)
      @Softplus @Linear(5)
      """;

  /** A network of two stacks, with whatever else stands in its interface. */
  private static String stacks(String name, String parents, String members) {
    return String.join(
        "\n",
        NETWORK + "public interface " + name + " " + parents + " {",
        LAYERS + "T encode(T x);",
        "@Linear(3) T head(@Input(5) T x);",
        "default T forward(T x) { return head(encode(x)); }",
        members + "}");
  }

  /** The same layers on the interface itself: backward is generated, and the descent. */
  private static String row(String name) {
    return NETWORK + LAYERS + "@Linear(3) public interface " + name + " {}";
  }

  private static final Compilation STACKS = compile("test", stacks("Net", "", ""));
  private static final Compilation ROW = compile("test", row("Net"));

  /** Every word of what is generated, and all names that it inherits. */
  private static Set<String> words(Predicate<String> wanted) {
    Set<String> words = new TreeSet<>(List.of("org", "io", "java", "javax"));
    for (Compilation compilation : List.of(STACKS, ROW)) {
      words.addAll(wordsOf(Networks.generated(compilation, "NetModel")));
    }
    for (Class<?> home : bases(Share.class, Model.class, Initializers.class)) {
      Stream.of(home.getDeclaredMethods()).map(Method::getName).forEach(words::add);
      Stream.of(home.getDeclaredFields()).map(Field::getName).forEach(words::add);
    }
    words.removeAll(
        wordsOf(NamedNetworks.IMPORTS + stacks("Net", "", "") + "NetModel AssertionError Base"));
    words.addAll(List.of("Tensor", "org", "io"));
    words.removeIf(word -> SourceVersion.isKeyword(word) || word.contains("$"));
    words.removeAll(List.of("record", "var", "yield", "sealed", "permits"));
    words.removeIf(wanted.negate());
    return words;
  }

  private static Set<String> wordsOf(String text) {
    return Pattern.compile("[A-Za-z_]\\w*")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Class<?>> bases(Class<?>... classes) {
    List<Class<?>> all = new ArrayList<>();
    for (Class<?> some : classes) {
      for (Class<?> c = some; c != Object.class; c = c.getSuperclass()) {
        all.add(c);
      }
    }
    return all;
  }

  @Test
  void aMethodForSomethingElse() {
    learnsAs(STACKS, stacks("Net", "", "default T relu(T x) { return x.neg(); }\n"));
  }

  @Test
  void inTheInterface() {
    learnsAs(STACKS, stacks("Net", "", members()));
  }

  @Test
  void inWhatItExtends() {
    learnsAs(
        STACKS, stacks("Net", "extends Base", ""), "public interface Base {\n" + members() + "}");
  }

  /** A method, a constant and a type of each name, and methods with the signatures of ours. */
  private static String members() {
    Set<String> signatures = new TreeSet<>();
    StringBuilder members = new StringBuilder();
    for (String word : words(word -> true)) {
      signatures.add("T " + word + "(T a)");
      members.append("int " + word + " = 1;\n");
      if (!List.of("org", "io", "java").contains(word)) { // our signatures are written in full
        members.append("interface " + word + " {}\n");
      }
    }
    for (Class<?> home : bases(Share.class, Model.class)) {
      for (Method method : home.getDeclaredMethods()) {
        if (!Modifier.isPrivate(method.getModifiers()) && isSeen(method)) {
          signatures.add(signature(method));
        }
      }
    }
    Set<String> seen = new TreeSet<>(List.of("forward(T a)"));
    for (String signature : signatures) {
      if (seen.add(signature.substring(signature.indexOf(' ') + 1))) {
        members.append("default " + signature + " { throw new AssertionError(); }\n");
      }
    }
    assertTrue(seen.size() > 250, "only " + seen.size());
    return members.toString();
  }

  private static boolean isSeen(Method method) {
    return Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes()))
        .allMatch(
            type -> Modifier.isPublic(type.getModifiers()) && type.getTypeParameters().length == 0);
  }

  private static String signature(Method method) {
    List<String> parameters = new ArrayList<>();
    for (Class<?> type : method.getParameterTypes()) {
      parameters.add(type.getCanonicalName() + " " + (char) ('a' + parameters.size()));
    }
    String all = method.getName() + "(" + String.join(", ", parameters) + ")";
    return (method.getReturnType().getCanonicalName() + " " + all)
        .replace(Tensor.class.getName() + " ", "T ");
  }

  @Test
  void typesOfThePackage() {
    Set<String> names = words(word -> !word.equals("test"));
    assertTrue(names.containsAll(List.of("Math", "Override", "Tensor", "Share", "org", "io")));
    String[] neighbours =
        names.stream().map(name -> "class " + name + " {}").toArray(String[]::new);
    learnsAs(STACKS, stacks("Net", "", ""), neighbours);
    learnsAs(ROW, row("Net"), neighbours);
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", ""})
  void theInterfaceItself(String where) {
    Set<String> names = words(word -> word.matches("[A-Z][a-z]\\w*|linear|input|loss|torch"));
    assertTrue(names.containsAll(List.of("Tensor", "Rows", "Math", "Override", "Model", "Whole")));
    List<String> networks = new ArrayList<>();
    for (String name : names) {
      networks.add(small(name));
    }
    String first = networks.remove(0);
    Compilation compilation = compile(where, first, networks.toArray(String[]::new));
    String prefix = where.isEmpty() ? "" : where + ".";
    Compilation plain = compile("test", small("Net"));
    for (String name : names) {
      learnsAs(model(plain, "test.NetModel"), model(compilation, prefix + name + "Model"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"org", "io", "javax", "org.bytedeco"})
  void thePackage(String where) {
    learnsAs(
        model(compile("test", small("Net")), "test.NetModel"),
        model(compile(where, small("Net"), "class org {}"), where + ".NetModel"));
  }

  @Test
  void whatIsDeprecatedIsUsedWithoutAWarning() {
    String[] networks =
        Stream.of("interface Net", "T stack", "default T forward")
            .map(what -> small("Net").replace(what, "@Deprecated " + what))
            .map(network -> network.replace("e Net", "e Net" + network.indexOf("@Deprecated")))
            .toArray(String[]::new);
    compile("test", small("Net"), networks);
  }

  private static String small(String name) {
    return NETWORK
        + "public interface "
        + name
        + " { @Flatten @Linear(3) @Dropout(0.1) T stack(T x);"
        + " default T forward(T x) { return stack(x); } }";
  }
}
