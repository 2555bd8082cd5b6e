package io.github.torchscribe.processor;

import static io.github.torchscribe.processor.KeptClassPath.leanJavac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import io.github.torchscribe.runtime.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Compiles networks in any package, beside types of any name, and compares what they learn. */
final class NamedNetworks {
  static final String IMPORTS =
      """
      import io.github.torchscribe.dsl.From;
      import io.github.torchscribe.dsl.Input;
      import io.github.torchscribe.dsl.Network;
      import io.github.torchscribe.dsl.nn.*;
      import io.github.torchscribe.dsl.optim.*;
      """;

  private NamedNetworks() {}

  /** Compiles another network, in a package of its own, trains both, and compares. */
  static void learnsAs(Compilation plain, String other, String... neighbours) {
    learnsAs(
        model(plain, "test.NetModel"), model(compile("test", other, neighbours), "test.NetModel"));
  }

  static void learnsAs(Model plain, Model other) {
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

  static Model model(Compilation compilation, String name) {
    try {
      Class<?> model = Networks.load(compilation, name);
      return (Model) model.getMethod("create", long.class).invoke(null, 3L);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(name, e);
    }
  }

  /** Compiles declarations in a package, without any warning. */
  static Compilation compile(String where, String declaration, String... others) {
    List<JavaFileObject> files = new ArrayList<>();
    Stream.concat(Stream.of(declaration), Stream.of(others))
        .forEach(s -> files.add(file(where, s)));
    Compilation compilation =
        leanJavac()
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
