package io.github.torchscribe.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import io.github.torchscribe.processor.message.Message;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad layer or loss of the user's own: the right message at the right place. */
@CompilesOnly
class OwnErrorsTest {
  private static final String NET = "@Network(input = 4) @Linear(4) @Mine interface Net {}\n";
  private static final String LEARNS =
      "@Network(input = 4) @Linear(4) @Loss(value = Of▶.class) interface Net {}\n";

  /** A network whose layer is defined so, by a method. */
  private static BadNetwork layer(Message message, String says, String layer, String method) {
    return new BadNetwork(
        message, says, NET + layer + "\n@interface Mine {}\nclass Of { " + method + " }");
  }

  /** A network whose loss is a method. */
  private static BadNetwork loss(String says, String method) {
    return new BadNetwork(Message.OWN_METHOD, says, LEARNS + "class Of { " + method + " }");
  }

  static Stream<BadNetwork> bad() {
    return Stream.of(methods(), parameters(), shapes(), definitions(), classes())
        .flatMap(all -> all);
  }

  private static Stream<BadNetwork> methods() {
    String layer = "@Layer(Of▶.class)";
    return Stream.of(
        layer(
            Message.OWN_METHOD,
            "@Mine is computed by 'static Tensor forward(Tensor input, …)' of Of, but that has"
                + " none; write it",
            layer,
            ""),
        layer(
            Message.OWN_METHOD,
            "that has 2 of the name; keep one",
            layer,
            "static Tensor forward(Tensor x) { return x; }"
                + " static Tensor forward(Tensor x, Tensor y) { return x; }"),
        layer(
            Message.OWN_METHOD,
            "that is not static; let it be",
            layer,
            "Tensor forward(Tensor x) { return x; }"),
        layer(
            Message.OWN_METHOD,
            "that is private; generated code calls it",
            layer,
            "private static Tensor forward(Tensor x) { return x; }"),
        layer(
            Message.OWN_METHOD,
            "that gives void; let it give a Tensor",
            layer,
            "static void forward(Tensor x) {}"),
        layer(
            Message.OWN_METHOD,
            "that has type parameters; name the types",
            layer,
            "static <T> Tensor forward(Tensor x) { return x; }"),
        layer(
            Message.OWN_METHOD,
            "that throws IOException, which nobody catches",
            layer,
            "static Tensor forward(Tensor x) throws java.io.IOException { return x; }"),
        layer(
            Message.OWN_METHOD,
            "that does not take a Tensor first; let it",
            layer,
            "static Tensor forward(double[] x) { return null; }"),
        new BadNetwork(
            Message.OWN_METHOD,
            "Of is private; generated code calls it",
            "@Network(input = 4) @Linear(4) interface Net { class In { private static class Of { static Tensor"
                + " forward(Tensor x) { return x; } }\n"
                + "@Layer(Of▶.class) @interface Mine {} } }"),
        layer(
            Message.OWN_METHOD,
            "of int, but that is no class; name one of yours",
            "@Layer(int▶.class)",
            ""),
        loss(
            "@Loss is computed by 'static Tensor loss(Tensor output, Tensor target, …)' of Of, but"
                + " that has none; write it",
            ""),
        loss(
            "that takes one Tensor; let the target follow, or state targets = NONE",
            "static Tensor loss(Tensor output) { return output.mean(); }"),
        loss(
            "that gives double; let it give a Tensor",
            "static double loss(Tensor output, Tensor target) { return 0; }"));
  }

