package io.github.torchscribe.processor;

import com.google.auto.service.AutoService;
import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.processor.compiler.Source;
import io.github.torchscribe.processor.declaration.Declaration;
import io.github.torchscribe.processor.declaration.DeclarationReader;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.graph.GraphBuilder;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.plan.Plan;
import io.github.torchscribe.processor.plan.Planner;
import io.github.torchscribe.processor.source.ModelWriter;
import io.github.torchscribe.processor.source.OrderWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.Generated;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Writes a model for each interface with {@code @Network}, and for each with {@code @Block}, and
 * each annotation that is a piece of the user's own, what its class file would lose.
 */
@AutoService(Processor.class)
@SupportedAnnotationTypes({
  "io.github.torchscribe.dsl.*",
  "io.github.torchscribe.dsl.nn.*",
  "io.github.torchscribe.dsl.optim.*",
  // What we write carries it; unclaimed, -Xlint:processing would warn of it in every user's build.
  "javax.annotation.processing.Generated"
})
public final class NetworkProcessor extends AbstractProcessor {
  private final Catalogue catalogue = new Catalogue();
  private final Set<Object> said = new HashSet<>();
  private Source source;

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    source = Source.of(environment);
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    source.begins(round);
    DeclarationReader reader =
        new DeclarationReader(
            catalogue.vocabulary(),
            processingEnv.getElementUtils(),
            processingEnv.getTypeUtils(),
            source);
    Set<Element> elements = new LinkedHashSet<>();
    for (TypeElement annotation : annotations) {
      if (annotation.getQualifiedName().contentEquals(Generated.class.getName())) {
        continue;
      }
      for (Element element : round.getElementsAnnotatedWith(annotation)) {
        if (element instanceof TypeElement || element instanceof ExecutableElement) {
          elements.add(element);
        }
      }
    }
    for (Element element : elements) {
      Report report = new Report(processingEnv.getMessager(), source.trees(), said);
      TypeElement type =
          (TypeElement) (element instanceof TypeElement ? element : element.getEnclosingElement());
      List<Written> pieces = reader.definitions(type);
      if (!pieces.isEmpty() && type.equals(element)) {
        define(type, pieces, reader, report);
      } else if (!DeclarationReader.isDeclared(type)) {
        reader.checkStray(element, report);
      } else if (type.equals(element)) {
        reader.read(type, report).ifPresent(declaration -> generate(declaration, report));
      }
    }
    return true;
  }

  private void generate(Declaration declaration, Report report) {
    if (!DeclarationReader.isBlock(declaration.type())) {
      new GraphBuilder(catalogue, report)
          .build(declaration)
          .map(Planner::plan)
          .ifPresent(plan -> writeModel(declaration.type(), plan, report));
    } else if (report.errors() == 0 && declaration.isLostInClassFiles()) {
      writeOrder(declaration, report);
    }
  }

  /** Looks at a piece of the user's own for itself, whether a network has it or not. */
  private void define(
      TypeElement annotation, List<Written> pieces, DeclarationReader reader, Report report) {
    reader.checkDefinition(annotation, pieces, report);
    Written piece = pieces.get(0);
    catalogue.define(piece, report);
    if (report.errors() == 0 && piece.own().isNamed()) {
      List<String> parameters = piece.own().parameters(piece.own().methods().get(0)).orElseThrow();
      write(
          annotation,
          OrderWriter.write(
              annotation,
              packageOf(annotation),
              DeclarationReader.generatedName(annotation),
              generator(annotation),
              OrderWriter.of(piece.own().method(), parameters)),
          report);
    }
  }

  /** Who is named as the generator, where the user's module sees the annotation for it. */
  private Optional<String> generator(TypeElement type) {
    Elements elements = processingEnv.getElementUtils();
    ModuleElement module = elements.getModuleOf(type);
    TypeElement annotation =
        module == null
            ? elements.getTypeElement(Generated.class.getName())
            : elements.getTypeElement(module, Generated.class.getName());
    return Optional.ofNullable(annotation).map(found -> NetworkProcessor.class.getName());
  }

  private void writeModel(TypeElement type, Plan plan, Report report) {
    String packageName = packageOf(type);
    String prefix = packageName.isEmpty() ? "" : packageName + ".";
    write(
        type,
        ModelWriter.write(
            plan,
            packageName,
            DeclarationReader.generatedName(type),
            generator(type),
            name -> processingEnv.getElementUtils().getTypeElement(prefix + name) != null),
        report);
  }

  private void writeOrder(Declaration block, Report report) {
    TypeElement type = block.type();
    String className = DeclarationReader.generatedName(type);
    write(
        type,
        OrderWriter.write(type, packageOf(type), className, generator(type), OrderWriter.of(block)),
        report);
  }

  private String packageOf(TypeElement type) {
    return processingEnv.getElementUtils().getPackageOf(type).getQualifiedName().toString();
  }

  private void write(TypeElement type, String source, Report report) {
    String className = DeclarationReader.generatedName(type);
    String packageName = packageOf(type);
    String qualified = packageName.isEmpty() ? className : packageName + "." + className;
    try (Writer file = processingEnv.getFiler().createSourceFile(qualified, type).openWriter()) {
      file.write(source);
    } catch (FilerException e) {
      report.say(
          Message.NAME_TAKEN, new Position(type, null, null), className, type.getSimpleName());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + className, e);
    }
  }
}
