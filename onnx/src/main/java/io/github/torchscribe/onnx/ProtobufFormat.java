package io.github.torchscribe.onnx;

import io.github.torchscribe.onnx.proto.OnnxProto.GraphProto;
import io.github.torchscribe.onnx.proto.OnnxProto.ModelProto;
import io.github.torchscribe.onnx.proto.OnnxProto.NodeProto;
import io.github.torchscribe.onnx.proto.OnnxProto.OperatorSetIdProto;
import io.github.torchscribe.onnx.proto.OnnxProto.StringStringEntryProto;
import io.github.torchscribe.onnx.proto.OnnxProto.TensorProto;
import io.github.torchscribe.onnx.proto.OnnxProto.TensorShapeProto;
import io.github.torchscribe.onnx.proto.OnnxProto.TypeProto;
import io.github.torchscribe.onnx.proto.OnnxProto.ValueInfoProto;
import io.github.torchscribe.runtime.onnx.OnnxFormat;
import io.github.torchscribe.runtime.onnx.OnnxGraph;
import io.github.torchscribe.runtime.onnx.OnnxNode;
import io.github.torchscribe.runtime.onnx.OnnxPort;
import io.github.torchscribe.runtime.onnx.OnnxTensor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** The format of ONNX files, in Protobuf's messages. */
public final class ProtobufFormat implements OnnxFormat {
  /** The version of the format that came with the operators' ({@link OnnxGraph#OPSET}). */
  private static final int IR_VERSION = 8;

  private static final String BATCH = "N";

  /** Made as a service. */
  public ProtobufFormat() {}

  @Override
  public void write(OnnxGraph graph, Map<String, String> metadata, OutputStream out)
      throws IOException {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("torchscribe")
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("").setVersion(OnnxGraph.OPSET))
            .setGraph(graph(graph));
    String version = getClass().getPackage().getImplementationVersion();
    if (version != null) {
      model.setProducerVersion(version);
    }
    metadata.forEach((key, value) -> model.addMetadataProps(entry(key, value)));
    model.build().writeTo(out);
  }

  private static StringStringEntryProto.Builder entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value);
  }

  private static GraphProto graph(OnnxGraph graph) {
    GraphProto.Builder proto = GraphProto.newBuilder().setName(graph.name());
    graph.inputs().forEach(port -> proto.addInput(port(port)));
    graph.outputs().forEach(port -> proto.addOutput(port(port)));
    graph.nodes().forEach(node -> proto.addNode(node(node)));
    graph.tensors().forEach(tensor -> proto.addInitializer(tensor(tensor)));
    return proto.build();
  }

  private static ValueInfoProto port(OnnxPort port) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
    port.shape()
        .forEach(size -> shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
    TensorProto.DataType type =
        port.areIndices() ? TensorProto.DataType.INT64 : TensorProto.DataType.FLOAT;
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(port.name())
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static NodeProto node(OnnxNode node) {
    NodeProto.Builder proto =
        NodeProto.newBuilder()
            .setName(node.name())
            .setOpType(node.operator())
            .addAllInput(node.inputs())
            .addAllOutput(node.outputs());
    node.attributes().forEach((name, value) -> proto.addAttribute(Attributes.of(name, value)));
    return proto.build();
  }

  private static TensorProto tensor(OnnxTensor tensor) {
    TensorProto.Builder proto = TensorProto.newBuilder().setName(tensor.name());
    proto.setDataType(Numbers.type(tensor.values()).getNumber());
    for (long i = 0; i < tensor.values().dim(); i++) {
      proto.addDims(tensor.values().size(i));
    }
    if (tensor.beside().isPresent()) {
      OnnxTensor.Place place = tensor.beside().get();
      proto
          .setDataLocation(TensorProto.DataLocation.EXTERNAL)
          .addExternalData(entry("location", place.file()))
          .addExternalData(entry("offset", Long.toString(place.offset())))
          .addExternalData(entry("length", Long.toString(tensor.bytes())));
    } else {
      proto.setRawData(Numbers.bytes(tensor.values()));
    }
    return proto.build();
  }
}
