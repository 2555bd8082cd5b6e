package io.github.torchscribe.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Warnings: where they come, and how they are silenced. */
@CompilesOnly
class LintsTest {
  private static final String RELU_LAST =
      """
      @Network(input = 4)
      @Linear(3)
      @ReLU
      @CrossEntropyLoss
      """;

  private static final String FOUR_SIGMOIDS =
      """
      @Network(input = 4)
      @Linear(3) @Sigmoid
      @Linear(3) @Tanh
      @Linear(3) @Sigmoid
      @Linear(3) @Sigmoid
      @Linear(3)
      """;

  @Test
  void anActivationBetweenTheLastLayerAndTheLoss() {
    Compilation compilation = compile(RELU_LAST + "interface Net {}");
    assertThat(compilation).succeeded();
    assertThat(compilation)
        .hadWarningContaining("TS101 @ReLU stands between the last layer and @CrossEntropyLoss")
        .inFile(Networks.file(Networks.IMPORTS + "interface Net {}"))
        .onLine(9)
        .atColumn(1);
  }

  @Test
  void anActivationBeforeAView() {
    assertEquals(
        1,
        compile(
                "@Network(input = {2, 2}) @Linear(3) @Tanh @Flatten @CrossEntropyLoss"
                    + " interface Net {}")
            .warnings()
            .size());
  }

  /** A gradient comes past gates, and past the layers of a residual network. */
  @Test
  void saturatingActivationsSideBySideAreNoStack() {
    String gates =
        """
        @Network @MSELoss @SGD
        interface Net {
          @Linear(4) @Sigmoid Tensor a(@Input(4) Tensor x);
          @Linear(4) @Sigmoid Tensor b(Tensor x);
          @Linear(4) @Tanh Tensor c(Tensor x);
          @Linear(4) @Sigmoid Tensor d(Tensor x);
          @Multiply @Linear(2) Tensor y(Tensor a, Tensor b, Tensor c, Tensor d);
        }
        """;
    assertEquals(List.of(), compile(gates).warnings());
    String residual =
        "@Network(input = 4) @Use(value = Step.class, times = 4) @Linear(2) @MSELoss @SGD"
            + " interface Net {} @Block @Linear(4) @Tanh @Residual interface Step {}";
    assertEquals(List.of(), compile(residual).warnings());
  }

  @Test
  void manySaturatingActivations() {
    Compilation compilation = compile(FOUR_SIGMOIDS + "interface Net {}");
    assertThat(compilation)
        .hadWarningContaining("TS102 4 saturating activations in one network (@Sigmoid, @Tanh)")
        .inFile(Networks.file(Networks.IMPORTS + "interface Net {}"))
        .onLine(11)
        .atColumn(12);
  }

  @Test
  void batchesOfOneExample() {
    String network =
        "@Network(input = {1, 8, 8}) @Conv2d(value = 2, kernelSize = 3) @BatchNorm2d @ReLU @Flatten"
            + " @Linear(3) @CrossEntropyLoss @SGD ";
    assertThat(compile(network + "@Training(epochs = 3) interface Net {}"))
        .hadWarningContaining(
            "TS103 @BatchNorm2d normalises over a batch, but the batches of @Training have one"
                + " example");
    assertThat(compile(network + "@Training(batchSize = 2) interface Net {}"))
        .succeededWithoutWarnings();
    String synced = network.replace("@BatchNorm2d", "@BatchNorm2d(sync = true)");
    assertThat(compile(synced + "@Training(epochs = 3) interface Net {}"))
        .succeededWithoutWarnings();
  }

  @Test
  void layersThatNoLossComesAfter() {
    String network =
        "@Network(input = 4) @SGD interface Net {\n"
            + "@Linear(5) Tensor body(Tensor input);\n"
            + "@ReLU @Linear(3) @Output Tensor side(Tensor body);\n"
            + "@Linear(2) @MSELoss Tensor head(Tensor body); }";
    assertThat(compile(network))
        .hadWarningContaining(
            "TS107 @Linear has parameters, but no loss comes after it: they stay as they begin")
        .inFile(Networks.file(Networks.IMPORTS + network))
        .onLine(9)
        .atColumn(7);
    assertThat(compile(network.replace("@Linear(3) @Output", "@Output")))
        .succeededWithoutWarnings();
    assertThat(compile(network.replace("@MSELoss", "@Output").replace("@SGD", "")))
        .succeededWithoutWarnings();
    assertEquals(List.of(), compile(network.replace("@Linear(2)", "@Linear({9, 2})")).warnings());
  }