  private static Stream<BadNetwork> parameters() {
    String member =
        "\n@interface Mine { double gamma() default 2; Class<?> type() default Of.class; }\n";
    return Stream.of(
        new BadNetwork(
            Message.OWN_PARAMETER,
            "forward of Of takes 'double gama', but @Mine has no member of that name; add it, or"
                + " rename the parameter",
            NET
                + "▶@Layer(Of.class)"
                + member
                + "class Of { static Tensor forward(Tensor x, double gama) { return x; } }"),
        new BadNetwork(
            Message.OWN_PARAMETER,
            "forward of Of takes 'int gamma', but the member is double; let both be the same",
            NET
                + "▶@Layer(Of.class)"
                + member
                + "class Of { static Tensor forward(Tensor x, int gamma) { return x; } }"),
        new BadNetwork(
            Message.OWN_PARAMETER,
            "forward of Of takes 'Class type', but the member is Class, which cannot be handed on",
            NET
                + "▶@Layer(Of.class)"
                + member
                + "class Of { static Tensor forward(Tensor x, Class<?> type) { return x; } }"),
        new BadNetwork(
            Message.OWN_PARAMETER,
            "loss of Of takes 'boolean training', but @Mine has no member of that name",
            NET
                + "▶@Loss(Of.class)"
                + member
                + "class Of { static Tensor loss(Tensor x, Tensor y, boolean training) { return x; } }"),
        layer(
            Message.OWN_PARAMETER,
            "forward of Of takes 'Tensor beta', but @Mine learns nothing; say it by learned of"
                + " @Layer",
            "▶@Layer(Of.class)",
            "static Tensor forward(Tensor x, Tensor beta) { return x; }"),
        layer(
            Message.OWN_PARAMETER,
            "forward of Of takes 'Tensor betta', but it learns beta; rename the parameter",
            "▶@Layer(value = Of.class, learned = {@Layer.Learned(name = \"beta\")})",
            "static Tensor forward(Tensor x, Tensor betta, Tensor beta) { return x; }"),
        layer(
            Message.OWN_UNUSED,
            "@Mine learns beta, but forward of Of does not take it; give that a parameter 'Tensor"
                + " beta', or learn less",
            "@Layer(value = Of.class, learned = ▶@Layer.Learned(name = \"beta\"))",
            "static Tensor forward(Tensor x) { return x; }"));
  }

