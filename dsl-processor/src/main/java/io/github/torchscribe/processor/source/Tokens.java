package io.github.torchscribe.processor.source;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a Java source the compiler takes for words and numbers: no comments, no texts. */
final class Tokens {
  private static final String WORD = "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*+";

  /** Comments, texts, members (after a dot), words and numbers; each is read as a whole. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "//[^\\n]*+|/\\*(?s:.*?)\\*/|\"(?:[^\"\\\\]++|\\\\.)*+\"|'(?:[^'\\\\]++|\\\\.)*+'"
              + "|\\.\\s*+"
              + WORD
              + "|(?<word>"
              + WORD
              + ")|(?<number>\\d(?:[\\w.]|(?<=[eE])[-+])*+)");

  private Tokens() {}

  /**
   * Replaces words and numbers.
   *
   * @param source any Java
   * @param word what stands for a word that follows no dot
   * @param number what stands for a number
   */
  static String replace(String source, UnaryOperator<String> word, UnaryOperator<String> number) {
    return TOKEN
        .matcher(source)
        .replaceAll(
            token -> {
              Matcher at = (Matcher) token;
              String text = at.group();
              String other =
                  at.group("word") != null
                      ? word.apply(text)
                      : at.group("number") != null ? number.apply(text) : text;
              return Matcher.quoteReplacement(other);
            });
  }
}
