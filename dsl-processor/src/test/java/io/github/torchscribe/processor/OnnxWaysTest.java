package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import io.github.torchscribe.onnx.proto.OnnxProto.ModelProto;
import io.github.torchscribe.onnx.proto.OnnxProto.TensorProto;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What no row of the parity table has: layers of which it depends on sizes which of ONNX' operators
 * they are, what a file says besides, and what goes wrong.
 */
class OnnxWaysTest {
  private static final String TIED =
      """
      @Network(input = 5)
      @Named("words") @Embedding({7, 4}) @Linear(value = {4, 7}, bias = false, tied = "words")
      public interface Net {}
      """;

  private static final String PLAIN =
      """
      @Network(input = 3)
      @Linear(4) @ReLU @Linear(2)
      public interface Net {}
      """;

  @TempDir private Path folder;

  /** A network without a loss. */
  private record Way(String input, String layers) {
    String declaration() {
      String sizes = input.replaceAll(" *<.*", "");
      return "@Network(input = {" + sizes + "}) " + layers + " public interface Net {}";
    }

    Tensors inputs(long n) {
      String[] sizes = input.replaceAll(" *<.*", "").split(", *");
      long[] shape = Shapes.batch(n, Arrays.stream(sizes).mapToLong(Long::parseLong).toArray());
      return Tensors.of(
          input.contains("<")
              ? torch.randint(
                  Long.parseLong(input.replaceAll(".*< *", "")),
                  shape,
                  new TensorOptions(torch.ScalarType.Long))
              : torch.randn(shape));
    }
  }

  static Stream<Way> ways() {
    return Stream.of(
        new Way("3, 6, 6", "@AdaptiveMaxPool2d({2, 3})"),
        new Way("3, 6, 6", "@AdaptiveMaxPool2d(1)"),
        new Way("3, 5, 7", "@AdaptiveAvgPool2d({5, 3})"),
        new Way("2, 4, 6, 8", "@AdaptiveAvgPool3d({2, 3, 4})"),
        new Way("3, 7", "@AvgPool1d(value = 3, stride = 3, padding = 1, ceilMode = true)"),
        new Way("2, 5, 6, 8", "@AvgPool3d(value = 3, stride = 2, padding = 1, ceilMode = true)"),
        new Way("3, 9", "@MaxPool1d(value = 3, stride = 4, dilation = 3, ceilMode = true)"),
        new Way("2, 5, 5, 5", "@MaxPool3d(value = 2, stride = 3, dilation = 3, ceilMode = true)"),
        new Way("3, 6", "@InstanceNorm1d(trackRunningStats = true)"),
        new Way("3, 6", "@InstanceNorm1d(affine = true)"),
        new Way("6", "@LayerNorm(elementwiseAffine = false)"),
        new Way("4, 6", "@LayerNorm(value = {4, 6}, bias = false)"),
        new Way("4, 6", "@RMSNorm(value = {4, 6}, elementwiseAffine = false)"),
        new Way("12", "@GroupNorm(value = 3, affine = false)"),
        new Way("6, 4", "@GroupNorm(2)"),
        new Way(
            "6 < 4", "@EmbeddingBag(value = {4, 3}, mode = EmbeddingBag.Mode.SUM, paddingIdx = 1)"),
        new Way("3 < 2", "@EmbeddingBag(value = {2, 3}, paddingIdx = 1)"),
        new Way("4, 3, 5", "@Normalize(dim = 1, p = 3)"),
        new Way("4, 3, 5", "@Select(dim = -2, index = -1)"),
        new Way("4, 3, 5", "@Narrow(dim = -1, start = -3, length = 2)"),
        new Way("4, 3, 5", "@Permute({-1, 1, -2})"),
        new Way("2, 3, 4", "@Upsample(scaleFactor = {1, 3})"),
        new Way("2, 3, 1", "@Upsample(scaleFactor = {3, 2}, mode = Upsample.Mode.BILINEAR)"),
        new Way("4, 3", "@GLU(dim = 1)"),
        new Way("4, 3", "@Softmax(dim = 1)"),
        new Way("4, 3", "@MaxOver(dim = 1, keepdim = true)"),
        new Way("4, 3, 2", "@LocalResponseNorm(value = 4, beta = 0.5)"),
        new Way("4", "@Dropout"),
        new Way("4", "@Flatten @ReLU @Dropout @Flatten"),
        new Way("4", "@Softplus(beta = 0.5, threshold = 40)"),
        new Way("5, 4", "@RNN(value = 3, bias = false, nonlinearity = RNN.Nonlinearity.RELU)"),
        new Way("5, 4", "@GRU(value = 3, numLayers = 2, output = Hidden.STATE)"));
  }