  private static Stream<BadNetwork> shapes() {
    String forward = "static Tensor forward(Tensor x) { return x; }";
    String learns = "static Tensor forward(Tensor x, Tensor w) { return x; }";
    return Stream.of(
        layer(
            Message.OWN_FORMULA,
            "\"C /\" says nothing of @Mine: a number or a name was to come at its end",
            "@Layer(value = Of.class, input = {\"C\"}, output = {▶\"C /\"})",
            forward),
        layer(
            Message.OWN_FORMULA,
            "a number or a name was to come in place of \"% 2\"",
            "@Layer(value = Of.class, input = {\"C\"}, output = ▶\"C % 2\")",
            forward),
        layer(
            Message.OWN_FORMULA,
            "\"1.2.3\" is neither a number nor a name",
            "@Layer(value = Of.class, output = ▶\"1.2.3\")",
            forward),
        layer(
            Message.OWN_FORMULA,
            "\"D * 2\" says nothing of @Mine: D is neither a number of the annotation nor a size of"
                + " the input",
            "@Layer(value = Of.class, input = {\"C\"}, output = {▶\"D * 2\"})",
            forward),
        layer(
            Message.OWN_FORMULA,
            "input has no \"...\"",
            "@Layer(value = Of.class, input = \"C\", output = {\"C\", ▶\"...\"})",
            forward),
        layer(
            Message.OWN_FORMULA,
            "one stands for any more sizes, and there is one already",
            "@Layer(value = Of.class, input = {\"...\", \"C\", ▶\"...\"})",
            forward),
        layer(
            Message.OWN_FORMULA,
            "\"D\" says nothing of @Mine",
            "@Layer(value = Of.class, learned = ▶@Layer.Learned(name = \"w\", shape = \"D\"))",
            learns),
        layer(
            Message.OWN_NAME,
            "\"a b\" cannot be what @Mine learns: it is no name of a parameter",
            "@Layer(value = Of.class, learned = ▶@Layer.Learned(name = \"a b\"))",
            "static Tensor forward(Tensor x, Tensor a) { return x; }"),
        layer(
            Message.OWN_NAME,
            "another is called so; give one of the two another name",
            "@Layer(value = Of.class, learned = {@Layer.Learned(name = \"w\"),"
                + " ▶@Layer.Learned(name = \"w\")})",
            learns),
        layer(
            Message.OWN_NAME,
            "KAIMING_UNIFORM looks at how many are in and out, which takes two dimensions",
            "@Layer(value = Of.class, learned = ▶@Layer.Learned(name = \"w\", shape = \"3\", begins ="
                + " Layer.Begins.KAIMING_UNIFORM))",
            learns),
        new BadNetwork(
            Message.OWN_DOES_NOT_FIT,
            "@Mine takes (N, C, H, W), but @Linear(4) gives (N, 4); change one of the two",
            NET.replace("@Mine", "▶@Mine")
                + "@Layer(value = Of.class, input = {\"C\", \"H\", \"W\"}) @interface Mine {}\n"
                + "class Of { "
                + forward
                + " }"),
        new BadNetwork(
            Message.OWN_DOES_NOT_FIT,
            "@Mine takes (N, ..., groups * 3 = 9), but @Linear(4) gives (N, 4)",
            NET.replace("@Mine", "▶@Mine")
                + "@Layer(value = Of.class, input = {\"...\", \"groups * 3\"})"
                + " @interface Mine { int groups() default 3; }\nclass Of { "
                + forward
                + " }"),
        new BadNetwork(
            Message.OWN_SIZE,
            "\"C / groups\" of @Mine is 1.3333333333333333 here, but a size is a whole number of at"
                + " least 1",
            NET.replace("@Mine", "▶@Mine")
                + "@Layer(value = Of.class, input = \"C\", output = \"C / groups\")"
                + " @interface Mine { int groups() default 3; }\nclass Of { "
                + forward
                + " }"),
        new BadNetwork(
            Message.OWN_SIZE,
            "\"sd\" of @Mine is -1.0 here, but std of w is a finite number, not below 0",
            NET.replace("@Mine", "▶@Mine")
                + "@Layer(value = Of.class, learned = @Layer.Learned(name = \"w\", std = \"sd\"))"
                + " @interface Mine { double sd() default -1; }\nclass Of { "
                + learns
                + " }"),
        new BadNetwork(
            Message.LOSS_DOES_NOT_FIT,
            "@Loss takes an output of shape (N, C) with C ≥ 2 classes, but @Linear(1) gives (N, 1)",
            "@Network(input = 4) @Linear(1) ▶@Loss(value = Of.class, targets ="
                + " Loss.Targets.CLASSES) interface Net {}\n"
                + "class Of { static Tensor loss(Tensor x, Tensor y) { return x; } }"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "dim of @Loss must be 1, or -1 for the last but is 2",
            "@Network(input = 4) @Linear(3) @Loss(value = Of.class, dim = ▶2) interface Net {}\n"
                + "class Of { static Tensor loss(Tensor x, Tensor y) { return x; } }"),
        new BadNetwork(
            Message.LOSS_TAKES,
            "@Loss reads 2 values, but here is one",
            "@Network(input = 4) @Linear(3) ▶@Loss(Of.class) interface Net {}\n"
                + "class Of { static Tensor loss(Tensor x, Tensor y, Tensor z) { return x; } }"),
        new BadNetwork(
            Message.TWO_LOSSES,
            "a second loss, @Mine, after @MSELoss",
            "@Network(input = 4) @Linear(3) @MSELoss ▶@Mine interface Net {}\n"
                + "@Loss(Of.class) @interface Mine {}\n"
                + "class Of { static Tensor loss(Tensor x, Tensor y) { return x; } }"));
  }

  private static Stream<BadNetwork> definitions() {
    String method = "class Of { static Tensor forward(Tensor x) { return x; } }";
    return Stream.of(
        new BadNetwork(
            Message.OWN_TWICE,
            "@Mine is a piece of your own by @Layer(Of.class), and cannot be another besides",
            NET + "@Layer(Of.class) ▶@Loss(Of.class) @interface Mine {}\n" + method),
        new BadNetwork(
            Message.OWN_SOURCE_ONLY,
            "@Mine is only in sources, so that networks would lose it in their class files",
            NET
                + "▶@Layer(Of.class)\n"
                + "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.SOURCE)"
                + " @interface Mine {}\n"
                + method),
        new BadNetwork(
            Message.NO_NETWORK,
            "@ReLU is on Mine",
            "@Layer(Of.class) ▶@ReLU @interface Mine {}\n" + method));
  }

