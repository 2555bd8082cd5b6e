package io.github.torchscribe.processor;

import static io.github.torchscribe.processor.KeptClassPath.javac;
import static io.github.torchscribe.processor.KeptClassPath.leanJavac;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  private static final int AT_ONCE = 20;
  private static final Map<String, Class<?>> MODELS = new ConcurrentHashMap<>();

  /** Not those that run tests: who waits for one of these would begin another test meanwhile. */
  private static final Executor COMPILERS =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          work -> {
            Thread thread = new Thread(work, "compiler");
            thread.setDaemon(true);
            return thread;
          });

  private Networks() {}

  /** Compiles sources, each beginning with the type that names its file. */
  static Compilation compile(List<String> options, String... sources) {
    boolean callsLibtorch = Arrays.stream(sources).anyMatch(one -> one.contains("global.torch"));
    return (callsLibtorch ? javac() : leanJavac())
        .withProcessors(new NetworkProcessor(), new LocalTypeProcessor())
        .withOptions(options.toArray())
        .compile(Arrays.stream(sources).map(Networks::file).toList());
  }

  /**
   * Options under which every warning is an error, but that no processor claims annotations of
   * somebody's own: none can.
   */
  static List<String> strict(String... sources) {
    boolean own = Arrays.stream(sources).anyMatch(Networks::hasOwnPieces);
    return List.of(own ? "-Xlint:all,-processing" : "-Xlint:all", "-Werror");
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

  /**
   * Compiles one declaration, without any warning, unless it was before, and makes its model, on
   * the tests' device.
   */
  static Model model(String declaration, long seed) {
    try {
      Class<?> type = MODELS.computeIfAbsent(declaration, Networks::modelClass);
      Model model = (Model) type.getMethod("create", long.class).invoke(null, seed);
      return model.to(TestDevice.get());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(declaration, e);
    }
  }

  private static Class<?> modelClass(String declaration) {
    Compilation compilation = compileCleanly(IMPORTS + declaration);
    return load(compilation, "test." + name(declaration) + "Model");
  }

  /**
   * Compiles many declarations, some at once, each in a package of its own: javac reads libtorch's
   * classes once for all of these, which for one takes longer than all else.
   */
  static void prepare(Stream<String> declarations) {
    List<String> all = declarations.filter(one -> !MODELS.containsKey(one)).distinct().toList();
    // No processor can claim what is not known before: javac would say so of all beside them.
    List<String> own = all.stream().filter(Networks::hasOwnPieces).toList();
    own.forEach(one -> prepare(List.of(one)));
    all = all.stream().filter(one -> !hasOwnPieces(one)).toList();
    prepareAtOnce(all);
  }

  private static boolean hasOwnPieces(String source) {
    return source.contains("@interface ");
  }

  private static void prepareAtOnce(List<String> all) {
    List<CompletableFuture<Void>> compilations =
        IntStream.rangeClosed(0, all.size() / AT_ONCE)
            .mapToObj(i -> all.subList(i * AT_ONCE, Math.min((i + 1) * AT_ONCE, all.size())))
            .filter(some -> !some.isEmpty())
            .map(some -> CompletableFuture.runAsync(() -> prepare(some), COMPILERS))
            .toList();
    compilations.forEach(CompletableFuture::join);
  }

  private static void prepare(List<String> some) {
    String[] sources = new String[some.size()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = IMPORTS.replace("package test;", "package test.n" + i + ";") + some.get(i);
    }
    ClassLoader loader = new Loader(compileCleanly(sources));
    for (int i = 0; i < sources.length; i++) {
      MODELS.put(some.get(i), load(loader, "test.n" + i + "." + name(some.get(i)) + "Model"));
    }
  }

  private static Compilation compileCleanly(String... sources) {
    Compilation compilation = compile(strict(sources), sources);
    if (compilation.status() != Compilation.Status.SUCCESS) {
      throw new AssertionError(complaints(compilation, sources));
    }
    return compilation;
  }

  /** Each with the source that it is about. */
  private static String complaints(Compilation compilation, String... sources) {
    return compilation.diagnostics().stream()
        .map(
            one ->
                Arrays.stream(sources)
                        .filter(
                            source ->
                                one.getSource() != null
                                    && one.getSource().getName().equals(file(source).getName()))
                        .collect(Collectors.joining())
                    + "\n"
                    + one)
        .collect(Collectors.joining("\n\n"));
  }

  private static String name(String declaration) {
    return declaration.replaceAll("(?s).*?public interface (\\w+).*", "$1");
  }

  /** A class of a compilation. */
  static Class<?> load(Compilation compilation, String name) {
    return load(new Loader(compilation), name);
  }

  private static Class<?> load(ClassLoader loader, String name) {
    try {
      return loader.loadClass(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name + " was not generated", e);
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
