package io.github.torchscribe.runtime.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.torchscribe.onnx.ProtobufFormat;
import io.github.torchscribe.runtime.onnx.OnnxFormat;
import io.github.torchscribe.runtime.onnx.OnnxGraph;
import io.github.torchscribe.runtime.onnx.OnnxNetwork;
import io.github.torchscribe.runtime.onnx.OnnxValue;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the numbers of a network lie: in its file, or beside it, where they are too many. */
class OnnxFileTest {
  private static final long ANY = Long.MAX_VALUE;
  private static final long NONE = 0;

  @TempDir private Path folder;

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  /** y = factor·(x₁ + 2·x₂) + 3. */
  private static OnnxGraph graph(float factor) {
    Tensor weight = torch.tensor(factor, 2 * factor).view(2, 1);
    OnnxNetwork network =
        new OnnxNetwork() {
          @Override
          protected void describe() {
            OnnxValue x = given("x", 2);
            OnnxValue product = op("MatMul", x, parameter("weight"));
            gives("y", layer("0", op("Add", product, number(3))), 1);
          }
        };
    return network.graph("Net", Map.of("weight", weight));
  }

  private static void write(Path file, float factor, long mostBytes) throws IOException {
    OnnxFile.write(file, graph(factor), Map.of(), new ProtobufFormat(), mostBytes);
  }

  private static float run(Path file) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor x = OnnxTensor.createTensor(environment, new float[][] {{5, 7}});
        OrtSession.Result result = session.run(Map.of("x", x))) {
      return ((float[][]) result.get("y").orElseThrow().getValue())[0][0];
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatIsNotTooMuchIsInOneFile() throws IOException, OrtException {
    Path file = folder.resolve("net.onnx");
    write(file, 1, ANY);
    assertEquals(22, run(file));
    assertEquals(List.of("net.onnx"), files());
  }

  @Test
  void whatIsTooMuchLiesBeside() throws IOException, OrtException {
    Path file = folder.resolve("net.onnx");
    write(file, 1, NONE);
    assertEquals(List.of("net.onnx", "net.onnx.data"), files());
    assertEquals(22, run(file));
    write(file, 10, NONE);
    assertEquals(193, run(file));
    // Both can be moved together.
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.move(file, elsewhere.resolve("net.onnx"));
    Files.move(folder.resolve("net.onnx.data"), elsewhere.resolve("net.onnx.data"));
    assertEquals(193, run(elsewhere.resolve("net.onnx")));
  }

  /** What links name is written, and the numbers beside that. */
  @Test
  void numbersLieBesideWhatALinkNames() throws IOException, OrtException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Path file = home.resolve("net.onnx");
    write(file, 1, ANY);
    Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), file);
    write(link, 10, NONE);
    assertEquals(193, run(file));
    assertEquals(List.of("home", "link.onnx"), files());
  }

  @Test
  void aFormatThatFailsLeavesWhatWasThere() throws IOException {
    Path file = folder.resolve("net.onnx");
    write(file, 1, ANY);
    byte[] before = Files.readAllBytes(file);
    assertEquals(
        "cannot write " + file + ": it is full",
        assertThrows(
                IOException.class,
                () ->
                    OnnxFile.write(
                        file,
                        graph(2),
                        Map.of(),
                        (graph, metadata, out) -> {
                          out.write(1);
                          throw new IOException("it is full");
                        }))
            .getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
    assertEquals(List.of("net.onnx"), files());
  }

  /** The numbers are written by then, under another name. */
  @Test
  void ofTwoFilesBothStayWhereTheFormatFails() throws IOException, OrtException {
    Path file = folder.resolve("net.onnx");
    OnnxFormat failing =
        (graph, metadata, out) -> {
          out.write(1);
          throw new IOException("it is full");
        };
    assertFails(file, failing, "it is full");
    assertEquals(List.of(), files());
    write(file, 1, ANY);
    assertFails(file, failing, "it is full");
    assertEquals(List.of("net.onnx"), files());
    assertEquals(22, run(file));
    write(file, 10, NONE);
    assertFails(file, failing, "it is full");
    assertEquals(List.of("net.onnx", "net.onnx.data"), files());
    assertEquals(193, run(file));
  }

  /** As where somebody clears the folder up. */
  @Test
  void ofTwoFilesBothComeBackWhereTheSecondCannotHaveItsName() throws IOException, OrtException {
    assumeTrue(File.separatorChar == '/', "a file that is written to can be deleted");
    Path file = folder.resolve("net.onnx");
    OnnxFormat clearing =
        (graph, metadata, out) -> {
          for (String name : files()) {
            if (name.endsWith(".part") && !name.contains(".data.")) {
              Files.delete(folder.resolve(name));
            }
          }
        };
    assertFails(file, clearing, "NoSuchFileException");
    assertEquals(List.of(), files());
    write(file, 1, ANY);
    assertFails(file, clearing, "NoSuchFileException");
    assertEquals(List.of("net.onnx"), files());
    assertEquals(22, run(file));
    write(file, 10, NONE);
    assertFails(file, clearing, "NoSuchFileException");
    assertEquals(List.of("net.onnx", "net.onnx.data"), files());
    assertEquals(193, run(file));
  }

  private static void assertFails(Path file, OnnxFormat format, String why) {
    OnnxGraph graph = graph(2);
    String said =
        assertThrows(IOException.class, () -> OnnxFile.write(file, graph, Map.of(), format, NONE))
            .getMessage();
    assertEquals("cannot write " + file + ": " + why, said);
  }

  @Test
  void numbersThatNobodyReadsAnyLongerGo() throws IOException, OrtException {
    Path file = folder.resolve("net.onnx");
    write(file, 1, NONE);
    write(file, 10, ANY);
    assertEquals(List.of("net.onnx"), files());
    assertEquals(193, run(file));
  }
}
