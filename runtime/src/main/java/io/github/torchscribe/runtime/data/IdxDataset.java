package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Grey images of ten classes in two idx files, as MNIST has them. */
abstract class IdxDataset implements Dataset {
  private static final int CLASSES = 10;

  private final String name;
  private final IdxFile images;
  private final IdxFile labels;
  private final Arena arena;
  private Tensor classes;
  private Scalar most;
  private Scalar mean;
  private Scalar std;

  /**
   * Takes two files.
   *
   * @param name for messages
   * @param mean of all pixels from 0 to 1, which is subtracted
   * @param std of all pixels, by which is divided
   */
  IdxDataset(String name, Pair files, double mean, double std) {
    this.name = name;
    this.images = files.images();
    this.labels = files.labels();
    arena =
        Arena.filledBy(
            () -> {
              classes = labels.bytes().to(torch.ScalarType.Long);
              most = new Scalar(255.0);
              this.mean = new Scalar(mean);
              this.std = new Scalar(std);
            });
  }

  /** Two files that belong together. */
  record Pair(IdxFile images, IdxFile labels) {}

  /**
   * Reads the files of a set.
   *
   * @param name for messages
   * @param which {@code train} or {@code t10k}
   * @throws UncheckedIOException when they cannot be had or do not fit each other
   */
  static Pair read(String name, String which, IdxFiles.Opener opener) {
    String imageFile = which + "-images-idx3-ubyte.gz";
    String labelFile = which + "-labels-idx1-ubyte.gz";
    Device.loadAhead(); // while files are read
    try {
      IdxFile images = IdxFile.read(imageFile, opener.open(imageFile), 3);
      try {
        IdxFile labels = IdxFile.read(labelFile, opener.open(labelFile), 1);
        check(name + "'s " + which, images, labels);
        return new Pair(images, labels);
      } catch (IOException | RuntimeException e) {
        images.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static void check(String files, IdxFile images, IdxFile labels) throws IOException {
    if (images.shape()[0] != labels.shape()[0]) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s files do not belong together: %d images, %d labels",
              files,
              images.shape()[0],
              labels.shape()[0]));
    }
    long largest = largest(labels.bytes());
    if (largest >= CLASSES) {
      throw new IOException(files + " labels are classes from 0 to 9, but one is " + largest);
    }
  }

  private static long largest(Tensor labels) {
    PointerScope scope = new PointerScope();
    try {
      return labels.max().item_int() & 0xff;
    } finally {
      scope.close();
    }
  }

  /** The class of each image. */
  final long[] classes() {
    long[] result = new long[(int) size()];
    arena.use("this " + name + " dataset", () -> classes.data_ptr_long().get(result));
    return result;
  }

  @Override
  public final long size() {
    return images.shape()[0];
  }

  @Override
  public final TensorSpec inputs() {
    return TensorSpec.numbers(1, images.shape()[1], images.shape()[2]);
  }

  @Override
  public final TensorSpec targets() {
    return TensorSpec.indices(CLASSES);
  }

  @Override
  public final boolean isFixed() {
    return true;
  }

  @Override
  public final boolean gathersParts() {
    return true;
  }

  @Override
  public final void gather(Tensor indices, Tensor inputs, Tensor targets) {
    arena.use("this " + name + " dataset", () -> copy(indices, inputs, targets));
  }

  private void copy(Tensor indices, Tensor inputs, Tensor targets) {
    PointerScope scope = new PointerScope();
    try {
      Tensor grey = torch.index_select(images.bytes(), 0, indices).unsqueeze(1);
      inputs.copy_(grey);
      inputs.div_(most);
      inputs.sub_(mean);
      inputs.div_(std);
      torch.index_select_out(targets, classes, 0, indices);
    } finally {
      scope.close();
    }
  }

  /** Bytes take a quarter of the way that numbers would; what is made of them there is the same. */
  final OnDevice on(Device device, Tensor chosen) {
    AtomicReference<OnDevice> there = new AtomicReference<>();
    arena.use("this " + name + " dataset", () -> there.set(moved(device, chosen)));
    return there.get();
  }

  private OnDevice moved(Device device, Tensor chosen) {
    Tensor inputs = inputs().empty(chosen == null ? size() : chosen.size(0), device);
    PointerScope scope = new PointerScope();
    try {
      inputs.copy_(OnDevice.copy(images.bytes(), chosen, device).unsqueeze(1));
      // A GPU would multiply by a number's inverse, but divides by a tensor.
      inputs.div_(number(most, inputs)).sub_(number(mean, inputs)).div_(number(std, inputs));
    } finally {
      scope.close();
    }
    return new OnDevice(Tensors.of(inputs), Tensors.of(OnDevice.copy(classes, chosen, device)));
  }

  private static Tensor number(Scalar number, Tensor beside) {
    return torch.full(new long[0], number, beside.options());
  }

  @Override
  public final void close() {
    arena.close();
    images.close();
    labels.close();
  }
}
