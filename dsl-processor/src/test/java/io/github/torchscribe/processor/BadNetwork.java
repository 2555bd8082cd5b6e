package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import io.github.torchscribe.processor.message.Message;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * A declaration with one error.
 *
 * @param message what is said of it
 * @param says a part of the text
 * @param source with a mark before what is wrong
 */
record BadNetwork(Message message, String says, String source) {
  private static final String MARK = "▶";

  /** The right message, in the right file, at the right line and column, and no other. */
  void isReportedAtItsPlace() {
    String marked = Networks.IMPORTS + source;
    String unmarked = marked.replace(MARK, "");
    String before = marked.substring(0, marked.indexOf(MARK));
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    long column = before.length() - before.lastIndexOf('\n');

    Compilation compilation = Networks.compile(List.of(), unmarked);

    List<Diagnostic<? extends JavaFileObject>> errors =
        compilation.errors().stream().filter(BadNetwork::isOurs).collect(Collectors.toList());
    assertEquals(1, errors.size(), compilation.diagnostics().toString());
    Diagnostic<? extends JavaFileObject> error = errors.get(0);
    String text = error.getMessage(Locale.ROOT);
    assertTrue(text.startsWith(message.id() + " "), text);
    assertTrue(text.contains(says), text);
    assertTrue(error.getSource().getName().endsWith(Networks.file(unmarked).getName()));
    assertEquals(line + ":" + column, error.getLineNumber() + ":" + error.getColumnNumber(), text);
  }

  private static boolean isOurs(Diagnostic<?> diagnostic) {
    return diagnostic.getMessage(Locale.ROOT).matches("(?s)TS\\d{3} .*");
  }

  @Override
  public String toString() {
    return message + ": " + source.replace('\n', ' ');
  }
}