  @Test
  void droppingScores() {
    assertThat(
            compile(
                "@Network(input = 4) @Linear(3) @Dropout(0.1) @CrossEntropyLoss interface Net {}"))
        .hadWarningContaining(
            "TS104 @Dropout stands between the last layer and @CrossEntropyLoss: it sets scores"
                + " themselves to zero");
  }

  @Test
  void aLossOfOtherNumbersThanArrive() {
    String logarithms = " reads logarithms of probabilities, but ";
    String any =
        " gives numbers of any size, below 0, too; let @LogSoftmax come last before the loss";
    assertThat(compile("@Network(input = 4) @Linear(3) @NLLLoss interface Net {}"))
        .hadWarningContaining("TS109 @NLLLoss" + logarithms + "@Linear" + any);
    assertThat(compile("@Network(input = 4) @Linear(3) @Softmax @KLDivLoss interface Net {}"))
        .hadWarningContaining(
            "TS109 @KLDivLoss" + logarithms + "@Softmax gives probabilities; let");
    assertThat(
            compile(
                "@Network(input = {3, 8}) @Conv1d(value = 8, kernelSize = 3)"
                    + " @Flatten @Unflatten({6, 8}) @CTCLoss interface Net {}"))
        .hadWarningContaining("TS109 @CTCLoss" + logarithms + "@Conv1d" + any);
    String sure =
        "@Network interface Net { @Linear(1) Tensor mean(@Input(4) Tensor x);\n"
            + "@Linear(1) Tensor variance(Tensor x);\n"
            + "@GaussianNLLLoss Tensor price(Tensor mean, Tensor variance); }";
    assertThat(compile(sure))
        .hadWarningContaining(
            "TS109 @GaussianNLLLoss reads variances, of which none is below 0, but @Linear gives"
                + " numbers of any size, below 0, too; let @Softplus come last before the loss");
    for (String good :
        List.of(
            sure.replace("@Linear(1) Tensor v", "@Linear(1) @Softplus Tensor v"),
            "@Network(input = 4) @Linear(3) @LogSoftmax @NLLLoss interface Net {}",
            "@Network(input = 4) @Linear(3) @LogSoftmax @Linear(3) @LogSigmoid @Unflatten({3, 1})"
                + " @Flatten @KLDivLoss interface Net {}")) {
      assertThat(compile(good)).succeededWithoutWarnings();
    }
  }

  /** Between layers, before the first, after the last, on a method; or called like one of ours. */
  @Test
  void annotationsThatLookLikeLayers() {
    String foreign = "TS105 @Mine looks like a part of Net but is none that this processor knows";
    for (String network :
        List.of(
            "@Network(input = 4) @Linear(3) @Mine @Linear(3) interface Net {}",
            "@Network(input = 4) @Mine @Linear(3) interface Net {}",
            "@Network(input = 4) @Linear(3) @Mine @CrossEntropyLoss interface Net {}")) {
      Compilation compilation = withMine(network);
      assertThat(compilation).succeeded();
      assertThat(compilation).hadWarningContaining(foreign + " (test.Mine), and computes nothing");
      assertEquals(1, compilation.warnings().size());
    }
    String stack =
        "@Network(input = 4) interface Net { @Linear(3) @Mine @Linear(3) Tensor stack(Tensor x);"
            + " default Tensor forward(Tensor x) { return stack(x); } }";
    assertThat(withMine(stack)).hadWarningContaining(foreign.replace("Net", "stack"));
    assertThat(withMine("@Network(input = 4) @Linear(3) @RELU interface Net {}"))
        .hadWarningContaining("TS105 @RELU looks like a part of Net");
  }

  @Test
  void annotationsThatAreNobodysBusiness() {
    for (String network :
        List.of(
            "@Mine @Network(input = 4) @Linear(3) interface Net {}",
            "@Network(input = 4) @Linear(3) @Mine interface Net {}",
            "@Network(input = 4) @Linear(3) @Deprecated @SuppressWarnings(\"x\") @Linear(3)"
                + " @FunctionalInterface interface Net { void any(); }",
            "@Network(input = 4) @SuppressWarnings(\"torchscribe:TS105\") @Linear(3) @Mine"
                + " @Linear(3) interface Net {}",
            "@Network(input = 4) interface Net { @Mine @Linear(3) Tensor stack(@Mine Tensor x);"
                + " @Mine default Tensor forward(Tensor x) { return stack(x); } }")) {
      assertThat(withMine(network)).succeededWithoutWarnings();
    }
  }