  private static BadNetwork optimizer(Message message, String says, String type) {
    return new BadNetwork(
        message,
        says,
        "@Network(input = 4) @Linear(3) @MSELoss @Mine interface Net {}\n"
            + (message == Message.OWN_CLASS ? "" : "▶")
            + "@Optimizer(Of"
            + (message == Message.OWN_CLASS ? "▶" : "")
            + ".class) @interface Mine { double lr() default 1; }\n"
            + type);
  }

  private static Stream<BadNetwork> classes() {
    String is = "extends io.github.torchscribe.runtime.optim.OwnOptimizer { ";
    String steps =
        " protected void update(Tensor p, Tensor g, java.util.List<Tensor> m, double r, long s) {} }";
    return Stream.of(
        optimizer(
            Message.OWN_CLASS,
            "@Mine needs a class that is a io.github.torchscribe.runtime.optim.Optimizer, but of Of"
                + " that is not said; let it be one",
            "class Of {}"),
        optimizer(
            Message.OWN_CLASS,
            "no object can be made; let it be a class that is not abstract",
            "abstract class Of " + is + "Of(double lr) { super(lr, 0); } }"),
        optimizer(
            Message.OWN_CLASS,
            "the type parameters are not known",
            "class Of<T> " + is + "Of(double lr) { super(lr, 0); }" + steps),
        optimizer(
            Message.OWN_CLASS,
            "there are 2 constructors; keep one",
            "class Of " + is + "Of(double lr) { super(lr, 0); } Of() { super(1, 0); }" + steps),
        optimizer(
            Message.OWN_CLASS,
            "that is private; generated code calls it",
            "class Of " + is + "private Of(double lr) { super(lr, 0); }" + steps),
        optimizer(
            Message.OWN_PARAMETER,
            "the constructor of Of takes 'double rate', but @Mine has no member of that name",
            "class Of " + is + "Of(double rate) { super(rate, 0); }" + steps),
        new BadNetwork(
            Message.OWN_CLASS,
            "none can be made without an object around it; let it be static",
            "@Network(input = 4) @Linear(3) @MSELoss @SGD @Schedule(In.Of▶.class) interface Net {}\n"
                + "class In { class Of extends io.github.torchscribe.runtime.optim.Schedule {"
                + " Of() { super(true); } public double rate(double b, long t) { return b; } } }"),
        new BadNetwork(
            Message.NO_MOMENTUM,
            "@OneCycleLR cycles the optimizer's momentum, which @Mine does not have",
            "@Network(input = 4) @Linear(3) @MSELoss @Mine ▶@OneCycleLR(maxLr = 1) interface Net {}\n"
                + "@Optimizer(Of.class) @interface Mine {}\n"
                + "class Of "
                + is
                + "Of() { super(1, 0); }"
                + steps));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isReportedAtItsPlace(BadNetwork bad) {
    bad.isReportedAtItsPlace();
  }

  private static final String OTHER =
      """
      package other;
      import org.bytedeco.pytorch.Tensor;
      public final class Of { static Tensor forward(Tensor input) { return input; } }
      """;

  /** What is in another package has to be public; a use says so. */
  @Test
  void hasToBeVisible() {
    Compilation compilation =
        Networks.compile(
            List.of(),
            Networks.IMPORTS + "@Network(input = 4) @Layer(other.Of.class) interface Net {}",
            OTHER);
    assertThat(compilation)
        .hadErrorContaining(
            "TS164 forward of Of cannot be called from package test, where the network is; let the"
                + " method, its class, and what that is in be public");
    assertThat(compilation).hadErrorCount(1);
  }
}
