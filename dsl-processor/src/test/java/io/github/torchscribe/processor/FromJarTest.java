package io.github.torchscribe.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static com.google.testing.compile.Compiler.javac;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that is used from another module, of which only class files are there. */
class FromJarTest {
  private static final String BLOCK =
      """
      package other;
      import io.github.torchscribe.dsl.*;
      import io.github.torchscribe.dsl.nn.*;
      @Network(input = 8)
      @Residual
      @Linear(6) @Tanh @Linear(4) @ReLU @Linear(value = 8, bias = false)
      public interface Block {}
      """;

  private static final String USER =
      """
      @Network(input = 8)
      @Use(other.Block.class) @Linear(3)
      public interface Net {}
      """;

  @Test
  void repeatedAnnotationsKeepTheirOrder(@TempDir Path folder) throws IOException {
    compileInto(folder);
    String generated = Networks.generated(compileAgainst(folder), "NetModel");
    assertEquals(
        List.of("@Linear(6)", "@Tanh", "@Linear(4)", "@ReLU", "@Linear(value = 8, bias = false)"),
        Stream.of(generated.split("\n"))
            .filter(line -> line.contains(".layer(\"0."))
            .filter(line -> !line.contains("sum"))
            .map(line -> line.replaceAll(".*\", \"(.*)\", \\d+\\).*", "$1"))
            .toList());
  }

  @Test
  void withoutItsModelTheOrderIsUnknown(@TempDir Path folder) throws IOException {
    compileInto(folder);
    Files.delete(folder.resolve("other/BlockModel.class"));
    assertThat(compileAgainst(folder))
        .hadErrorContaining(
            "TS060 @Linear is repeated on Block, whose class file does not keep how its annotations"
                + " stand among each other, and BlockModel, which does, is missing; compile Block"
                + " again, with this processor");
  }

  /** Of a block that was changed without its model. */
  @Test
  void aModelOfAnotherBlockSaysNothing(@TempDir Path folder) throws IOException {
    compileInto(folder);
    for (String changed :
        List.of(BLOCK.replace("@Tanh ", ""), BLOCK.replace("@Tanh", "@Tanh @SiLU"))) {
      try (InputStream in =
          javac()
              .compile(Networks.file(changed))
              .generatedFile(StandardLocation.CLASS_OUTPUT, "other/Block.class")
              .orElseThrow()
              .openInputStream()) {
        Files.write(folder.resolve("other/Block.class"), in.readAllBytes());
      }
      assertThat(compileAgainst(folder))
          .hadErrorContaining("and BlockModel is of another Block; compile Block again");
    }
  }

  private static void compileInto(Path folder) throws IOException {
    Compilation compilation = Networks.compile(List.of(), BLOCK);
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getKind() == JavaFileObject.Kind.CLASS) {
        Path path = folder.resolve(file.getName().replaceAll("^/?CLASS_OUTPUT/", ""));
        Files.createDirectories(path.getParent());
        try (InputStream in = file.openInputStream()) {
          Files.copy(in, path);
        }
      }
    }
  }

  private static Compilation compileAgainst(Path folder) {
    List<File> classPath = new ArrayList<>(List.of(folder.toFile()));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      classPath.add(new File(entry));
    }
    return javac()
        .withProcessors(new NetworkProcessor(), new LocalTypeProcessor())
        .withClasspath(classPath)
        .compile(Networks.file(Networks.IMPORTS + USER));
  }
}
