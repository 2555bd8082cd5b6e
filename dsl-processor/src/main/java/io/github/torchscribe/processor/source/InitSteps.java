package io.github.torchscribe.processor.source;

import io.github.torchscribe.dsl.Init;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.graph.Node;
import java.util.Locale;

/** Writes how one layer's parameters begin. */
record InitSteps(Node node, Init.Scheme scheme, Lines lines) implements InitCode {
  @Override
  public String parameter(String name) {
    return Fields.parameter(node, name);
  }

  @Override
  public boolean byScheme(String name) {
    String call =
        switch (scheme) {
          case DEFAULT -> null;
          case KAIMING_NORMAL -> "kaimingNormal(%s, generator)";
          case KAIMING_UNIFORM -> "kaimingUniform(%s, 0, generator)";
          case XAVIER_NORMAL -> "xavierNormal(%s, generator)";
          case XAVIER_UNIFORM -> "xavierUniform(%s, generator)";
        };
    if (call == null) {
      return false;
    }
    step(String.format(Locale.ROOT, call, parameter(name)));
    return true;
  }

  @Override
  public void step(String statement) {
    lines.add(statement);
  }
}
