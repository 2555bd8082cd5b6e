package io.github.torchscribe.processor.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sets a source file the way people do where JavaPoet does not: a short Javadoc on one line, fields
 * without Javadoc below each other, nothing after the end of a line. JavaPoet can be told none of
 * this, so that what it wrote is read once more: its frame alone, no statement or expression of
 * ours.
 */
final class SourceLayout {
  private static final int WIDTH = 100;

  private static final Pattern SHORT_JAVADOC =
      Pattern.compile("^( *)/\\*\\*\\n *\\* ([^\\n]*)\\n *\\*/$", Pattern.MULTILINE);
  private static final String FIELD =
      " +(?:private )?(?:static )?(?:final )?[\\w.\\[\\]]+ \\w+(?: = (?:new \\w+\\(\\)|\\{[-\\d, ]*\\}))?;\\n";
  private static final Pattern FIELD_THEN_FIELD =
      Pattern.compile("^(" + FIELD + ")\\n(?=" + FIELD + ")", Pattern.MULTILINE);
  private static final Pattern TRAILING_SPACE = Pattern.compile(" +$", Pattern.MULTILINE);

  private SourceLayout() {}

  static String tidy(String source) {
    String brief =
        SHORT_JAVADOC
            .matcher(source)
            .replaceAll(
                match -> {
                  String line = match.group(1) + "/** " + match.group(2) + " */";
                  String kept = line.length() <= WIDTH ? line : match.group();
                  return Matcher.quoteReplacement(kept);
                });
    String dense = FIELD_THEN_FIELD.matcher(brief).replaceAll("$1");
    return TRAILING_SPACE.matcher(dense).replaceAll("");
  }
}
