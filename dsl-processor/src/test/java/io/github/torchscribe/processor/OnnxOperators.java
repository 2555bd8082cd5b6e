package io.github.torchscribe.processor;

import io.github.torchscribe.onnx.proto.OnnxProto.ModelProto;
import io.github.torchscribe.onnx.proto.OnnxProto.NodeProto;
import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.processor.declaration.Vocabulary;
import io.github.torchscribe.runtime.Model;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which operators each layer has in files that were written. */
final class OnnxOperators {
  private static final String NONE = "nothing: it changes nothing where the network evaluates";
  private static final String OWN = "none: Java alone can run its method";

  private final Map<String, Set<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  OnnxOperators() {
    Vocabulary known = new Catalogue().vocabulary();
    Stream.concat(known.layers().stream(), CatalogueTest.meetings(known).stream())
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .forEach(name -> all.put(name, new LinkedHashSet<>()));
  }

  /** Takes a file's operators, each of which is called by the path of its layer. */
  void add(Model model, ModelProto file) {
    Map<String, String> layers =
        model.summary().layers().stream()
            .collect(
                Collectors.toMap(layer -> layer.path(), layer -> kind(layer.text()), (a, b) -> a));
    for (NodeProto node : file.getGraph().getNodeList()) {
      String kind = layers.get(node.getName().substring(0, node.getName().lastIndexOf('/')));
      if (all.containsKey(kind)) { // what is known of padding has no line of its own
        all.get(kind).add(node.getOpType());
      }
    }
  }

  private static String kind(String text) {
    return text.replaceAll("(?s)^@(\\w+).*", "$1");
  }

  String page() {
    StringBuilder page = new StringBuilder();
    page.append("# What layers are in ONNX\n\n");
    page.append(
        "`model.exportOnnx(path)` writes [ONNX files](onnx.md). This is which operators each");
    page.append(" layer has there, in one or another\nrow of the [parity table]");
    page.append("(../dsl-processor/src/test/resources/parity/table.txt) or of the");
    page.append(" [graphs](../dsl-processor/src/test/resources/parity/graphs),\n");
    page.append("of which each was computed by ONNX Runtime, too. A test writes this page.\n\n");
    page.append("| layer | operators |\n|---|---|\n");
    all.forEach(
        (kind, operators) -> {
          String listed =
              operators.stream()
                  .sorted()
                  .map(one -> "`" + one + "`")
                  .collect(Collectors.joining(", "));
          String what = listed.isEmpty() ? kind.equals("Layer") ? OWN : NONE : listed;
          page.append("| `@").append(kind).append("` | ").append(what).append(" |\n");
        });
    return page.toString();
  }
}
