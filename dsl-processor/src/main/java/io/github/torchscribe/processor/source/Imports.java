package io.github.torchscribe.processor.source;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Imports the classes of libtorch's that steps make objects of. Layers say their steps as text, of
 * which JavaPoet, which imports all else, does not know what it names.
 */
final class Imports {
  private static final Pattern MADE = Pattern.compile("\\bnew ([A-Z]\\w*)\\(");
  private static final Pattern IMPORT = Pattern.compile("^import [\\w.]+;\\n", Pattern.MULTILINE);

  private Imports() {}

  static String complete(String source) {
    Set<String> imports = new TreeSet<>();
    Matcher present = IMPORT.matcher(source);
    int from = -1;
    int to = -1;
    while (present.find()) {
      imports.add(present.group());
      from = from < 0 ? present.start() : from;
      to = present.end();
    }
    Matcher made = MADE.matcher(source);
    while (made.find()) {
      String name = made.group(1);
      if (!source.contains("." + name + ";\n") && !source.contains("class " + name + " ")) {
        imports.add("import " + Runtime.tensorType(name) + ";\n");
      }
    }
    return source.substring(0, from) + String.join("", imports) + source.substring(to);
  }
}
