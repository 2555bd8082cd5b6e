package io.github.torchscribe.processor.compiler;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.github.torchscribe.processor.message.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/**
 * The source that is being compiled, beyond what the language model shows of it: by javac's trees,
 * with or without a build tool's wrappers around; by the tree of Eclipse's compiler; not at all
 * under others.
 */
public final class Source {
  private final Optional<Trees> trees;
  private final Set<String> compiled = new HashSet<>();

  private Source(Optional<Trees> trees) {
    this.trees = trees;
  }

  /**
   * The source that a processor is to look at.
   *
   * @param environment the compiler's, or a wrapper around it
   * @return whatever can be seen of it
   */
  public static Source of(ProcessingEnvironment environment) {
    return new Source(Unwrapping.trees(environment));
  }

  /**
   * Notes what is being compiled.
   *
   * @param round has begun
   */
  public void begins(RoundEnvironment round) {
    for (Element root : round.getRootElements()) {
      if (root instanceof TypeElement type) {
        compiled.add(type.getQualifiedName().toString());
      }
    }
  }

  /**
   * javac's trees.
   *
   * @return empty under another compiler
   */
  public Optional<Trees> trees() {
    return trees;
  }

  /**
   * The annotations as they are written, repeated ones each at its place.
   *
   * @param element a type, a method, or a parameter
   * @return in order; empty where nothing shows it: in class files, and under other compilers
   */
  public Optional<List<Mark>> annotations(Element element) {
    TreePath path = path(element);
    if (path != null) {
      return Optional.of(marks(path));
    }
    return EclipseNotation.has(element) ? EclipseNotation.on(element) : Optional.empty();
  }

  private List<Mark> marks(TreePath path) {
    List<Mark> result = new ArrayList<>();
    for (AnnotationTree tree : modifiers(path.getLeaf()).getAnnotations()) {
      Element type = trees.orElseThrow().getElement(new TreePath(path, tree.getAnnotationType()));
      if (type instanceof TypeElement annotation) {
        String name = annotation.getQualifiedName().toString();
        result.add(new Mark(name, new JavacNotation(tree, path.getCompilationUnit())));
      }
    }
    return result;
  }

  private static ModifiersTree modifiers(Tree declaration) {
    if (declaration instanceof MethodTree method) {
      return method.getModifiers();
    }
    return declaration instanceof VariableTree variable
        ? variable.getModifiers()
        : ((ClassTree) declaration).getModifiers();
  }

  /**
   * Whether a type is being compiled, not read from a class file.
   *
   * @param type any type
   * @return true where its source says how it is, whatever class files there are
   */
  public boolean isCompiled(TypeElement type) {
    if (trees.isPresent()) {
      return path(type) != null;
    }
    if (EclipseNotation.has(type)) {
      return EclipseNotation.isSource(type);
    }
    Element outermost = type;
    while (outermost.getEnclosingElement().getKind() != ElementKind.PACKAGE) {
      outermost = outermost.getEnclosingElement();
    }
    return compiled.contains(((TypeElement) outermost).getQualifiedName().toString());
  }

  /**
   * The place of a declaration; javac puts the caret under its name.
   *
   * @param element declared
   * @return for messages
   */
  public Position position(Element element) {
    TreePath path = path(element);
    return path == null
        ? new Position(element, null, null)
        : new Position(element, path.getLeaf(), path.getCompilationUnit());
  }

  /**
   * From the file down to a declaration, by what encloses it: javac's own search goes through the
   * whole file each time, which of many networks in one takes longer than all else.
   */
  private TreePath path(Element element) {
    if (trees.isEmpty()) {
      return null;
    }
    Element outside = element.getEnclosingElement();
    if (outside == null || outside.getKind() == ElementKind.PACKAGE) {
      return trees.get().getPath(element);
    }
    Tree declaration = trees.get().getTree(element);
    TreePath way = declaration == null ? null : path(outside);
    return way == null ? null : new TreePath(way, declaration);
  }
}
