package io.github.torchscribe.processor.source;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of a method. */
final class Line {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*|\\d[\\w.]*");

  // Upper bounds for what javac makes of a word, in bytes.
  private static final int CALL = 4; // and what it gives is dropped
  private static final int FIELD = 7; // aload_0, getfield this$0, getfield
  private static final int NUMBER = 8; // one of several in an array
  private static final int STATEMENT = 8; // a branch, or the array's own making

  private final String place;
  private final String code;
  private final String comment;
  private final Lines.Local local;
  private final Set<String> words = new LinkedHashSet<>();
  private int bytes = STATEMENT;

  /**
   * A line.
   *
   * @param place the path of the layer that it is of, or nothing
   * @param local what it declares, or null
   */
  Line(String place, String code, String comment, Lines.Local local) {
    this.place = place;
    this.code = code;
    this.comment = comment;
    this.local = local;
    Matcher matcher = WORD.matcher(code);
    while (matcher.find()) {
      words.add(matcher.group());
      boolean isCall = matcher.end() < code.length() && code.charAt(matcher.end()) == '(';
      boolean isNumber = Character.isDigit(code.charAt(matcher.start()));
      bytes += isNumber ? NUMBER : isCall ? CALL : FIELD;
    }
  }

  String place() {
    return place;
  }

  String code() {
    return code;
  }

  String comment() {
    return comment;
  }

  /** What the line declares, or null. */
  Lines.Local local() {
    return local;
  }

  /** The names and numbers in it. */
  Set<String> words() {
    return words;
  }

  /** How much bytecode it is at most. */
  int bytes() {
    return bytes;
  }

  /** The same with a field in place of the local variable. */
  Line withoutLocal() {
    String assignment = code.substring(local.written().length() + 1);
    return new Line(place, assignment, comment, null);
  }
}
