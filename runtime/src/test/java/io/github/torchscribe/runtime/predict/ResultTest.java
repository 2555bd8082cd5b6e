package io.github.torchscribe.runtime.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An output is the one of the last pass, wherever that has written it. */
class ResultTest {
  private final PointerScope scope = new PointerScope();
  private final Tensor host = torch.zeros(2, 3);

  @AfterEach
  void free() {
    scope.close();
  }

  private static Tensor row(double from) {
    return torch.arange(new Scalar(from), new Scalar(from + 6)).view(2, 3);
  }

  private static void assertRows(double from, Result result) {
    for (int i = 0; i < 2; i++) {
      float[] row = new float[3];
      result.get(i, row);
      float first = (float) from + 3 * i;
      assertArrayEquals(new float[] {first, first + 1, first + 2}, row);
    }
  }

  @Test
  void isReadWhereItIsWrittenEachTime() {
    Result result = new Result(host, true);
    Tensor given = row(1);
    result.take(given);
    assertRows(1, result);
    result.take(given.add_(new Scalar(10)));
    assertRows(11, result);
  }

  @Test
  void whatIsGivenElsewhereIsReadThere() {
    Result result = new Result(host, true);
    Tensor first = row(1);
    result.take(first);
    result.take(row(20));
    assertRows(20, result);
    result.take(first);
    assertRows(1, result);
  }

  @Test
  void whatLiesOtherwiseIsCopied() {
    Result spread = new Result(host, true);
    spread.take(row(1).t().contiguous().t());
    assertRows(1, spread);
    Result shorter = new Result(host, true);
    shorter.take(row(1).to(torch.ScalarType.BFloat16));
    assertRows(1, shorter);
    Result doubles = new Result(host, true);
    doubles.take(row(1).to(torch.ScalarType.Double));
    assertRows(1, doubles);
  }

  @Test
  void usersMayPutTheirTensorElsewhere() {
    Result result = new Result(host, false);
    Tensor given = row(1);
    result.take(given);
    given.set_(row(30));
    result.take(given);
    assertRows(30, result);
  }
}