  private static Compilation withMine(String network) {
    return Networks.compile(
        List.of(),
        Networks.IMPORTS + network,
        "package test; @interface Mine {}",
        "package test; @interface RELU {}");
  }

  @Test
  void paddingThatSomebodyWouldHaveLeftOutIsLost() {
    String words = "@Network(input = 5) @Embedding(value = {7, 4}, paddingIdx = 0, mask = true)\n";
    String mixes = "@Unflatten(value = {5, 1}) @Flatten(startDim = 1, endDim = 2)\n";
    Compilation lost = compile(words + mixes + "@LSTM(3) interface Net {}");
    assertThat(lost)
        .hadWarningContaining(
            "TS106 behind @Unflatten nobody knows any more which places are padding, as it mixes or"
                + " moves them, and @LSTM would have left padding out; let @Unflatten stand elsewhere,"
                + " say it again behind it by @Masked, or write mask = false on @LSTM");
    String spoken = "@LSTM(value = 3, output = Hidden.SEQUENCE) @LogSoftmax @SGD(lr = 0.1)";
    assertThat(compile(words + spoken + mixes + "@CTCLoss interface Net {}"))
        .hadWarningContaining("write mask = false on @CTCLoss if all places are meant");
    assertThat(
            compile(
                words + spoken.replace("@LogSoftmax", "@Linear(3)") + "@CTCLoss interface Net {}"))
        .hadWarningContaining("@CTCLoss reads");
    String again = "@Embedding(value = {7, 4}, paddingIdx = 0, mask = true) Tensor ";
    String twice = again + "a(@Input(5) Tensor ids);\n" + again + "b(Tensor ids);\n";
    String meet = "@Add @LSTM(3) Tensor c(Tensor a, Tensor b); }";
    assertThat(compile("@Network interface Net { " + twice + meet)).succeededWithoutWarnings();
    for (String behind :
        List.of(
            spoken + "@CTCLoss",
            spoken + mixes + "@CTCLoss(mask = false)",
            "@LayerNorm @Linear(6) @ReLU @Dropout(0.1) @PositionalEmbedding @SelfAttention(heads = 2)"
                + " @LSTM(value = 3, output = Hidden.SEQUENCE) @Softmax @GRU(3)",
            "@SelfAttention(heads = 2)" + mixes + "@LSTM(value = 3, mask = false)",
            "@ClassToken @SelfAttention(heads = 2) @LSTM(3)",
            "@LSTM(3) @Unflatten({1, 3}) @GRU(2)")) {
      assertThat(compile(words + behind + " interface Net {}")).succeededWithoutWarnings();
    }
  }

  @Test
  void paddingOfWhichNobodyWantsToKnow() {
    String unread =
        "@Network interface Net { @Masked @Flatten @Linear(3)\n"
            + "Tensor kind(@Input({5, 2}) Tensor steps, @Input(5) Tensor mask); }";
    for (String network :
        List.of(
            unread,
            "@Network(input = 5) @Embedding(value = {7, 4}, paddingIdx = 0, mask = true)\n"
                + "@SelfAttention(heads = 2, mask = false) @Flatten @Linear(3) interface Net {}")) {
      Compilation compilation = compile(network);
      assertThat(compilation).hadWarningCount(1);
      assertThat(compilation).hadWarningContaining("but nobody behind it leaves them out");
    }
  }

  @Test
  void areSilencedByTheirId() {
    assertThat(compile(RELU_LAST + "@SuppressWarnings(\"torchscribe:TS101\") interface Net {}"))
        .succeededWithoutWarnings();
    assertThat(
            compile(
                "@SuppressWarnings({\"unused\", \"torchscribe:TS102\"}) class Outer {"
                    + FOUR_SIGMOIDS
                    + "interface Net {} }"))
        .succeededWithoutWarnings();
    assertEquals(
        1,
        compile(RELU_LAST + "@SuppressWarnings(\"torchscribe:TS102\") interface Net {}")
            .warnings()
            .size());
  }

  @Test
  void aGoodNetworkHasNone() {
    assertThat(
            compile(
                "@Network(input = 4) @Linear(3) @ReLU @Linear(3) @CrossEntropyLoss @SGD"
                    + " interface Net {}"))
        .succeededWithoutWarnings();
  }

  private static Compilation compile(String declaration) {
    return Networks.compile(List.of(), Networks.IMPORTS + declaration);
  }
}
