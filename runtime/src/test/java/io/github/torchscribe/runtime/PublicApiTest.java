package io.github.torchscribe.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What users see is of packages that are exported, and of other libraries libtorch's types alone:
 * the others can be replaced, or get versions that are not compatible, without anybody's having to
 * compile anew.
 */
class PublicApiTest {
  private static final Pattern NAME = Pattern.compile("[\\w$]+(\\.[\\w$]+)+");
  private static final Pattern PACKAGE = Pattern.compile("([a-z]\\w*\\.)*[a-z]\\w*(?=\\.[A-Z])");
  private static final String OURS = "io.github.torchscribe.";
  private static final List<String> OTHERS = List.of("java.", "javax.", "org.bytedeco.");

  @Test
  void signaturesNameNoOtherLibraryAndNothingInside()
      throws IOException, ReflectiveOperationException {
    Path classes = Path.of("target/classes");
    Set<String> foreign = new TreeSet<>();
    int seen = 0;
    Set<String> exported = exported(classes);
    List<Path> files;
    try (Stream<Path> all = Files.walk(classes)) {
      files = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      String path = classes.relativize(file).toString();
      String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
      if (name.endsWith("package-info") || name.equals("module-info")) {
        continue;
      }
      Class<?> type = Class.forName(name, false, getClass().getClassLoader());
      if (exported.contains(type.getPackageName()) && isPublic(type)) {
        seen++;
        signatures(type)
            .flatMap(signature -> NAME.matcher(signature).results().map(MatchResult::group))
            .filter(used -> !isSeenByUsers(used, exported))
            .forEach(used -> foreign.add(type.getName() + ": " + used));
      }
    }
    assertTrue(seen > 50, () -> "too few public classes in " + files);
    assertEquals(Set.of(), foreign);
  }

  /** Of what is exported these are for generated code and for modules of ours. */
  @Test
  void releasesAreComparedInWhatUsersCall() throws IOException {
    Set<String> users = new TreeSet<>(exported(Path.of("target/classes")));
    for (String inside : List.of("generated", "onnx")) {
      assertTrue(users.remove(OURS + "runtime." + inside));
    }
    String pom = Files.readString(Path.of("pom.xml"));
    String compared = pom.substring(pom.indexOf("japicmp-maven-plugin"));
    Set<String> stated =
        Pattern.compile("<include>(" + OURS.replace(".", "\\.") + "runtime.*)</include>")
            .matcher(compared)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(users, stated);
  }

  private static boolean isSeenByUsers(String used, Set<String> exported) {
    if (!used.startsWith(OURS)) {
      return OTHERS.stream().anyMatch(used::startsWith);
    }
    Matcher home = PACKAGE.matcher(used);
    return home.lookingAt() && exported.contains(home.group());
  }

  private static Set<String> exported(Path classes) throws IOException {
    try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
      return ModuleDescriptor.read(in).exports().stream()
          .map(ModuleDescriptor.Exports::source)
          .collect(Collectors.toSet());
    }
  }

  private static boolean isPublic(Class<?> type) {
    return isSeen(type.getModifiers())
        && (type.getEnclosingClass() == null
            ? Modifier.isPublic(type.getModifiers())
            : isPublic(type.getEnclosingClass()));
  }

  private static boolean isSeen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** Of a type and its members, with type arguments, annotations and exceptions. */
  private static Stream<String> signatures(Class<?> type) {
    Stream<String> above =
        Stream.concat(Stream.of(type.getGenericInterfaces()), Stream.of(type.getAnnotations()))
            .map(Object::toString);
    Stream<String> fields =
        Stream.of(type.getDeclaredFields())
            .filter(field -> isSeen(field.getModifiers()))
            .map(Field::toGenericString);
    Stream<String> calls =
        Stream.<Executable>concat(
                Stream.of(type.getDeclaredConstructors()), Stream.of(type.getDeclaredMethods()))
            .filter(call -> isSeen(call.getModifiers()) && !call.isSynthetic())
            .map(Executable::toGenericString);
    return Stream.of(Stream.of(type.toGenericString()), superclass(type), above, fields, calls)
        .flatMap(all -> all);
  }

  private static Stream<String> superclass(Class<?> type) {
    return Stream.ofNullable(type.getGenericSuperclass()).map(Object::toString);
  }
}
