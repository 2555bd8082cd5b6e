package io.github.torchscribe.benchmarks;

import io.github.torchscribe.benchmarks.common.Block;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Tensors;
import io.github.torchscribe.samples.sentences.Desks;
import io.github.torchscribe.samples.sentences.DesksModel;
import io.github.torchscribe.samples.sentences.MiniLm;
import io.github.torchscribe.samples.sentences.MiniLmModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRef;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** What is measured: a network and the batches it learns from, in memory before the clock runs. */
enum Workload {
  MLP(MlpModel::create, MlpAutogradModel::create, MlpBf16Model::create, Workload::digits),
  MLP_1(MlpModel::create, MlpAutogradModel::create, null, Workload::digits),
  MLP_32(MlpModel::create, MlpAutogradModel::create, null, Workload::digits),
  MLP_1000(MlpModel::create, MlpAutogradModel::create, null, Workload::digits),
  WIDE(WideModel::create, WideAutogradModel::create, WideBf16Model::create, Workload::digits),
  WIDE_ADAMW(WideAdamwModel::create, null, null, Workload::digits),
  WIDTH_1000(Width1000Model::create, null, null, Workload::digits),
  WIDTH_1900(Width1900Model::create, null, null, Workload::digits),
  DEEP_8(Deep8Model::create, null, null, Workload::digits),
  DEEP_32(Deep32Model::create, null, null, Workload::digits),
  CNN(CnnModel::create, CnnAutogradModel::create, CnnBf16Model::create, Workload::digits),
  RESNET(ResnetModel::create, ResnetAutogradModel::create, null, Workload::digits),
  TRANSFORMER(
      TransformerModel::create,
      TransformerAutogradModel::create,
      TransformerBf16Model::create,
      Workload::tokens),
  MINILM(() -> MiniLmModel.create(1), null, null, Workload::sentences),
  MINILM_32(() -> MiniLmModel.create(1), null, null, Workload::sentences),
  FINETUNE(() -> DesksModel.create(1), null, null, Workload::sentences);

  private interface Data {
    List<Batch> batches(int size);
  }

  private static final int TEXTS = 2048;
  private static final int SENTENCES = 128;

  private final Supplier<Model> generated;
  private final Supplier<Model> autograd;
  private final Supplier<Model> mixed;
  private final Data data;

  Workload(Supplier<Model> generated, Supplier<Model> autograd, Supplier<Model> mixed, Data data) {
    this.generated = generated;
    this.autograd = autograd;
    this.mixed = mixed;
    this.data = data;
  }

  /** The workload of a name such as {@code mlp-32}. */
  static Workload of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private String nameOf() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether whole batches are asked, by tensors, and not single examples by arrays. */
  boolean asksBatches() {
    return this == MINILM_32;
  }

  /** Whether it has several inputs. */
  boolean namesInputs() {
    return this == MINILM || this == MINILM_32;
  }

  /**
   * A new model.
   *
   * @param mode {@code generated}, {@code autograd} or {@code bf16}
   */
  Model create(String mode) {
    return switch (mode) {
      case "generated" -> generated.get();
      case "autograd" -> autograd.get();
      case "bf16" -> mixed.get();
      case "tf32" -> WideTf32Model.create(); // of the wide one alone
      default -> throw new IllegalArgumentException(mode);
    };
  }

  List<Batch> batches() {
    return data.batches(Block.batch(nameOf()));
  }

  /** One behind the other. */
  static Tensor joined(Tensor... parts) {
    return torch.cat(new TensorArrayRef(new TensorVector(parts)));
  }

  private static List<Batch> digits(int size) {
    List<Batch> batches = new ArrayList<>();
    try (Mnist data = Mnist.train();
        DataLoader loader = DataLoader.sequential(data, size, null, Device.cpu())) {
      for (Batch batch : loader) {
        if (batch.size() == size) {
          batches.add(new Batch(batch.inputs().clone(), batch.targets().clone(), size));
        }
      }
    }
    return batches;
  }

  /** Random texts, those of the Python program, and what comes next in them. */
  private static List<Batch> tokens(int size) {
    torch.manual_seed(2);
    Tensor texts =
        torch.randint(
            96, new long[] {TEXTS, Transformer.LENGTH + 1}, torch.dtype(torch.ScalarType.Long));
    Tensor inputs = texts.narrow(1, 0, Transformer.LENGTH).contiguous();
    Tensor targets = texts.narrow(1, 1, Transformer.LENGTH).contiguous();
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < TEXTS; from += size) {
      batches.add(new Batch(inputs.narrow(0, from, size), targets.narrow(0, from, size), size));
    }
    return batches;
  }

  /** Random sentences, those of the Python program, and what kind each is of. */
  private static List<Batch> sentences(int size) {
    torch.manual_seed(2);
    TensorOptions whole = torch.dtype(torch.ScalarType.Long);
    Tensor ids = torch.randint(30_522, new long[] {SENTENCES, MiniLm.LENGTH}, whole);
    Tensor lengths = torch.randint(8, MiniLm.LENGTH + 1, new long[] {SENTENCES, 1}, whole);
    Tensor mask = torch.arange(new Scalar(MiniLm.LENGTH)).lt(lengths).to(torch.ScalarType.Float);
    Tensor types = torch.zeros_like(ids);
    Tensor kinds = torch.randint(Desks.COUNT, new long[] {SENTENCES}, whole);
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < SENTENCES; from += size) {
      Tensors inputs =
          Tensors.of("ids", ids.narrow(0, from, size))
              .and("types", types.narrow(0, from, size))
              .and("mask", mask.narrow(0, from, size));
      batches.add(new Batch(inputs, Tensors.of(kinds.narrow(0, from, size)), size));
    }
    return batches;
  }
}
