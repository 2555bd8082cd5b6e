package io.github.torchscribe.runtime.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * The process' signals. Java has no official way to them; where the JVM does not have its
 * unofficial one, or keeps a signal for itself, nothing is heard of it.
 */
public final class Signals {
  private Signals() {}

  /**
   * From now on a signal does this and nothing else.
   *
   * @param name without SIG, as in {@code TERM}
   * @param action is run by a thread of its own, each time
   */
  public static void on(String name, Runnable action) {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler run =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              action.run();
            }
            return null;
          };
      Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, run);
      type().getMethod("handle", type(), handler).invoke(null, signal(name), ours);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // then it does what it did
    }
  }

  /**
   * This process gets a signal, as if another had sent it.
   *
   * @param name without SIG
   * @return whether it could be sent
   */
  public static boolean raise(String name) {
    try {
      type().getMethod("raise", type()).invoke(null, signal(name));
      return true;
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private static Object signal(String name) throws ReflectiveOperationException {
    return type().getConstructor(String.class).newInstance(name);
  }

  private static Class<?> type() throws ClassNotFoundException {
    return Class.forName("sun.misc.Signal");
  }
}
