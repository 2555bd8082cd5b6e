package io.github.torchscribe.processor;

import static com.google.testing.compile.Compiler.javac;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import io.github.torchscribe.runtime.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.JavaFileObject;

/** Compiles declarations with the processor, in memory, and makes models of them. */
final class Networks {
  static final String IMPORTS =
      """
      package test;

      import io.github.torchscribe.dsl.*;
      import io.github.torchscribe.dsl.nn.*;
      import io.github.torchscribe.dsl.optim.*; import org.bytedeco.pytorch.Tensor;

      """;

  private static final Map<String, Class<?>> MODELS = new ConcurrentHashMap<>();

  private Networks() {}

  /** Compiles sources, each beginning with the type that names its file. */
  static Compilation compile(List<String> options, String... sources) {
    return javac()
        .withProcessors(new NetworkProcessor(), new LocalTypeProcessor())
        .withOptions(options.toArray())
        .compile(Arrays.stream(sources).map(Networks::file).toList());
  }

  static JavaFileObject file(String source) {
    String name = source.replaceAll("(?s).*?(?:interface|class|enum|record) (\\w+).*", "$1");
    String home = source.replaceAll("(?s).*?\\bpackage ([\\w.]+);.*", "$1");
    return JavaFileObjects.forSourceString(home + "." + name, source);
  }

  /** The generated source of a class. */
  static String generated(Compilation compilation, String name) {
    JavaFileObject file =
        compilation
            .generatedSourceFile("test." + name)
            .orElseThrow(
                () -> new AssertionError(name + " was not generated: " + compilation.errors()));
    try {
      return file.getCharContent(true).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles one declaration, without any warning, unless it was before, and makes its model. */
  static Model model(String declaration, long seed) {
    try {
      return (Model)
          MODELS
              .computeIfAbsent(declaration, Networks::modelClass)
              .getMethod("create", long.class)
              .invoke(null, seed);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(declaration, e);
    }
  }

  private static Class<?> modelClass(String declaration) {
    Compilation compilation = compile(List.of("-Xlint:all", "-Werror"), IMPORTS + declaration);
    if (compilation.status() != Compilation.Status.SUCCESS) {
      throw new AssertionError(compilation.diagnostics().toString() + "\n" + declaration);
    }
    String name = declaration.replaceAll("(?s).*?public interface (\\w+).*", "$1");
    return load(compilation, "test." + name + "Model");
  }

  /** A class of a compilation. */
  static Class<?> load(Compilation compilation, String name) {
    try {
      return new Loader(compilation).loadClass(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name + " was not generated: " + compilation.diagnostics(), e);
    }
  }

  /** Loads what was compiled. */
  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes = new HashMap<>();

    Loader(Compilation compilation) {
      super(Networks.class.getClassLoader());
      for (JavaFileObject file : compilation.generatedFiles()) {
        if (file.getKind() == JavaFileObject.Kind.CLASS) {
          String name = file.getName().replaceAll("^/?CLASS_OUTPUT/|\\.class$", "");
          try (InputStream in = file.openInputStream()) {
            classes.put(name.replace('/', '.'), in.readAllBytes());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
