package io.github.torchscribe.runtime.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are none, or not whole: each has its message, and nothing else happens. */
class SafetensorsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 8 | ",
        "{} | 0 | ",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 7 | has a at bytes 0 to 8, but 0 is where it should begin, and there are 7",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 9 | has 1 bytes that belong to no tensor",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | 8 | has 8 bytes for a, but its shape and type need 12",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}} | 8 | has a shape of a that no memory could hold",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | 8 | has a size or offset of a that is no whole number: -2",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | 8 | has -8 bytes for a, but its shape and type need 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,1e99]}} | 8 | has a size or offset of a that is no whole number",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}} | 8 | does not say dtype, shape and data_offsets of a",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}} | 8 | has b at bytes 2 to 6, but 4 is where it should begin",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | has a header that is no JSON: Duplicate field 'a'",
        "[1, 2] | 0 | has a header that is no JSON object",
        "{\"a\": | 0 | has a header that is no JSON",
        "{} {} | 0 | has a header that is no JSON",
        "nonsense | 0 | has a header that is no JSON"
      })
  void headers(String header, int data, String message) throws IOException {
    Path file = write(header, data);
    if (message == null) {
      Safetensors.open(file);
    } else {
      IOException thrown = assertThrows(IOException.class, () -> Safetensors.open(file));
      assertTrue(thrown.getMessage().contains(message), thrown::getMessage);
      assertTrue(thrown.getMessage().startsWith(file.toString()), thrown::getMessage);
    }
  }

  @Test
  void lengthsOfHeaders() throws IOException {
    Path file = folder.resolve("a");
    for (long length : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE, 100_000_001, 3}) {
      ByteBuffer bytes = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
      Files.write(file, bytes.putLong(length).array());
      IOException thrown = assertThrows(IOException.class, () -> Safetensors.open(file));
      String says = "says that its header has " + Long.toUnsignedString(length) + " bytes";
      assertTrue(thrown.getMessage().contains(says), thrown::getMessage);
    }
    Files.write(file, new byte[7]);
    assertThrows(IOException.class, () -> Safetensors.open(file));
  }

  @Test
  void deeplyNestedJsonIsNoBomb() throws IOException {
    Path file = write("{\"a\":" + "[".repeat(1_000_000), 0);
    assertThrows(IOException.class, () -> Safetensors.open(file));
  }

  /** A hundred thousand, or, with {@code -Dlong.tests=true}, a million. */
  @Test
  void manyTensorsAreRead() throws IOException {
    int many = Boolean.getBoolean("long.tests") ? 1_000_000 : 100_000;
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < many; i++) {
      header.append(i == 0 ? "" : ",").append("\"t").append(i);
      header.append("\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[");
      header.append(i).append(',').append(i + 1).append("]}");
    }
    assertEquals(
        many, Safetensors.open(write(header.append('}').toString(), many)).entries().size());
  }

  @Test
  void filesOfTorchSaveSayHowToConvertThem() throws IOException {
    Path file = folder.resolve("net.pt");
    for (byte[] begin :
        new byte[][] {{'P', 'K', 3, 4, 0, 0, 0, 0, 0}, {(byte) 0x80, 2, 0, 0, 0, 0, 0, 0, 0}}) {
      Files.write(file, begin);
      IOException thrown = assertThrows(IOException.class, () -> Safetensors.open(file));
      assertEquals(
          file
              + " is a file of torch.save: a pickle, which can run code when it is read. Convert it in"
              + " Python: import torch; from safetensors.torch import save_file; save_file({name:"
              + " tensor.contiguous() for name, tensor in torch.load('net.pt',"
              + " weights_only=True).items()}, 'weights.safetensors')",
          thrown.getMessage());
    }
  }

  /** A file cut anywhere is refused; one with a changed byte is refused or read, and never more. */
  @Test
  void damagedFiles() throws IOException {
    Path file = folder.resolve("whole");
    try (PointerScope scope = new PointerScope()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      tensors.put("weight", torch.randn(3, 4));
      tensors.put("count", torch.tensor(7L));
      scope.attach(tensors.get("count"));
      Safetensors.write(file, tensors, Map.of("format", "pt"));
    }
    byte[] whole = Files.readAllBytes(file);
    Path damaged = folder.resolve("damaged");
    for (int length = 0; length < whole.length; length++) {
      Files.write(damaged, java.util.Arrays.copyOf(whole, length));
      assertThrows(IOException.class, () -> Safetensors.open(damaged), "cut at " + length);
    }
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      byte[] changed = whole.clone();
      for (int j = 0; j <= random.nextInt(3); j++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      Files.write(damaged, changed);
      try (PointerScope scope = new PointerScope()) {
        Safetensors read = Safetensors.open(damaged);
        for (Map.Entry<String, Safetensors.Entry> entry : read.entries().entrySet()) {
          if (DataType.of(entry.getValue().type()) != null) {
            long size =
                io.github.torchscribe.runtime.torch.Shapes.elements(entry.getValue().shape());
            Tensor target = torch.empty(new long[] {size});
            scope.attach(target);
            read.read(entry.getKey(), target);
          }
        }
      } catch (IOException e) {
        // what is documented
      }
    }
  }

  private Path write(String header, int data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + text.length + data).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text);
    Path file = folder.resolve("a.safetensors");
    Files.write(file, bytes.array());
    return file;
  }
}
