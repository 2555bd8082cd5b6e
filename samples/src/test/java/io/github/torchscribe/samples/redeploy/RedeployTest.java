package io.github.torchscribe.samples.redeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An application that a servlet container deploys three times, each time in a class loader of its
 * own, while its threads go on: it computes the same, and is let go of.
 */
@InProcesses
class RedeployTest {
  private static final int DEPLOYMENTS = 3;
  private static final int THREADS = 3;
  private static final String JAVACPP = "org.bytedeco.javacpp.Pointer";

  /** Up to here a thread remembered what code was on the stack when it was made. */
  private static final int LAST_WITH_CONTEXTS = 23;

  @TempDir private Path folder;

  /** The container. */
  static final class Container {
    private Container() {}

    /**
     * Deploys, and prints what came of it.
     *
     * @param args layout, folder
     * @throws Exception what the application throws
     */
    public static void main(String[] args) throws Exception {
      String layout = args[0];
      Predicate<String> isShared =
          switch (layout) {
            case "own" -> path -> false;
            case "all shared" -> path -> !path.matches(".*samples.(target.)?(test-)?classes.*");
            default -> path -> path.contains("bytedeco");
          };
      ClassLoader system = ClassLoader.getPlatformClassLoader();
      ClassLoader shared = new URLClassLoader(libraries(isShared), system);
      if (layout.endsWith("begun") || layout.startsWith("all")) {
        Class.forName(JAVACPP, true, shared);
      }
      ThreadPoolExecutor requests =
          new ThreadPoolExecutor(
              THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
      requests.prestartAllCoreThreads(); // made by the container, not in a call of the application
      try {
        for (int i = 0; i < DEPLOYMENTS; i++) {
          Path place = Path.of(args[1], "deployment" + i);
          System.out.println(deploy(libraries(isShared.negate()), shared, requests, place));
        }
      } finally {
        requests.shutdown();
      }
    }

    private static URL[] libraries(Predicate<String> some) throws MalformedURLException {
      List<URL> all = new ArrayList<>();
      for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
        if (some.test(path)) {
          all.add(new File(path).toURI().toURL());
        }
      }
      return all.toArray(URL[]::new);
    }

    private static String deploy(
        URL[] libraries, ClassLoader shared, ThreadPoolExecutor requests, Path place)
        throws Exception {
      List<String> answer = new ArrayList<>();
      WeakReference<ClassLoader> loader = run(libraries, shared, requests, place, answer);
      long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (loader.get() != null && System.nanoTime() < patience) {
        System.gc();
        Thread.sleep(50);
      }
      return (loader.get() == null ? "gone " : "held ") + answer;
    }

    private static WeakReference<ClassLoader> run(
        URL[] libraries,
        ClassLoader shared,
        ThreadPoolExecutor requests,
        Path place,
        List<String> answer)
        throws Exception {
      try (URLClassLoader loader = new URLClassLoader(libraries, shared)) {
        Callable<String> deployed = () -> answer(loader, requests, place);
        answer.add(requests.submit(deployed).get());
        return new WeakReference<>(loader);
      }
    }

    private static String answer(ClassLoader loader, Executor requests, Path place)
        throws ReflectiveOperationException {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      try {
        Class<?> application = loader.loadClass(Application.class.getName());
        @SuppressWarnings("unchecked")
        BiFunction<Executor, Path, String> life =
            (BiFunction<Executor, Path, String>) application.getConstructor().newInstance();
        return life.apply(requests, place);
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }

  /**
   * Where JavaCPP is the container's, its thread begins in a call of the first application, whose
   * class loader Java up to 23 holds for it, unless the container has begun it before.
   */
  @ParameterizedTest
  @CsvSource({"own, 3", "shared, 2", "shared and begun, 3", "all shared, 3"})
  void isLetGoOf(String layout, int gone) throws Exception {
    List<String> command = Java.command(Container.class, layout, folder.toString());
    // Jackson keeps buffers for each thread, until memory gets short: here at once.
    command.add(1, "-XX:SoftRefLRUPolicyMSPerMB=0");
    String said = Java.said(new ProcessBuilder(command), folder.resolve("output"));
    List<String> lines = said.lines().filter(line -> line.matches("(gone|held) .*")).toList();
    assertEquals(DEPLOYMENTS, lines.size(), said);
    assertEquals(1, lines.stream().map(line -> line.substring(5)).distinct().count(), said);
    long expected = Runtime.version().feature() > LAST_WITH_CONTEXTS ? DEPLOYMENTS : gone;
    assertEquals(expected, lines.stream().filter(line -> line.startsWith("gone")).count(), said);
  }
}
