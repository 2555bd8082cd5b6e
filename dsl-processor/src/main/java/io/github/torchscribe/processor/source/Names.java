package io.github.torchscribe.processor.source;

import com.squareup.javapoet.ClassName;
import io.github.torchscribe.processor.code.Types;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sees to it that each name in a source means what it was written for, whatever names the user has.
 *
 * <p>A type of the user's package goes before {@code java.lang}'s of that name, unless it is
 * imported by name. The network's own interface has to be named, too: where it is called like a
 * type of ours, ours is written in full. Nothing of ours inherits from it but a class without a
 * body ({@link StackWriter}), so that none of its members is in sight.
 *
 * <p>Layers say their steps as text, of which JavaPoet does not know what it names: what they make
 * objects of is imported here.
 */
final class Names {
  /** Stands for the network's interface until all other names are known. */
  static final ClassName DECLARED = ClassName.get("", "\uE000");

  private static final Pattern IMPORT =
      Pattern.compile("^import ([\\w.]+\\.(\\w+));\\n", Pattern.MULTILINE);
  private static final Pattern MADE = Pattern.compile("\\bnew ([A-Z]\\w*)\\(");
  private static final Pattern TYPE = Pattern.compile("\\bclass (\\w+) ");

  private final String source;
  private final String declared;
  private final Predicate<String> neighbours;
  private final Set<String> words = new LinkedHashSet<>();
  private final Map<String, String> imports = new HashMap<>();

  private Names(String source, String declared, Predicate<String> neighbours) {
    this.source = source;
    this.declared = declared;
    this.neighbours = neighbours;
  }

  /**
   * Finishes a source.
   *
   * @param source with {@link #DECLARED} for the network's interface
   * @param declared the interface's name, after its package's
   * @param neighbours whether the user's package has a type of a name
   */
  static String settle(String source, String declared, Predicate<String> neighbours) {
    return new Names(source, declared, neighbours).settle();
  }

  private String settle() {
    Tokens.replace(source, this::note, number -> number);
    List<String> ours = all(TYPE);
    readImports();
    for (String made : all(MADE)) {
      if (!ours.contains(made)) {
        imports.putIfAbsent(made, Types.tensorType(made).canonicalName());
      }
    }
    String outermost = declared.replaceFirst("\\..*", "");
    for (String word : words) {
      if (!imports.containsKey(word) && isInJavaLang(word) && neighbours.test(word)) {
        imports.put(word, "java.lang." + word);
      }
    }
    String otherwise = ours.contains(outermost) ? another(outermost) : outermost;
    String ofOurs = imports.containsKey(outermost) ? imports.remove(outermost) : otherwise;
    String body =
        Tokens.replace(
            source.substring(endOfImports()),
            word -> word.equals(outermost) ? ofOurs : word,
            Names::wide);
    return beforeImports() + importLines() + body.replace(DECLARED.simpleName(), declared);
  }

  private String note(String word) {
    words.add(word);
    return word;
  }

  private List<String> all(Pattern pattern) {
    return pattern.matcher(source).results().map(found -> found.group(1)).distinct().toList();
  }

  private void readImports() {
    IMPORT.matcher(source).results().forEach(found -> imports.put(found.group(2), found.group(1)));
  }

  private static boolean isInJavaLang(String name) {
    if (!Character.isUpperCase(name.charAt(0))) {
      return false;
    }
    try {
      Class.forName("java.lang." + name, false, null);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private String another(String name) {
    String other = name;
    while (words.contains(other)) {
      other += "_";
    }
    return other;
  }

  /** What does not fit into 32 bits is a long, wherever it stands. */
  private static String wide(String number) {
    boolean isLong =
        number.matches("[\\d_]+") && Long.parseLong(number.replace("_", "")) > Integer.MAX_VALUE;
    return isLong ? number + "L" : number;
  }

  private String beforeImports() {
    Matcher first = IMPORT.matcher(source);
    first.find();
    return source.substring(0, first.start());
  }

  private int endOfImports() {
    return IMPORT.matcher(source).results().mapToInt(MatchResult::end).max().orElseThrow();
  }

  private String importLines() {
    return new TreeSet<>(imports.values())
        .stream().map(name -> "import " + name + ";\n").collect(Collectors.joining());
  }
}
