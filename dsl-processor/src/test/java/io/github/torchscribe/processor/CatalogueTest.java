package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.nn.Layer;
import io.github.torchscribe.dsl.optim.Optimizer;
import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.processor.declaration.Vocabulary;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Target;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every annotation of dsl-api has its class and its row in the parity table, or its graph. */
@CompilesOnly
class CatalogueTest {
  private static final String PACKAGE = "io/github/torchscribe/dsl/";
  private static final Set<String> OWN = Set.of(Layer.class.getName(), Optimizer.class.getName());

  @Test
  void everyAnnotationHasAClass() throws Exception {
    Vocabulary known = new Catalogue().vocabulary();
    Set<String> knownInNn = new TreeSet<>(known.layers());
    knownInNn.addAll(known.losses());
    knownInNn.addAll(meetings(known));
    assertEquals(annotations("nn"), knownInNn);
    Set<String> knownInOptim = new TreeSet<>(known.optimizers());
    knownInOptim.addAll(known.schedules());
    assertEquals(annotations("optim"), knownInOptim);
  }

  @Test
  void everyLayerLossAndOptimizerIsCompared() {
    String all =
        ParityTable.rows().map(ParityTable.Row::annotations).collect(Collectors.joining(" "));
    Vocabulary known = new Catalogue().vocabulary();
    Set<String> compared = new TreeSet<>(known.layers());
    compared.addAll(known.optimizers());
    for (String annotation : compared) {
      if (!OWN.contains(annotation)) { // stands on the user's annotations
        assertIsIn(all, annotation, " has no row in " + ParityTable.FOLDER.resolve("table.txt"));
      }
    }
    String graphs = graphs();
    OWN.forEach(annotation -> assertIsIn(graphs, annotation, " has no graph"));
    for (String annotation : known.losses()) { // a row has none of several values
      assertIsIn(all + graphs, annotation, " has neither row nor graph");
    }
  }

  private static String graphs() {
    return ParityGraphs.all().map(ParityGraphs.Graph::source).collect(Collectors.joining());
  }

  private static void assertIsIn(String all, String annotation, String otherwise) {
    String name = annotation.substring(annotation.lastIndexOf('.') + 1);
    assertTrue(all.matches("(?s).*@" + name + "\\b.*"), "@" + name + otherwise);
  }

  @Test
  void everyMeetingHasAGraph() {
    String all = graphs();
    for (String annotation : meetings(new Catalogue().vocabulary())) {
      assertIsIn(all, annotation, " is in no file of " + ParityGraphs.FOLDER);
    }
  }

  /** Without the residual sum, which says more than how values meet. */
  static List<String> meetings(Vocabulary known) {
    return known.meetings().stream().toList();
  }

  /** Layers and losses also stand on methods. */
  @Test
  void everyAnnotationMayStandWhereItsKindDoesAndSeveralTimes() {
    Vocabulary known = new Catalogue().vocabulary();
    Set<ElementType> both = EnumSet.of(ElementType.TYPE, ElementType.METHOD);
    known.layers().forEach(name -> assertStandsOn(both, name));
    meetings(known).forEach(name -> assertStandsOn(both, name));
    Set<ElementType> type = EnumSet.of(ElementType.TYPE);
    known.losses().forEach(name -> assertStandsOn(both, name));
    known.optimizers().forEach(name -> assertStandsOn(type, name));
    known.schedules().forEach(name -> assertStandsOn(type, name));
  }

  private static void assertStandsOn(Set<ElementType> places, String name) {
    Class<?> annotation = named(name);
    Class<?> several = annotation.getAnnotation(Repeatable.class).value();
    for (Class<?> each : List.of(annotation, several)) {
      assertEquals(places, Set.of(each.getAnnotation(Target.class).value()), each::getName);
    }
  }

  /** The annotations of a package of dsl-api, from its jar or its classes. */
  private static Set<String> annotations(String name) throws IOException, URISyntaxException {
    Path home = Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(home)) {
      return annotations(home, name);
    }
    try (FileSystem jar = FileSystems.newFileSystem(home)) {
      return annotations(jar.getPath("/"), name);
    }
  }

  private static Set<String> annotations(Path root, String name) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(PACKAGE + name))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.matches("[A-Z]\\w*\\.class"))
          .map(file -> PACKAGE.replace('/', '.') + name + "." + file.replace(".class", ""))
          .filter(CatalogueTest::isAnnotation)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static boolean isAnnotation(String name) {
    return named(name).isAnnotation();
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
