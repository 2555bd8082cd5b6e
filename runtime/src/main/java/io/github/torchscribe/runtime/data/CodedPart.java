package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.json.Members;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A part of examples or targets that is made of some columns, with what was learned of those. */
sealed interface CodedPart permits CodedNumbers, CodedWords {
  String name();

  List<String> columns();

  TensorSpec spec();

  /** A tensor of as many examples as there are rows. */
  Tensor tensor(List<Cells> rows);

  /** Writes all that it is, but for its name. */
  void write(Map<String, Object> into);

  /** Says what is wrong where no table can have given this, but hands or a tool changed it. */
  void requireSound();

  /** What was read and is wrong. */
  static IllegalArgumentException unsound(String whose, String what) {
    return new IllegalArgumentException(
        "what these metadata say of " + whose + " is broken: " + what);
  }

  /** What {@link #write} wrote. */
  static CodedPart read(String name, Members from) {
    return from.has(CodedWords.WORDS) ? CodedWords.read(name, from) : CodedNumbers.read(name, from);
  }
}
