package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Java does with a row is what libtorch would do, bit for bit. */
class SmallRowTest {
  /** One of each kind, of both signs: zero, denormal, small, one, large, infinite, NaN of kinds. */
  private static final int[] KINDS = {
    0,
    1,
    0x007f_ffff,
    0x0080_0000,
    0x3f80_0000,
    0x7f7f_ffff,
    0x7f80_0000,
    0x7f80_0001,
    0x7fc0_0000,
    0x7fff_ffff
  };

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 200, 1024})
  void reluIsLibtorchs(int size) {
    PointerScope scope = new PointerScope();
    try {
      Random random = new Random(size);
      for (int i = 0; i < 40; i++) {
        int[] bits = new int[size];
        for (int j = 0;
            j < size;
            j++) { // 20 in a row are all kinds, elsewhere in a vector each time
          int sign = (i + j) / KINDS.length % 2 << 31;
          bits[j] = i < 20 ? KINDS[(i + j) % KINDS.length] | sign : random.nextInt();
        }
        Tensor row = tensor(bits);
        Tensor expected = torch.relu_(tensor(bits));
        SmallRows rows = new SmallRows();
        rows.note(row);
        rows.relu(row);
        assertArrayEquals(bits(expected), bits(row));
      }
    } finally {
      scope.close();
    }
  }

  /**
   * A signalling NaN is quiet afterwards in libtorch's or is not: no arithmetic is done with it.
   */
  private static int[] bits(Tensor floats) {
    int[] bits = new int[(int) floats.numel()];
    floats.view(torch.ScalarType.Int).data_ptr_int().get(bits);
    return bits;
  }

  private static Tensor tensor(int... bits) {
    return torch.tensor(bits).to(torch.ScalarType.Int).view(torch.ScalarType.Float).view(1, -1);
  }

  @Test
  void othersAreLeftToLibtorch() {
    PointerScope scope = new PointerScope();
    try {
      assertNotNull(SmallRow.of(torch.randn(1, 1024)));
      assertNull(SmallRow.of(torch.randn(1, 1025)));
      assertNull(SmallRow.of(torch.randn(1, 0)));
      assertNull(SmallRow.of(torch.randn(2, 8).t()));
      assertNull(SmallRow.of(torch.randn(1, 8).to(torch.ScalarType.BFloat16)));
      SmallRows rows = new SmallRows();
      Tensor spread = torch.randn(2, 8).t();
      Tensor expected = spread.relu();
      rows.note(spread);
      rows.relu(spread);
      assertTrue(expected.equal(spread));
    } finally {
      scope.close();
    }
  }

  @Test
  void aRowIsFoundByItsTensorUntilAnotherIsBound() {
    PointerScope scope = new PointerScope();
    try {
      SmallRows rows = new SmallRows();
      Tensor first = torch.randn(1, 8);
      Tensor second = torch.randn(1, 8);
      Tensor expected = second.relu();
      Tensor before = first.clone();
      rows.note(first);
      rows.clear();
      rows.note(second);
      rows.relu(second);
      assertTrue(before.equal(first));
      assertTrue(expected.equal(second));
    } finally {
      scope.close();
    }
  }
}
