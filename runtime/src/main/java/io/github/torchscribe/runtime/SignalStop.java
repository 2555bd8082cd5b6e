package io.github.torchscribe.runtime;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/**
 * Lets SIGINT and SIGTERM end a run after the step that is being done, rather than the process at
 * once; a second signal ends that.
 */
final class SignalStop {
  private static final int KILLED = 130;
  private static final long PATIENCE = 2000;

  private final Thread running = Thread.currentThread();

  private final Thread hook;
  private final CountDownLatch over = new CountDownLatch(1);

  /**
   * From now on.
   *
   * @param stop asks the run to end
   */
  SignalStop(Runnable stop) {
    hook =
        new Thread(
            () -> {
              System.err.println("Stopping after this step; a second signal stops at once.");
              onNextSignal(() -> Runtime.getRuntime().halt(KILLED));
              stop.run();
              try {
                over.await();
                running.join(PATIENCE); // so that what comes after the run can still be said
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "torchscribe stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Java has no official way to see a second signal; where this one is missing, it is ignored. */
  private static void onNextSignal(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler run =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              action.run();
            }
            return null;
          };
      Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, run);
      for (String name : new String[] {"INT", "TERM"}) {
        Object some = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, some, ours);
      }
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // then the first signal is the only one that is heard
    }
  }

  /** The run is over; the process may end. */
  void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending already
    }
  }
}
