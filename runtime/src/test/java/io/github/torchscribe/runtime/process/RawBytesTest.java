package io.github.torchscribe.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;

class RawBytesTest {
  /** As it is for a moment while a library is loaded. */
  @Test
  void areReadWhereTheirSizeIsNotKnown() throws Exception {
    Field field = Loader.class.getDeclaredField("memberOffsets");
    field.setAccessible(true);
    @SuppressWarnings("unchecked")
    Map<Class<?>, Map<String, Integer>> offsets =
        (Map<Class<?>, Map<String, Integer>>) field.get(null);
    try (RawBytes bytes = new RawBytes(12)) {
      Map<String, Integer> known = offsets.remove(BytePointer.class);
      try {
        assertEquals(1, bytes.sizeof());
        ByteBuffer buffer = bytes.asByteBuffer();
        assertEquals(12, buffer.remaining());
        buffer.put(11, (byte) 7);
        assertEquals(7, bytes.get(11));
      } finally {
        offsets.put(BytePointer.class, known);
      }
    }
  }
}
