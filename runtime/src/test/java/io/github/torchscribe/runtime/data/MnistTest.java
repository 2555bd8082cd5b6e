package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.torchscribe.runtime.torch.Shapes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;

  @TempDir private Path folder;

  @Test
  void readsGzippedFilesAndNormalises() throws IOException {
    gzipped(
        "train-images-idx3-ubyte.gz", idx(IMAGES, new byte[] {0, (byte) 255, 51, 102}, 2, 1, 2));
    gzipped("train-labels-idx1-ubyte.gz", idx(LABELS, new byte[] {7, 3}, 2));
    try (Mnist data = Mnist.train(folder)) {
      assertEquals(2, data.size());
      assertEquals("(N, 1, 1, 2)", Shapes.batchOf(data.inputs().shape()));
      Tensor inputs = torch.empty(2, 1, 1, 2);
      Tensor targets = torch.empty(new long[] {2}, new TensorOptions(torch.ScalarType.Long), null);
      data.gather(torch.tensor(1L, 0L), inputs, targets);
      float[] values = new float[4];
      inputs.data_ptr_float().get(values);
      float[] expected = {normalised(51), normalised(102), normalised(0), normalised(255)};
      assertEquals(Arrays.toString(expected), Arrays.toString(values));
      long[] labels = new long[2];
      targets.data_ptr_long().get(labels);
      assertEquals("[3, 7]", Arrays.toString(labels));
    }
  }

  /** In float arithmetic and in this order, as ToTensor and Normalize do. */
  private static float normalised(int grey) {
    return (grey / 255f - 0.1307f) / 0.3081f;
  }

  @Test
  void readsTorchvisionsFolder() throws IOException {
    Path raw = Files.createDirectories(folder.resolve("MNIST/raw"));
    Files.write(raw.resolve("t10k-images-idx3-ubyte"), idx(IMAGES, new byte[4], 1, 2, 2));
    Files.write(raw.resolve("t10k-labels-idx1-ubyte"), idx(LABELS, new byte[1], 1));
    try (Mnist data = Mnist.test(folder)) {
      assertEquals(1, data.size());
    }
  }

  @Test
  void namesTheFileThatIsMissing() {
    assertRefused(folder + " holds neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz");
    Path nowhere = folder.resolve("nowhere");
    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> Mnist.train(nowhere).close());
    assertEquals(
        nowhere
            + " is no folder; train-images-idx3-ubyte or train-images-idx3-ubyte.gz is wanted there",
        e.getMessage());
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    byte[] whole = idx(IMAGES, new byte[4], 1, 2, 2);
    plain(Arrays.copyOf(whole, 10), new byte[0]);
    assertRefused("train-images-idx3-ubyte.gz ends too early: it is truncated");
    plain(Arrays.copyOf(whole, whole.length - 1), new byte[0]);
    assertRefused(
        "train-images-idx3-ubyte.gz is truncated: its header states 4 bytes of data, but it holds 3");
  }

  @Test
  void refusesATruncatedArchive() throws IOException {
    byte[] whole = zip(idx(IMAGES, new byte[40_000], 10_000, 2, 2));
    Files.write(
        folder.resolve("train-images-idx3-ubyte.gz"), Arrays.copyOf(whole, whole.length / 2));
    assertRefused("train-images-idx3-ubyte.gz ends too early: it is truncated");
  }

  @Test
  void refusesADamagedArchive() throws IOException {
    byte[] whole = zip(idx(IMAGES, new byte[40_000], 10_000, 2, 2));
    whole[whole.length - 6] ^= 1; // in the checksum
    Files.write(folder.resolve("train-images-idx3-ubyte.gz"), whole);
    assertRefused("train-images-idx3-ubyte.gz is damaged: Corrupt GZIP trailer");
  }

  @Test
  void refusesAHeaderThatLies() throws IOException {
    plain(idx(IMAGES, new byte[40], 60_000, 2, 2), new byte[0]);
    assertRefused(
        "train-images-idx3-ubyte.gz is truncated: its header states 240000 bytes of data, but it"
            + " holds 40");
    plain(idx(IMAGES, new byte[40], 9, 2, 2), new byte[0]);
    assertRefused(
        "train-images-idx3-ubyte.gz is longer than its header states: more than 36 bytes of data");
    plain(idx(IMAGES, new byte[0], -1, -1, -1), new byte[0]);
    assertRefused(
        "train-images-idx3-ubyte.gz states impossible sizes: [4294967295, 4294967295, 4294967295]");
    plain(idx(IMAGES, new byte[0], 0, 28, 28), new byte[0]);
    assertRefused("train-images-idx3-ubyte.gz states impossible sizes: [0, 28, 28]");
  }

  @Test
  void refusesTheWrongKindOfFile() throws IOException {
    plain(idx(LABELS, new byte[4], 4), new byte[0]);
    assertRefused(
        "train-images-idx3-ubyte.gz is no idx file of unsigned bytes with 3 dimensions: it begins"
            + " with 0x00000801, not 0x00000803");
    plain("<!DOCTYPE html>".getBytes(StandardCharsets.UTF_8), new byte[0]);
    assertRefused(
        "train-images-idx3-ubyte.gz is no idx file of unsigned bytes with 3 dimensions: it begins"
            + " with 0x3c21444f, not 0x00000803");
  }

  @Test
  void refusesMoreOrFewerLabelsThanImages() throws IOException {
    plain(idx(IMAGES, new byte[8], 2, 2, 2), idx(LABELS, new byte[3], 3));
    assertRefused("MNIST's train files do not belong together: 2 images, 3 labels");
    plain(idx(IMAGES, new byte[8], 2, 2, 2), idx(LABELS, new byte[1], 1));
    assertRefused("MNIST's train files do not belong together: 2 images, 1 labels");
  }

  @Test
  void refusesLabelsThatAreNoDigits() throws IOException {
    plain(idx(IMAGES, new byte[8], 2, 2, 2), idx(LABELS, new byte[] {3, (byte) 200}, 2));
    assertRefused("MNIST's train labels are classes from 0 to 9, but one is 200");
  }

  @Test
  void fashionMnistIsReadFromTorchvisionsFolder() throws IOException {
    Path raw = Files.createDirectories(folder.resolve("FashionMNIST/raw"));
    Files.write(raw.resolve("t10k-images-idx3-ubyte"), idx(IMAGES, new byte[4], 1, 2, 2));
    Files.write(raw.resolve("t10k-labels-idx1-ubyte"), idx(LABELS, new byte[] {9}, 1));
    try (FashionMnist data = FashionMnist.test(folder)) {
      assertEquals(-0.2860 / 0.3530, data.examples(0).mean().item_double(), 1e-6);
      assertEquals("Ankle boot", FashionMnist.NAMES.get(9));
    }
  }

  private void assertRefused(String message) {
    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> Mnist.train(folder).close());
    assertEquals(message, e.getMessage());
  }

  private void plain(byte[] images, byte[] labels) throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), images);
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels);
  }

  private void gzipped(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), zip(content));
  }

  private static byte[] zip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] idx(int magic, byte[] data, int... sizes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(magic);
    for (int size : sizes) {
      out.writeInt(size);
    }
    out.write(data);
    return bytes.toByteArray();
  }
}
