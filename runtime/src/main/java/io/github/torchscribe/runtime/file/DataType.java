package io.github.torchscribe.runtime.file;

import java.util.Arrays;
import org.bytedeco.pytorch.global.torch;

/** The types of numbers that we read and write, by the format's names. */
enum DataType {
  BOOL(torch.ScalarType.Bool, 1),
  U8(torch.ScalarType.Byte, 1),
  I8(torch.ScalarType.Char, 1),
  I16(torch.ScalarType.Short, 2),
  I32(torch.ScalarType.Int, 4),
  I64(torch.ScalarType.Long, 8),
  F16(torch.ScalarType.Half, 2),
  BF16(torch.ScalarType.BFloat16, 2),
  F32(torch.ScalarType.Float, 4),
  F64(torch.ScalarType.Double, 8);

  private final torch.ScalarType torchType;
  private final int bytes;

  DataType(torch.ScalarType torchType, int bytes) {
    this.torchType = torchType;
    this.bytes = bytes;
  }

  torch.ScalarType torch() {
    return torchType;
  }

  /** Of one number. */
  int bytes() {
    return bytes;
  }

  boolean isFloating() {
    return name().startsWith("F") || this == BF16;
  }

  /** Null where we know no such type. */
  static DataType of(String name) {
    return Arrays.stream(values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  static DataType of(torch.ScalarType type) {
    return Arrays.stream(values())
        .filter(some -> some.torchType == type.intern())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("tensors of " + type + " are not written"));
  }
}
