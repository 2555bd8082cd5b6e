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
  private final double mean;
  private final double std;
  private volatile Made made;

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
    this.mean = mean;
    this.std = std;
  }

  /** What batches are made of; libtorch is needed from here on. */
  private record Made(
      Arena owner, Tensor images, Tensor classes, Scalar most, Scalar mean, Scalar std) {}

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
        return new Pair(images, labels(name + "'s " + which, images, labelFile, opener));
      } catch (IOException | RuntimeException e) {
        images.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static IdxFile labels(
      String files, IdxFile images, String labelFile, IdxFiles.Opener opener) throws IOException {
    IdxFile labels = IdxFile.read(labelFile, opener.open(labelFile), 1);
    try {
      check(files, images, labels);
      return labels;
    } catch (IOException | RuntimeException e) {
      labels.close();
      throw e;
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
    int largest = 0;
    for (byte label : labels.bytes()) {
      largest = Math.max(largest, label & 0xff);
    }
    if (largest >= CLASSES) {
      throw new IOException(files + " labels are classes from 0 to 9, but one is " + largest);
    }
  }

  /** The class of each image. */
  final long[] classes() {
    long[] result = new long[(int) size()];
    use(
        () -> {
          byte[] bytes = labels.bytes();
          for (int i = 0; i < result.length; i++) {
            result[i] = bytes[i];
          }
        });
    return result;
  }

  private void use(Runnable work) {
    images.use("this " + name + " dataset", work);
  }

  /** Not before somebody asks for examples: files are read while libtorch is loaded. */
  private Made made() {
    Made known = made;
    return known != null ? known : make();
  }

  private synchronized Made make() {
    if (made == null) {
      Tensor[] views = new Tensor[2];
      Scalar[] numbers = new Scalar[3];
      Arena owner =
          Arena.filledBy(
              () -> {
                views[0] = images.tensor();
                views[1] = torch.tensor(classes());
                numbers[0] = new Scalar(255.0);
                numbers[1] = new Scalar(mean);
                numbers[2] = new Scalar(std);
              });
      made = new Made(owner, views[0], views[1], numbers[0], numbers[1], numbers[2]);
    }
    return made;
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
    use(() -> copy(made(), indices, inputs, targets));
  }

  private static void copy(Made from, Tensor indices, Tensor inputs, Tensor targets) {
    PointerScope scope = new PointerScope();
    try {
      Tensor grey = torch.index_select(from.images, 0, indices).unsqueeze(1);
      inputs.copy_(grey);
      inputs.div_(from.most);
      inputs.sub_(from.mean);
      inputs.div_(from.std);
      torch.index_select_out(targets, from.classes, 0, indices);
    } finally {
      scope.close();
    }
  }

  /** Bytes take a quarter of the way that numbers would; what is made of them there is the same. */
  final OnDevice on(Device device, Tensor chosen) {
    AtomicReference<OnDevice> there = new AtomicReference<>();
    use(() -> there.set(moved(made(), device, chosen)));
    return there.get();
  }

  private OnDevice moved(Made from, Device device, Tensor chosen) {
    Tensor inputs = inputs().empty(chosen == null ? size() : chosen.size(0), device);
    PointerScope scope = new PointerScope();
    try {
      inputs.copy_(OnDevice.copy(from.images, chosen, device).unsqueeze(1));
      // A GPU would multiply by a number's inverse, but divides by a tensor.
      inputs.div_(number(from.most, inputs));
      inputs.sub_(number(from.mean, inputs)).div_(number(from.std, inputs));
    } finally {
      scope.close();
    }
    return new OnDevice(
        Tensors.of(inputs), Tensors.of(OnDevice.copy(from.classes, chosen, device)));
  }

  private static Tensor number(Scalar number, Tensor beside) {
    return torch.full(new long[0], number, beside.options());
  }

  @Override
  public final void close() {
    images.close(); // waits for who uses it
    labels.close();
    synchronized (this) {
      if (made != null) {
        made.owner.close();
      }
    }
  }
}
