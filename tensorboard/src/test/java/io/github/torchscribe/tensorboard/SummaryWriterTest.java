package io.github.torchscribe.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same calls as in {@code parity/tensorboard_events.py}, which has made the files to compare
 * with by PyTorch's own writer.
 */
class SummaryWriterTest {
  @TempDir private Path folder;

  @Test
  void writesWhatPyTorchWrites() throws IOException {
    try (SummaryWriter writer = SummaryWriter.in(folder, 7)) {
      scalars(writer);
      histograms(writer);
      images(writer);
      writer.addText("words", "**bold** ß 損失\n\n| a | b |\n|--|--|\n| 1 | 2 |", 3);
      writer.addScalars("Loss/both", ordered("train", 0.5, "test", 0.25), 4);
      Map<String, Object> hparams = new LinkedHashMap<>();
      hparams.put("lr", 0.1);
      hparams.put("batch size", 200);
      hparams.put("optimizer", "SGD");
      writer.addHparams(hparams, ordered("hparam/accuracy", 0.9, "hparam/loss", 2.0), "session");
    }
    assertAlike("main", folder);
    assertAlike("session", folder.resolve("session"));
    assertAlike("Loss_both_train", folder.resolve("Loss_both_train"));
    assertAlike("Loss_both_test", folder.resolve("Loss_both_test"));
  }

  private static Map<String, Double> ordered(String a, double x, String b, double y) {
    Map<String, Double> map = new LinkedHashMap<>();
    map.put(a, x);
    map.put(b, y);
    return map;
  }

  private static void scalars(SummaryWriter writer) {
    double[] some = {0, 1.5, -0.1, Double.NaN, Double.POSITIVE_INFINITY, 1e-40};
    for (int step = 0; step < some.length; step++) {
      writer.addScalar("Loss/train", some[step], step);
    }
    writer.addScalar("a tag of its own: ß, 損失, <b>", 1, 1L << 40);
  }

  private static void histograms(SummaryWriter writer) {
    double[] values =
        IntStream.range(0, 1000)
            .mapToDouble(i -> (i % 2 == 0 ? 1 : -1) * Math.pow(i, 3) / 1000)
            .toArray();
    writer.addHistogram("doubles", values, 1);
    Tensor doubles = doubles(values);
    writer.addHistogram("floats", doubles.to(torch.ScalarType.Float).view(10, 100).t(), 2);
    double[] edges = {
      -0.0,
      0.0,
      1e-13,
      1e-12,
      1e-12 * 1.1,
      -1e-12,
      -1e-12 * 1.1,
      1e-12 * 1.1 * 1.1,
      Double.MIN_VALUE
    };
    writer.addHistogram("edges", doubles(edges), 3);
    writer.addHistogram("one", torch.ones(1), 4);
    writer.addHistogram("zeros", torch.zeros(5), 5);
    writer.addHistogram("below zero", new double[] {-3, -2}, 6);
    writer.addHistogram("integers", torch.arange(new Scalar(-5L), new Scalar(90L)), 7);
  }

  private static void images(SummaryWriter writer) {
    Tensor floats = range(60).view(3, 4, 5).sub(new Scalar(5L)).div(new Scalar(50L));
    floats.select(0, 1).select(0, 1).narrow(0, 1, 1).fill_(new Scalar(Double.NaN));
    writer.addImage("floats", floats, 1);
    writer.addImage("grey", floats.narrow(0, 0, 1), 2);
    writer.addImage("flat", floats.select(0, 0), 3);
    Tensor bytes = range(60).mul(new Scalar(4L)).view(3, 4, 5).to(torch.ScalarType.Byte);
    writer.addImage("bytes", bytes, 4);
    Tensor dark = range(20).fmod(new Scalar(2L)).view(1, 4, 5).to(torch.ScalarType.Byte);
    writer.addImage("dark bytes", dark, 5);
    writer.addImages("ten", range(60).view(10, 1, 2, 3).div(new Scalar(60L)), 6);
  }

  private static Tensor doubles(double... values) {
    TensorOptions options = new TensorOptions(torch.ScalarType.Double);
    Tensor tensor = torch.zeros(new long[] {values.length}, options);
    tensor.data_ptr_double().put(values);
    return tensor;
  }

  private static Tensor range(long size) {
    return torch.arange(new Scalar(size)).to(torch.ScalarType.Float);
  }

