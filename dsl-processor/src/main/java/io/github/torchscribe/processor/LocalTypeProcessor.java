package io.github.torchscribe.processor;

import com.google.auto.service.AutoService;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.github.torchscribe.dsl.Block;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.processor.compiler.Source;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Finds {@code @Network} and {@code @Block} on interfaces inside methods. The compiler shows no
 * processor what is declared there, so without this such a network would be ignored in silence.
 *
 * <p>It claims no annotation, and looks into no file that does not import one of ours.
 */
@AutoService(Processor.class)
@SupportedAnnotationTypes("*")
public final class LocalTypeProcessor extends AbstractProcessor {
  private static final String PACKAGE = "io.github.torchscribe.dsl.";

  private Optional<Trees> trees = Optional.empty();

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    trees = Source.of(environment).trees();
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    trees.ifPresent(all -> round.getRootElements().forEach(root -> look(root, all)));
    return false;
  }

  private void look(Element root, Trees all) {
    TreePath path = all.getPath(root);
    if (path != null && importsOurs(path.getCompilationUnit())) {
      new LocalTypes(root, new Report(processingEnv.getMessager(), trees, new HashSet<>()))
          .scan(path, null);
    }
  }

  private static boolean importsOurs(CompilationUnitTree unit) {
    for (ImportTree imported : unit.getImports()) {
      if (imported.getQualifiedIdentifier().toString().startsWith(PACKAGE)) {
        return true;
      }
    }
    return false;
  }

  /** Reports annotated types inside blocks. */
  private static final class LocalTypes extends TreePathScanner<Void, Void> {
    private final Element root;
    private final Report report;
    private int blocks;

    LocalTypes(Element root, Report report) {
      this.root = root;
      this.report = report;
    }

    @Override
    public Void visitBlock(BlockTree block, Void nothing) {
      blocks++;
      super.visitBlock(block, nothing);
      blocks--;
      return null;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (blocks > 0
          && type.getModifiers().getAnnotations().stream().anyMatch(LocalTypes::isOurs)) {
        CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
        Position position = new Position(root, type, unit);
        report.say(Message.LOCAL_TYPE, position, type.getSimpleName());
      }
      return super.visitClass(type, nothing);
    }

    private static boolean isOurs(AnnotationTree annotation) {
      String written = annotation.getAnnotationType().toString();
      return Stream.of(Network.class, Block.class)
          .anyMatch(ours -> written.equals(ours.getSimpleName()) || written.equals(ours.getName()));
    }
  }
}
