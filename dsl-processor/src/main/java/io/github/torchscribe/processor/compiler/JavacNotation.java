package io.github.torchscribe.processor.compiler;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import java.util.Optional;

/** An annotation in javac's trees. */
record JavacNotation(AnnotationTree tree, CompilationUnitTree unit) implements Notation {
  @Override
  public Optional<String> name(String member) {
    return expression(member)
        .filter(MemberSelectTree.class::isInstance)
        .map(ExpressionTree::toString);
  }

  @Override
  public Tree tree(String member) {
    return expression(member).map(Tree.class::cast).orElse(tree);
  }

  @Override
  public Tree tree(String member, int index) {
    Tree value = tree(member);
    return value instanceof NewArrayTree array && index < array.getInitializers().size()
        ? array.getInitializers().get(index)
        : value;
  }

  private Optional<ExpressionTree> expression(String member) {
    for (ExpressionTree argument : tree.getArguments()) {
      if (!(argument instanceof AssignmentTree assignment)) {
        return member.equals("value") ? Optional.of(argument) : Optional.empty();
      }
      if (assignment.getVariable().toString().equals(member)) {
        return Optional.of(assignment.getExpression());
      }
    }
    return Optional.empty();
  }
}