  @BeforeAll
  static void prepare() {
    Networks.prepare(Stream.concat(ways().map(Way::declaration), Stream.of(TIED, PLAIN)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void equalsOnnxRuntime(Way way) throws IOException, OrtException {
    torch.manual_seed(5);
    try (PointerScope scope = new PointerScope();
        Model model = Networks.model(way.declaration(), 5)) {
      Tensors some = way.inputs(4);
      scope.attach(some.only());
      for (Parameter parameter : model.parameters()) {
        parameter.value().uniform_(0.2, 1, null); // a scale is no longer 1, a shift no longer 0
      }
      try (Exported exported = new Exported(model)) {
        exported.requireSame(List.of(some, way.inputs(1)), 1e-5);
      }
    }
  }

  /** Whose gradients autograd gives, and what is trained in 16 bits, evaluates as all others. */
  @Test
  void howItIsTrainedDoesNotMatter() throws IOException, OrtException {
    for (String how :
        List.of(
            "@Network(input = 6, gradient = Network.Gradient.AUTOGRAD) @Linear(8) @GELU @Linear(3)",
            "@Network(input = 6) @Training(precision = Precision.BF16) @Linear(8) @GELU @Linear(3)"
                + " @CrossEntropyLoss @SGD(lr = 0.1)")) {
      try (PointerScope scope = new PointerScope();
          Model model = Networks.model(how + " public interface Net {}", 5)) {
        Tensor some = torch.randn(5, 6);
        scope.attach(some);
        try (Exported exported = new Exported(model)) {
          exported.requireSame(List.of(Tensors.of(some)), 1e-5);
        }
      }
    }
  }

  @Test
  void saysWhatItIs() throws IOException, OrtException {
    Path file = folder.resolve("plain.onnx");
    try (Model model = Networks.model(PLAIN, 5)) {
      model.exportOnnx(file, Map.of("names", "a,ä", "by", "us"));
    }
    ModelProto proto = ModelProto.parseFrom(Files.readAllBytes(file));
    assertEquals("torchscribe", proto.getProducerName());
    assertEquals("Net", proto.getGraph().getName());
    assertEquals(
        List.of("0/Gemm", "1/Relu", "2/Gemm"),
        proto.getGraph().getNodeList().stream().map(node -> node.getName()).toList());
    assertEquals(
        List.of("0.weight", "0.bias", "2.weight", "2.bias"),
        proto.getGraph().getInitializerList().stream().map(TensorProto::getName).toList());
    try (InOnnxRuntime runtime = new InOnnxRuntime(file)) {
      assertEquals(
          Map.of("names", "a,ä", "by", "us"), runtime.session().getMetadata().getCustomMetadata());
      NodeInfo input = runtime.session().getInputInfo().get("input");
      NodeInfo output = runtime.session().getOutputInfo().get("output");
      assertEquals("[-1, 3]", Arrays.toString(InOnnxRuntime.shape(input)));
      assertEquals("[-1, 2]", Arrays.toString(InOnnxRuntime.shape(output)));
    }
  }

  @Test
  void whatIsTiedIsThereOnce() throws IOException, OrtException {
    try (PointerScope scope = new PointerScope();
        Model model = Networks.model(TIED, 5);
        Exported exported = new Exported(model)) {
      assertEquals(
          List.of("words.weight"),
          exported.proto().getGraph().getInitializerList().stream()
              .map(TensorProto::getName)
              .toList());
      Tensor some = torch.randint(7, new long[] {3, 5}, new TensorOptions(torch.ScalarType.Long));
      scope.attach(some);
      exported.requireSame(List.of(Tensors.of(some)), 1e-5);
    }
  }

  @Test
  void aForwardOfOnesOwnCannotBeExported() {
    String stacks =
        """
        @Network(input = 3)
        public interface Net {
          @Linear({3, 2})
          Tensor head(Tensor x);

          default Tensor forward(Tensor x) { return head(x); }
        }
        """;
    try (Model model = Networks.model(stacks, 5)) {
      String message =
          assertThrows(
                  IllegalStateException.class,
                  () -> model.exportOnnx(folder.resolve("stacks.onnx")))
              .getMessage();
      assertTrue(
          message.startsWith("Net cannot be exported to ONNX: its forward is a method of yours"),
          message);
    }
    assertFalse(Files.exists(folder.resolve("stacks.onnx")));
  }

  @Test
  void saysWhereItCannotWriteAndLeavesWhatWasThere() throws IOException {
    Model model = Networks.model(PLAIN, 5);
    Path file = Files.writeString(folder.resolve("old.onnx"), "old");
    String message =
        assertThrows(UncheckedIOException.class, () -> model.exportOnnx(folder)).getMessage();
    assertEquals("cannot write " + folder + ": it is a folder; give the name of a file", message);
    Path nowhere = folder.resolve("no/net.onnx");
    message =
        assertThrows(UncheckedIOException.class, () -> model.exportOnnx(nowhere)).getMessage();
    assertEquals(
        "cannot write " + nowhere + ": there is no folder " + nowhere.getParent(), message);
    model.close();
    assertThrows(IllegalStateException.class, () -> model.exportOnnx(file));
    assertEquals("old", Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }
}
