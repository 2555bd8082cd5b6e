package io.github.torchscribe.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.jetbrains.jps.javac.APIWrappers;

/** Ways in which users' sources come to the processors. */
enum BuildTool {
  JAVAC,

  /** Gradle's own classes around the processors, and around the environment that they get. */
  GRADLE {
    @Override
    Processor around(Processor processor) {
      return Gradle.isolating(processor, Gradle.result());
    }
  },

  /** A proxy whose class takes it off when asked. */
  INTELLIJ {
    @Override
    Processor around(Processor processor) {
      return new Wrapping(processor, APIWrappers::wrap);
    }
  },

  /** A proxy around javac's environment of which nobody tells how to take it off. */
  PROXY {
    @Override
    Processor around(Processor processor) {
      return new Wrapping(processor, BuildTool::inProxy);
    }
  },

  /** One around another. */
  TWICE {
    @Override
    Processor around(Processor processor) {
      return new Wrapping(processor, inner -> inProxy(APIWrappers.wrap(inProxy(inner))));
    }
  },

  ECLIPSE {
    @Override
    JavaCompiler compiler() {
      return new EclipseCompiler();
    }
  },

  /** A compiler of which nothing is known: only the language model shows what is written. */
  UNKNOWN {
    @Override
    Processor around(Processor processor) {
      return new Wrapping(processor, BuildTool::hidden);
    }
  };

  /** What came of a compilation: files by name, and messages. */
  record Result(Map<String, String> sources, List<Diagnostic<? extends JavaFileObject>> messages) {
    List<String> errors() {
      return messages.stream()
          .filter(message -> message.getKind() == Diagnostic.Kind.ERROR)
          .map(message -> message.getMessage(Locale.ROOT))
          .toList();
    }

    /** The only generated source, of a compilation without errors. */
    String source() {
      if (!errors().isEmpty() || sources.size() != 1) {
        throw new AssertionError(errors() + " " + sources.keySet());
      }
      return sources.values().iterator().next();
    }
  }

  Processor around(Processor processor) {
    return processor;
  }

  JavaCompiler compiler() {
    return ToolProvider.getSystemJavaCompiler();
  }

  /**
   * Runs the processors over files.
   *
   * @param folder gets what is generated; its parent may hold more for the class path
   * @param classPath comes before the tests' own
   */
  Result run(List<Path> files, Path folder, List<Path> classPath, String... options) {
    DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
    try (StandardJavaFileManager manager =
        compiler().getStandardFileManager(messages, Locale.ROOT, StandardCharsets.UTF_8)) {
      Files.createDirectories(folder);
      List<Path> all = new ArrayList<>(classPath);
      all.addAll(ClassPath.entries());
      manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
      manager.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(folder));
      manager.setLocationFromPaths(StandardLocation.CLASS_PATH, all);
      List<String> arguments = new ArrayList<>(List.of(options));
      arguments.addAll(this == ECLIPSE ? List.of("-17", "-nowarn") : List.of());
      JavaCompiler.CompilationTask task =
          compiler()
              .getTask(
                  null,
                  manager,
                  messages,
                  arguments,
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      task.setProcessors(
          Stream.of(new NetworkProcessor(), new LocalTypeProcessor()).map(this::around).toList());
      task.call();
      return new Result(sources(folder), messages.getDiagnostics());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> sources(Path folder) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files.filter(path -> path.toString().matches(".*(Model|Order)\\.java")).toList()) {
        sources.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return sources;
  }

  private static ProcessingEnvironment inProxy(ProcessingEnvironment inner) {
    return proxy((proxy, method, arguments) -> method.invoke(inner, arguments));
  }

  private static ProcessingEnvironment hidden(ProcessingEnvironment inner) {
    Supplier<Object> kept = () -> inner;
    return proxy((proxy, method, arguments) -> method.invoke(kept.get(), arguments));
  }

  private static ProcessingEnvironment proxy(InvocationHandler handler) {
    return (ProcessingEnvironment)
        Proxy.newProxyInstance(
            BuildTool.class.getClassLoader(),
            new Class<?>[] {ProcessingEnvironment.class, Marked.class},
            handler);
  }

  /** So that the proxy is of a loader of ours. */
  interface Marked {}

  /** Gives a processor another environment. */
  private static final class Wrapping extends AbstractProcessor {
    private final Processor processor;
    private final UnaryOperator<ProcessingEnvironment> wrap;

    Wrapping(Processor processor, UnaryOperator<ProcessingEnvironment> wrap) {
      this.processor = processor;
      this.wrap = wrap;
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
      processor.init(wrap.apply(environment));
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return processor.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return processor.getSupportedSourceVersion();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      return processor.process(annotations, round);
    }
  }

  /** Gradle's classes, which are 180 MB and so only there where all tools are required. */
  static final class Gradle {
    private static final Path JAR = Path.of("target/gradle-api.jar");
    private static final String PACKAGE = "org.gradle.api.internal.tasks.compile.";
    private static final String RESULT =
        PACKAGE + "incremental.processing.AnnotationProcessingResult";

    private static ClassLoader loader;

    private Gradle() {}

    static boolean isThere() {
      boolean isThere = Files.exists(JAR);
      if (!isThere && Boolean.getBoolean("tools.required")) {
        throw new AssertionError("Gradle's classes are required in " + JAR);
      }
      return isThere;
    }

    static Object result() {
      return make(RESULT);
    }

    static Processor isolating(Processor processor, Object result) {
      Object own =
          make(
              PACKAGE + "incremental.processing.AnnotationProcessorResult",
              result,
              processor.getClass().getName());
      return (Processor) make(PACKAGE + "processing.IsolatingProcessor", processor, own);
    }

    /** Which file came from which. */
    static Object origins(Object result) {
      try {
        Method method = result.getClass().getMethod("getGeneratedTypesWithIsolatedOrigin");
        return method.invoke(result);
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }

    private static synchronized Object make(String type, Object... arguments) {
      try {
        if (loader == null) {
          loader =
              new URLClassLoader(new URL[] {JAR.toUri().toURL()}, BuildTool.class.getClassLoader());
        }
        return Class.forName(type, true, loader).getConstructors()[0].newInstance(arguments);
      } catch (ReflectiveOperationException | IOException e) {
        throw new AssertionError(type, e);
      }
    }
  }
}
