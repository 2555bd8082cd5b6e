package io.github.torchscribe.processor;

import static io.github.torchscribe.processor.KeptClassPath.leanJavac;

import com.google.testing.compile.Compilation;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.processor.compiler.Source;
import io.github.torchscribe.processor.declaration.Declaration;
import io.github.torchscribe.processor.declaration.DeclarationReader;
import io.github.torchscribe.processor.graph.Graph;
import io.github.torchscribe.processor.graph.GraphBuilder;
import io.github.torchscribe.processor.message.Report;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * What a room of the processor makes of a declaration. Nothing is generated.
 *
 * @param result what the room gave; empty where the declaration could not even be read
 * @param errors in the order reported
 * @param <T> what the room gives
 */
public record Declared<T>(Optional<T> result, List<String> errors) {
  /**
   * Takes a declaration into a room.
   *
   * @param declaration of the interface Net, and of those that it uses
   * @param room is entered while the compiler still runs
   * @param <T> what it gives
   * @return what it gave
   */
  public static <T> Declared<T> in(String declaration, BiFunction<Declaration, Report, T> room) {
    Entrance<T> entrance = new Entrance<>(room);
    Compilation compilation =
        leanJavac()
            .withProcessors(entrance)
            .withOptions("-proc:only")
            .compile(Networks.file(Networks.IMPORTS + declaration));
    return new Declared<>(
        Optional.ofNullable(entrance.result),
        compilation.errors().stream().map(error -> error.getMessage(Locale.ROOT)).toList());
  }

  /**
   * What is made of a network without errors.
   *
   * @param declaration of the interface Net, and of those that it uses
   * @param room is given its graph
   * @param <T> what it gives
   * @return what it gave
   */
  public static <T> T withGraph(String declaration, Function<Graph, T> room) {
    Declared<T> declared =
        in(
            declaration,
            (net, report) ->
                new GraphBuilder(new Catalogue(), report).build(net).map(room).orElse(null));
    return declared.result.orElseThrow(() -> new AssertionError(declared.errors.toString()));
  }

  private static final class Entrance<T> extends AbstractProcessor {
    private final BiFunction<Declaration, Report, T> room;
    private T result;

    Entrance(BiFunction<Declaration, Report, T> room) {
      this.room = room;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of(Network.class.getName());
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      Source source = Source.of(processingEnv);
      source.begins(round);
      DeclarationReader reader =
          new DeclarationReader(
              new Catalogue().vocabulary(),
              processingEnv.getElementUtils(),
              processingEnv.getTypeUtils(),
              source);
      for (Element element : round.getElementsAnnotatedWith(Network.class)) {
        if (element.getSimpleName().contentEquals("Net")) {
          Report report = new Report(processingEnv.getMessager(), source.trees(), new HashSet<>());
          result =
              reader
                  .read((TypeElement) element, report)
                  .map(net -> room.apply(net, report))
                  .orElse(null);
        }
      }
      return false;
    }
  }
}