  private static void assertAlike(String fixture, Path written) throws IOException {
    List<DynamicMessage> theirs;
    try (InputStream in =
        SummaryWriterTest.class.getResourceAsStream("/summary-writer/" + fixture + ".tfevents")) {
      theirs = Records.of(in.readAllBytes());
    }
    List<DynamicMessage> ours = Records.ofOnly(written);
    for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
      assertEquals(comparable(theirs.get(i)), comparable(ours.get(i)));
      if (Records.has(ours.get(i), "summary")) {
        compareImages(theirs.get(i), ours.get(i));
        compareSums(theirs.get(i), ours.get(i));
      }
    }
    assertEquals(theirs.size(), ours.size());
  }

  /** An event without the time, and without what says who wrote it and how a PNG is packed. */
  private static String comparable(DynamicMessage event) throws IOException {
    DynamicMessage.Builder plain = event.toBuilder();
    plain.clearField(event.getDescriptorForType().findFieldByName("wall_time"));
    plain.clearField(event.getDescriptorForType().findFieldByName("source_metadata"));
    String text =
        TextFormat.printer()
            .printToString(plain.build())
            .replaceAll("encoded_image_string: \".*\"", "encoded_image_string")
            .replaceAll("sum(_squares)?: .*", "sum");
    List<Object> plugins = new ArrayList<>();
    if (Records.has(event, "summary")) {
      DynamicMessage data = Records.in(Records.value(event), "metadata", "plugin_data");
      if (Records.get(data, "plugin_name").equals("hparams")) {
        plugins.add(Records.hyperparameters(Records.get(data, "content")));
        text = text.replaceAll("content: .*", "");
      }
    }
    return text + plugins;
  }

  private static void compareImages(DynamicMessage theirs, DynamicMessage ours) throws IOException {
    if (Records.has(Records.value(ours), "image")) {
      assertArrayEquals(pixels(theirs), pixels(ours), () -> "" + Records.value(ours));
    }
  }

  /** Which are added up in another order. */
  private static void compareSums(DynamicMessage theirs, DynamicMessage ours) {
    for (String sum : List.of("sum", "sum_squares")) {
      double expected = (double) Records.get(Records.in(Records.value(theirs), "histo"), sum);
      double actual = (double) Records.get(Records.in(Records.value(ours), "histo"), sum);
      assertEquals(expected, actual, 1e-12 * Math.abs(expected));
    }
  }

  private static int[] pixels(DynamicMessage event) throws IOException {
    DynamicMessage image = Records.in(Records.value(event), "image");
    ByteString png = (ByteString) Records.get(image, "encoded_image_string");
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    int width = picture.getWidth();
    return picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
  }

  @Test
  void sayWhatIsInThemInTheirNames() throws IOException {
    long before = System.currentTimeMillis() / 1000;
    SummaryWriter.in(folder).close();
    SummaryWriter.in(folder).close(); // of the same second and process
    List<Path> files = Records.files(folder);
    assertEquals(2, files.size());
    for (Path file : files) {
      String[] parts = file.getFileName().toString().split("\\.");
      assertEquals("events.out.tfevents", String.join(".", parts[0], parts[1], parts[2]));
      assertTrue(Long.parseLong(parts[3]) >= before, () -> "" + file);
      assertEquals("" + ProcessHandle.current().pid(), parts[parts.length - 2]);
    }
  }

  @Test
  void hostsMayBeCalledAnything() {
    assertEquals("a-host.example.org", Host.clean("a-host.example.org\n"));
    assertEquals(".._.._etc_passwd", Host.clean("../../etc/passwd"));
    assertEquals("H_te", Host.clean("Häte"));
    assertEquals("localhost", Host.clean(" \n"));
  }

  @Test
  void numbersThatAreNoneAreLeftOut() throws IOException {
    double[] values = {1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 3};
    double[] none = {Double.NaN, Double.POSITIVE_INFINITY};
    try (SummaryWriter writer = SummaryWriter.in(folder)) {
      writer.addHistogram("some", values, 0);
      writer.addHistogram("huge", new double[] {-1e300, 1e30, 1e38}, 0);
      String said =
          assertThrows(IllegalArgumentException.class, () -> writer.addHistogram("none", none, 0))
              .getMessage();
      assertEquals("no value of none is a finite number", said);
      assertThrows(
          IllegalArgumentException.class, () -> writer.addHistogram("empty", torch.empty(0), 0));
    }
    List<DynamicMessage> events = Records.ofOnly(folder);
    assertEquals(3, events.size());
    DynamicMessage some = Records.in(Records.value(events.get(1)), "histo");
    assertEquals(2.0, Records.get(some, "num"));
    assertEquals(1.0, Records.get(some, "min"));
    assertEquals(3.0, Records.get(some, "max"));
    assertEquals(4.0, Records.get(some, "sum"));
    assertEquals(10.0, Records.get(some, "sum_squares"));
    DynamicMessage huge = Records.in(Records.value(events.get(2)), "histo");
    @SuppressWarnings("unchecked")
    List<Double> counts = (List<Double>) Records.get(huge, "bucket");
    assertEquals(3, counts.stream().mapToDouble(count -> count).sum());
  }

  @Test
  void eachNumberIsInTheBinThatHoldsIt() {
    for (double size : new double[] {1e-30, 1e-12, 0.3, 1, 77, 1e19}) {
      for (double number : DoubleStream.of(size, -size, Math.nextDown(size)).toArray()) {
        Histogram histogram = new Histogram();
        histogram.add(number);
        double[] bin = new double[2];
        try {
          DynamicMessage message = Records.histogram(histogram.message().bytes());
          @SuppressWarnings("unchecked")
          List<Double> limits = (List<Double>) Records.get(message, "bucket_limit");
          assertEquals(2, limits.size());
          bin[0] = limits.get(0);
          bin[1] = limits.get(1);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        assertTrue(bin[0] <= number && number < bin[1], () -> number + " in " + bin[0] + bin[1]);
      }
    }
  }

  @Test
  void aFolderThatIsNoneIsSaidToBe() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "something");
    UncheckedIOException thrown =
        assertThrows(UncheckedIOException.class, () -> SummaryWriter.in(file));
    assertEquals(file + " is no folder", thrown.getMessage());
  }

  @Test
  void runsStayInTheirFolder() {
    try (SummaryWriter writer = SummaryWriter.in(folder.resolve("run"))) {
      for (String name : List.of("../../elsewhere", "/elsewhere", "")) {
        assertThrows(
            IllegalArgumentException.class, () -> writer.addHparams(Map.of(), Map.of(), name));
      }
      Charset names = Charset.forName(System.getProperty("sun.jnu.encoding"));
      String curve = names.newEncoder().canEncode("ß") ? "c d/ß" : "c d/s";
      writer.addScalars("a/b", Map.of(curve, 1), 0);
      assertTrue(Files.isDirectory(folder.resolve("run/a_b_" + curve)));
      IllegalArgumentException thrown =
          assertThrows(
              IllegalArgumentException.class,
              () -> writer.addHparams(Map.of("sizes", List.of(1)), Map.of(), "odd"));
      assertEquals(
          "the hyperparameter sizes is a number, a text, true or false, but not [1]",
          thrown.getMessage());
    }
  }

  @Test
  void whatIsAddedIsThereAfterASecond() throws IOException {
    AtomicLong nanos = new AtomicLong(7);
    ByteString event = ByteString.copyFrom(new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 0});
    try (EventFile file = EventFile.in(folder, nanos::get)) {
      file.add(event);
      nanos.addAndGet(1_000_000_000);
      file.add(event);
      assertEquals(0, Records.ofOnly(folder).size(), "gathered");
      nanos.addAndGet(1);
      file.add(event);
      assertEquals(3, Records.ofOnly(folder).size());
      file.add(event);
      assertEquals(3, Records.ofOnly(folder).size());
      file.flush();
      assertEquals(4, Records.ofOnly(folder).size());
    }
  }

  @Test
  void oneThatIsClosedSaysSo() throws IOException {
    SummaryWriter writer = SummaryWriter.in(folder);
    writer.addScalars("a", Map.of("b", 1), 0);
    writer.close();
    writer.close();
    List<Executable> calls =
        List.of(
            () -> writer.addScalar("loss", 1, 0),
            () -> writer.addScalars("a", Map.of("b", 1), 0),
            () -> writer.addScalars("a", Map.of("c", 1), 0),
            () -> writer.addHparams(Map.of(), Map.of(), "d"),
            writer::flush);
    for (Executable call : calls) {
      String said = assertThrows(IllegalStateException.class, call).getMessage();
      assertTrue(said.endsWith(" is closed"), said);
    }
    try (Stream<Path> runs = Files.list(folder).filter(Files::isDirectory)) {
      assertEquals(List.of(folder.resolve("a_b")), runs.toList(), "and no other begins");
    }
  }
}
