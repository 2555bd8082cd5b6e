package org.jetbrains.jps.javac;

import java.lang.reflect.Proxy;
import javax.annotation.processing.ProcessingEnvironment;

/** Stands where IntelliJ's class of this name is, which takes its own wrappers off. */
public final class APIWrappers {
  /** What a wrapper is known by. */
  public interface Wrapper {
    Object delegate();
  }

  /** What the handler has; its own type says nothing of what is inside. */
  private record Kept(Object delegate) {}

  private APIWrappers() {}

  public static ProcessingEnvironment wrap(ProcessingEnvironment environment) {
    Kept kept = new Kept(environment);
    return (ProcessingEnvironment)
        Proxy.newProxyInstance(
            APIWrappers.class.getClassLoader(),
            new Class<?>[] {ProcessingEnvironment.class, Wrapper.class},
            (proxy, method, arguments) ->
                method.getDeclaringClass() == Wrapper.class
                    ? kept.delegate()
                    : method.invoke(kept.delegate(), arguments));
  }

  public static <T> T unwrap(Class<? extends T> type, T wrapper) {
    return wrapper instanceof Wrapper wrapped ? type.cast(wrapped.delegate()) : null;
  }
}
