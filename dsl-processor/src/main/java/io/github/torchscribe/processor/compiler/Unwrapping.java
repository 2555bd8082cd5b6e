package io.github.torchscribe.processor.compiler;

import com.sun.source.util.Trees;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;

/**
 * Finds javac's trees.
 *
 * <p>Gradle and IntelliJ put objects of their own around javac's environment, to learn which file
 * comes from which; javac shows its trees only to those who hold its own. So wrappers are taken
 * off, for that alone: files and messages go through the wrapper, as these tools rely on.
 */
final class Unwrapping {
  /** IntelliJ's, for processors that need what is inside. */
  private static final String INTELLIJ = "org.jetbrains.jps.javac.APIWrappers";

  private Unwrapping() {}

  /** The trees; empty under another compiler. */
  static Optional<Trees> trees(ProcessingEnvironment environment) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<ProcessingEnvironment> left = new ArrayDeque<>(List.of(environment));
    while (!left.isEmpty()) {
      ProcessingEnvironment candidate = left.poll();
      if (seen.add(candidate)) {
        try {
          return Optional.of(Trees.instance(candidate));
        } catch (IllegalArgumentException | LinkageError e) {
          left.addAll(wrapped(candidate));
        }
      }
    }
    return Optional.empty();
  }

  private static List<ProcessingEnvironment> wrapped(ProcessingEnvironment wrapper) {
    if (!Proxy.isProxyClass(wrapper.getClass())) {
      return Inside.fields(wrapper, ProcessingEnvironment.class);
    }
    List<ProcessingEnvironment> found = new ArrayList<>();
    byIntellij(wrapper).ifPresent(found::add);
    found.addAll(Inside.fields(Proxy.getInvocationHandler(wrapper), ProcessingEnvironment.class));
    return found;
  }

  private static Optional<ProcessingEnvironment> byIntellij(ProcessingEnvironment wrapper) {
    try {
      Object inside =
          Class.forName(INTELLIJ, false, wrapper.getClass().getClassLoader())
              .getMethod("unwrap", Class.class, Object.class)
              .invoke(null, ProcessingEnvironment.class, wrapper);
      return Optional.ofNullable((ProcessingEnvironment) inside);
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty(); // somebody else's proxy
    }
  }
}
