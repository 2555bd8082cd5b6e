package io.github.torchscribe.processor.message;

import com.sun.source.util.Trees;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic.Kind;

/** Brings messages to the compiler, each under the source it is about, and counts the errors. */
public final class Report {
  private final Messager messager;
  private final Optional<Trees> trees;
  private final Set<Object> said;
  private int errors;

  /**
   * A report that is empty.
   *
   * @param messager the compiler's
   * @param trees javac's; empty under another compiler
   * @param said what other reports have said already: a network is looked at once for itself and
   *     once wherever it is used
   */
  public Report(Messager messager, Optional<Trees> trees, Set<Object> said) {
    this.messager = messager;
    this.trees = trees;
    this.said = said;
  }

  /**
   * Says something, unless it is a warning that the source suppresses there.
   *
   * @param message what
   * @param position where
   * @param arguments fill the message's gaps
   */
  public void say(Message message, Position position, Object... arguments) {
    if (message.kind() == Kind.ERROR) {
      errors++;
    } else if (isSuppressed(message, position.element())) {
      return;
    }
    String text = message.format(arguments);
    if (!said.add(List.of(text, position.forAll()))) {
      return;
    }
    if (!position.use().isEmpty()) {
      text += " (in " + position.use() + ")";
    }
    if (position.tree() != null && trees.isPresent()) {
      trees.get().printMessage(message.kind(), text, position.tree(), position.unit());
    } else {
      messager.printMessage(
          message.kind(), text, position.element(), position.mirror(), position.value());
    }
  }

  /**
   * How many errors there were.
   *
   * @return 0 when all is well
   */
  public int errors() {
    return errors;
  }

  private static boolean isSuppressed(Message message, Element element) {
    for (Element e = element; e != null; e = e.getEnclosingElement()) {
      SuppressWarnings suppressed = e.getAnnotation(SuppressWarnings.class);
      if (suppressed != null
          && Arrays.asList(suppressed.value()).contains("torchscribe:" + message.id())) {
        return true;
      }
    }
    return false;
  }
}
