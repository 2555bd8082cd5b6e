package io.github.torchscribe.runtime.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An operator while the network is described. */
final class OnnxStep {
  private final String operator;
  private final List<OnnxValue> inputs;
  private final List<OnnxValue> outputs = new ArrayList<>();
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private String name;

  OnnxStep(String operator, OnnxValue... inputs) {
    this.operator = operator;
    this.inputs = List.of(inputs);
  }

  String operator() {
    return operator;
  }

  void state(String attribute, Object value) {
    attributes.put(attribute, value);
  }

  void name(String given) {
    name = given;
  }

  OnnxValue output(int which) {
    while (outputs.size() <= which) {
      outputs.add(new OnnxValue(this));
    }
    return outputs.get(which);
  }

  /** As all know it; what has no name yet is called by the operator's. */
  OnnxNode node() {
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).isNameless()) {
        outputs.get(i).name(i == 0 ? name : name + "." + i);
      }
    }
    return new OnnxNode(
        name,
        operator,
        inputs.stream().map(OnnxValue::name).toList(),
        outputs.stream().map(OnnxValue::name).toList(),
        attributes);
  }
}
