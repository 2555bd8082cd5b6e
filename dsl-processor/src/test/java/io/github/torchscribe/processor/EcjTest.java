package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The processor under Eclipse's compiler, which has no trees for it. */
@CompilesOnly
@ResourceLock(EcjTest.COMPILER)
class EcjTest {
  /** It has parts that a process has only once. */
  static final String COMPILER = "Eclipse's compiler";

  @TempDir private Path folder;

  private final DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();

  @Test
  void readsANetworkWithoutRepetitionInSourceOrder() throws IOException {
    String declaration =
        """
        @Network(input = {2, 3})
        @Flatten
        @Tanh
        @Linear({6, 3})
        @Softplus
        interface Net {}
        """;
    assertTrue(compile(declaration), () -> diagnostics.getDiagnostics().toString());
    String byEcj = Files.readString(folder.resolve("test/NetModel.java"));
    String byJavac =
        Networks.generated(Networks.compile(List.of(), Networks.IMPORTS + declaration), "NetModel");
    assertEquals(byJavac, byEcj);
  }

  @Test
  void putsErrorsAtTheValue() throws IOException {
    compile("@Network(input = 4)\n@Linear({5, 3})\ninterface Net {}");
    Diagnostic<?> error = onlyError();
    assertTrue(error.getMessage(Locale.ROOT).contains("TS012 @Linear expects 5 input features"));
    assertEquals(8, error.getLineNumber());
  }

  /** What the README has users of Eclipse do: the three of the processor path are enough. */
  @Test
  void theBatchCompilerFindsTheProcessorByItsPath() throws IOException {
    String declaration =
        """
        @Network(input = {2, 3})
        @Flatten
        @Linear({6, 5}) @ReLU
        @Linear({5, 3}) @ReLU
        interface Net {}
        """;
    Path source = folder.resolve("Net.java");
    Files.writeString(source, Networks.IMPORTS + declaration);
    List<Path> needed =
        ClassPath.entries().stream()
            .filter(
                entry ->
                    entry.toString().matches(".*(dsl-processor.target.classes|dsl-api|javapoet).*"))
            .toList();
    StringWriter said = new StringWriter();
    boolean good =
        BatchCompiler.compile(
            new String[] {
              "-17",
              "-processorpath",
              joined(needed),
              "-classpath",
              joined(ClassPath.entries()),
              "-d",
              folder.toString(),
              "-s",
              folder.toString(),
              source.toString()
            },
            new PrintWriter(said),
            new PrintWriter(said),
            null);
    assertTrue(good, said.toString());
    String byJavac =
        Networks.generated(Networks.compile(List.of(), Networks.IMPORTS + declaration), "NetModel");
    assertEquals(byJavac, Files.readString(folder.resolve("test/NetModel.java")));
  }

  private static String joined(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private Diagnostic<?> onlyError() {
    List<Diagnostic<? extends JavaFileObject>> errors =
        diagnostics.getDiagnostics().stream()
            .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
            .toList();
    assertEquals(1, errors.size(), errors.toString());
    return errors.get(0);
  }

  private boolean compile(String declaration) throws IOException {
    Path source = folder.resolve("Net.java");
    Files.writeString(source, Networks.IMPORTS + declaration);
    JavaCompiler compiler = new EclipseCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
      files.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(folder));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, ClassPath.entries());
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              null,
              files,
              diagnostics,
              List.of("-17", "-proceedOnError"),
              null,
              files.getJavaFileObjects(source));
      task.setProcessors(List.of(new NetworkProcessor(), new LocalTypeProcessor()));
      return task.call();
    }
  }
}
