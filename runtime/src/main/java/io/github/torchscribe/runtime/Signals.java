package io.github.torchscribe.runtime;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * SIGINT and SIGTERM, before they end the process. Java has no official way to them, but most JVMs
 * have {@code sun.misc.Signal}; where it is missing, or the JVM was told to leave signals alone,
 * none is heard.
 */
final class Signals implements AutoCloseable {
  private static final List<String> NAMES = List.of("INT", "TERM");
  private static final int SIGNALLED = 128;

  private final Listener listener;
  private final Map<Object, Object> before = new LinkedHashMap<>();
  private Object ours;

  /** Who hears of a signal, in a thread of its own. */
  interface Listener {
    /**
     * A signal has come.
     *
     * @param otherwise what would have happened: as a rule, the process' end
     */
    void heard(Runnable otherwise);
  }

  /** Begins to listen. */
  Signals(Listener listener) {
    this.listener = listener;
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler call =
          (proxy, method, arguments) -> call(proxy, method.getName(), arguments);
      ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, call);
      for (String name : NAMES) {
        listen(Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name));
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      // then none is heard
    }
  }

  private void listen(Object signal) throws ReflectiveOperationException {
    Object was = handle(signal, ours);
    if (was != null) {
      before.put(signal, was);
    }
  }

  /** Sets a handler and gives the one before; null where that is not allowed. */
  private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
    try {
      return signal
          .getClass()
          .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
          .invoke(null, signal, handler);
    } catch (java.lang.reflect.InvocationTargetException e) {
      return null; // -Xrs
    }
  }

  private Object call(Object proxy, String method, Object... arguments) {
    return switch (method) {
      case "handle" -> {
        listener.heard(() -> otherwise(arguments[0]));
        yield null;
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "torchscribe's";
    };
  }

  private void otherwise(Object signal) {
    Object handler = before.get(signal);
    try {
      Class.forName("sun.misc.SignalHandler")
          .getMethod("handle", signal.getClass())
          .invoke(handler, signal);
    } catch (ReflectiveOperationException e) {
      Runtime.getRuntime().exit(SIGNALLED + number(signal)); // the system's own cannot be called
    }
  }

  private static int number(Object signal) {
    try {
      return (int) signal.getClass().getMethod("getNumber").invoke(signal);
    } catch (ReflectiveOperationException e) {
      return 0;
    }
  }

  /** Leaves them to those who had them before, unless somebody else has taken them since. */
  @Override
  public void close() {
    before.forEach(
        (signal, handler) -> {
          try {
            Object was = handle(signal, handler);
            if (was != null && was != ours) {
              handle(signal, was);
            }
          } catch (ReflectiveOperationException e) {
            // it could be set, so it can be set back
          }
        });
  }
}
