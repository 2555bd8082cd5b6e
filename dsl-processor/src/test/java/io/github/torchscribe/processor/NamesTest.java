package io.github.torchscribe.processor;

import static com.google.testing.compile.Compiler.javac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.generated.Initializers;
import io.github.torchscribe.runtime.generated.Share;
import io.github.torchscribe.runtime.learner.Parameter;
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
import javax.tools.JavaFileObject;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No name of the user's takes the place of one that generated code means. Networks whose interfaces
 * and packages are full of such names compile without a warning and learn what the plain one does.
 */
class NamesTest {
  private static final String IMPORTS =
      """
      import io.github.torchscribe.dsl.Input;
      import io.github.torchscribe.dsl.Network;
      import io.github.torchscribe.dsl.nn.*;
      import io.github.torchscribe.dsl.optim.*;
      """;

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
    words.removeAll(wordsOf(IMPORTS + stacks("Net", "", "") + "NetModel AssertionError Base"));
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

  /** Stacks called like what their layers call, like each other, like what is generated. */
  @Test
  void ofStacks() {
    List<String> names =
        List.of(
            "linear",
            "Linear",
            "LINEAR",
            "tanh",
            "Rows",
            "network",
            "Stacks",
            "Whole",
            "loss",
            "backward",
            "bind",
            "checked",
            "rows",
            "input",
            "output",
            "create",
            "encode",
            "enCode",
            "encodeLayers",
            "encodeLayersLayers",
            "größe",
            "grösse",
            "yield",
            "record",
            "equals",
            "wait",
            "kaimingUniform",
            "a$b",
            "__",
            "n",
            "gradients",
            "copy_",
            "BLUEPRINT");
    String plain = names.stream().map(name -> "@Linear(8) @Tanh").collect(Collectors.joining("\n"));
    String stacks =
        names.stream()
            .map(name -> "@Linear(8) @Tanh T " + name + "(@Input(8) T x);\n")
            .collect(Collectors.joining());
    String calls = String.join("(this.", names) + "(x)" + ")".repeat(names.size() - 1);
    String network =
        "@SuppressWarnings({\"torchscribe:TS101\", \"torchscribe:TS102\"})\n"
            + "@Network(input = 8, gradient = Network.Gradient.AUTOGRAD) @MSELoss @SGD(lr = 0.1) ";
    String forward = " default T forward(T x) { return this." + calls + "; }";
    try (Model expected =
            model(compile("test", network + plain + " public interface Net {}"), "test.NetModel");
        Model actual =
            model(
                compile("test", network + "public interface Net {" + stacks + forward + "}"),
                "test.NetModel");
        PointerScope scope = new PointerScope()) {
      Tensor input = torch.randn(7, 8);
      scope.attach(input);
      assertEquals(
          List.of("linear.0.weight", "linear.0.bias", "Linear.0.weight"),
          actual.parameters().subList(0, 3).stream().map(Parameter::name).toList());
      // The outermost call is of the first name, so weights are drawn from the last layer on.
      for (int i = 0; i < names.size(); i++) {
        for (int j = 0; j < 2; j++) {
          actual
              .parameters()
              .get(2 * i + j)
              .value()
              .copy_(expected.parameters().get(2 * (names.size() - 1 - i) + j).value());
        }
      }
      assertEquals(expected.step(input, input), actual.step(input, input));
      assertTrue(expected.forward(input).equal(actual.forward(input)));
    }
  }

  /** Sizes fit into an int, what is made of them does not. */
  @Test
  void numbersAboveTwoBillion() {
    String[] layers = {
      "input = {70_000, 70_000} @ReLU @Flatten @Unflatten({35_000, 140_000}) @Flatten @Linear(2)",
      "input = {1, 70_000, 70_000} @Conv2d(value = 2, kernelSize = 60_000) @BatchNorm2d",
      "input = {1, 70_000, 70_000} @PReLU @GroupNorm(1) @LayerNorm({70_000, 70_000}) @RMSNorm",
      "input = 5 @Embedding({2_000_000_000, 2}) @Flatten @Linear(2_000_000_000)",
    };
    List<String> networks = new ArrayList<>();
    for (String layer : layers) {
      for (String gradient : List.of("GENERATED", "AUTOGRAD")) {
        networks.add(
            "@Network("
                + layer.replaceFirst(" @", ", gradient = Network.Gradient." + gradient + ") @")
                + " @MSELoss @SGD public interface Large"
                + networks.size()
                + " {}");
      }
    }
    String first = networks.remove(0);
    Compilation compilation = compile("test", first, networks.toArray(String[]::new));
    String source = Networks.generated(compilation, "Large0Model");
    assertTrue(source.contains("4900000000L"), source);
    assertTrue(source.contains("{@code @Flatten}</td><td>(N, 4900000000)</td>"), source);
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

  /** Compiles another network, in a package of its own, trains both, and compares. */
  private static void learnsAs(Compilation plain, String other, String... neighbours) {
    learnsAs(
        model(plain, "test.NetModel"), model(compile("test", other, neighbours), "test.NetModel"));
  }

  private static void learnsAs(Model plain, Model other) {
    try (plain;
        other;
        PointerScope scope = new PointerScope()) {
      torch.manual_seed(11);
      Tensor input = torch.randn(7, 3, 8, 8);
      scope.attach(input);
      Tensor target = torch.randint(3, new long[] {7}, new TensorOptions(torch.ScalarType.Long));
      assertEquals(plain.step(input, target), other.step(input, target));
      for (int i = 0; i < plain.parameters().size(); i++) {
        Tensor expected = plain.parameters().get(i).value();
        assertTrue(expected.equal(other.parameters().get(i).value()), "parameter " + i);
      }
      assertTrue(plain.forward(input).equal(other.forward(input)));
    }
  }

  private static Model model(Compilation compilation, String name) {
    try {
      Class<?> model = Networks.load(compilation, name);
      return (Model) model.getMethod("create", long.class).invoke(null, 3L);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(name, e);
    }
  }

  /** Compiles declarations in a package, without any warning. */
  private static Compilation compile(String where, String declaration, String... others) {
    List<JavaFileObject> files = new ArrayList<>();
    Stream.concat(Stream.of(declaration), Stream.of(others))
        .forEach(s -> files.add(file(where, s)));
    Compilation compilation =
        javac()
            .withProcessors(new NetworkProcessor(), new LocalTypeProcessor())
            .withOptions("-Xlint:all", "-Werror")
            .compile(files);
    String first =
        compilation.diagnostics().stream()
            .limit(5)
            .map(String::valueOf)
            .collect(Collectors.joining("\n"));
    assertEquals(Compilation.Status.SUCCESS, compilation.status(), first);
    return compilation;
  }

  private static JavaFileObject file(String where, String type) {
    String name = type.replaceAll("(?s).*?\\b(?:interface|class) (\\w+).*", "$1");
    boolean simple = !type.matches("(?s).*(interface|class) Tensor .*|.*extends Base .*");
    String source =
        (where.isEmpty() ? "" : "package " + where + ";\n")
            + (type.contains("@Network") ? IMPORTS : "")
            + (simple ? "import org.bytedeco.pytorch.Tensor;\n" : "")
            + type.replaceAll("\\bT\\b", simple ? "Tensor" : Tensor.class.getName());
    return JavaFileObjects.forSourceString(where.isEmpty() ? name : where + "." + name, source);
  }
}
