package io.github.torchscribe.processor;

import com.google.testing.compile.Compiler;
import com.google.testing.compile.ForwardingStandardJavaFileManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import javax.lang.model.SourceVersion;
import javax.tools.DiagnosticListener;
import javax.tools.ForwardingJavaFileObject;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.bytedeco.pytorch.global.torch;

/**
 * javac, which looks through the tests' class path once for each thread: a compilation by itself
 * would open all jars and list libtorch's thousands of classes anew.
 */
final class KeptClassPath implements JavaCompiler {
  private static final ThreadLocal<KeptClassPath> WHOLE =
      ThreadLocal.withInitial(() -> new KeptClassPath(false));
  private static final ThreadLocal<KeptClassPath> LEAN =
      ThreadLocal.withInitial(() -> new KeptClassPath(true));

  private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager files;

  private KeptClassPath(boolean isLean) {
    files = new Files(javac.getStandardFileManager(null, Locale.ROOT, null), isLean);
  }

  /** For what is compiled with the class path of the tests. */
  static Compiler javac() {
    return Compiler.compiler(WHOLE.get());
  }

  /** Where nobody but the processor calls libtorch's operations: {@link WrittenOperations}. */
  static Compiler leanJavac() {
    return Compiler.compiler(LEAN.get());
  }

  @Override
  public StandardJavaFileManager getStandardFileManager(
      DiagnosticListener<? super JavaFileObject> listener, Locale locale, Charset charset) {
    return files;
  }

  @Override
  public CompilationTask getTask(
      Writer out,
      JavaFileManager manager,
      DiagnosticListener<? super JavaFileObject> listener,
      Iterable<String> options,
      Iterable<String> classes,
      Iterable<? extends JavaFileObject> units) {
    return javac.getTask(out, manager, listener, options, classes, units);
  }

  @Override
  public int run(InputStream in, OutputStream out, OutputStream err, String... args) {
    return javac.run(in, out, err, args);
  }

  @Override
  public Set<SourceVersion> getSourceVersions() {
    return javac.getSourceVersions();
  }

  @Override
  public int isSupportedOption(String option) {
    return javac.isSupportedOption(option);
  }

  private static final class Lean extends ForwardingJavaFileObject<JavaFileObject> {
    Lean(JavaFileObject whole) {
      super(whole);
    }

    JavaFileObject whole() {
      return fileObject;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(WrittenOperations.CLASS);
    }
  }

  /** Stays open and as it is, whoever is done with it. */
  private static final class Files extends ForwardingStandardJavaFileManager {
    private record Listing(
        Location location, String home, Set<JavaFileObject.Kind> kinds, boolean recurse) {}

    private final Map<Listing, List<JavaFileObject>> listings = new HashMap<>();
    private final boolean isLean;

    Files(StandardJavaFileManager files, boolean isLean) {
      super(files);
      this.isLean = isLean;
    }

    @Override
    public Iterable<JavaFileObject> list(
        Location location, String home, Set<JavaFileObject.Kind> kinds, boolean recurse)
        throws IOException {
      Listing listing = new Listing(location, home, Set.copyOf(kinds), recurse);
      List<JavaFileObject> found = listings.get(listing);
      if (found == null) {
        found =
            StreamSupport.stream(super.list(location, home, kinds, recurse).spliterator(), false)
                .map(file -> isLean && isTorch(home, file) ? new Lean(file) : file)
                .toList();
        listings.put(listing, found);
      }
      return found;
    }

    private static boolean isTorch(String home, JavaFileObject file) {
      return home.equals(torch.class.getPackageName())
          && file.isNameCompatible(torch.class.getSimpleName(), JavaFileObject.Kind.CLASS);
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
      return super.inferBinaryName(location, file instanceof Lean lean ? lean.whole() : file);
    }

    @Override
    public boolean handleOption(String option, Iterator<String> rest) {
      if (option.equals("--multi-release")) { // the same for all
        return super.handleOption(option, rest);
      }
      throw new AssertionError(option + " would stay for other compilations: use plain javac");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
