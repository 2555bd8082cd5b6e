package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.runtime.file.WeightNames;
import io.github.torchscribe.runtime.file.WeightNames.Layout;
import io.github.torchscribe.runtime.generated.Slot;
import io.github.torchscribe.runtime.generated.Weights;
import io.github.torchscribe.runtime.torch.Shapes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A tensor of the state dict and what it is in a file: under which names, and how it lies there.
 */
record StoredSlot(Slot slot, WeightNames.Stored stored) {
  private static final Set<String> NUMBERS = Set.of("F16", "BF16", "F32", "F64");
  private static final Set<String> WHOLE = Set.of("I64", "I32", "I16", "I8", "U8");

  StoredSlot(Slot slot, WeightNames names) {
    this(slot, names.stored(slot.name()));
  }

  /** What of the file does not fit, in words, a line each; nothing where it cannot lie so. */
  List<String> problems(Map<String, Safetensors.Entry> entries) {
    List<String> problems = new ArrayList<>();
    if (!canLieSo()) {
      return problems;
    }
    for (String name : stored.names()) {
      Safetensors.Entry entry = entries.get(name);
      if (entry != null) {
        check(name, entry, problems);
      } else if (!slot.counts()) { // older state dicts have no counts: they stay as they are
        problems.add("missing: " + slot.name() + " " + Shapes.text(slot.shape()) + there(name, ""));
      }
    }
    return problems;
  }

  private void check(String name, Safetensors.Entry entry, List<String> problems) {
    if (!Arrays.equals(shapeThere(), entry.shape())) {
      problems.add(
          "wrong shape: "
              + slot.name()
              + there(name, ",")
              + " is "
              + Shapes.text(entry.shape())
              + " in the file, but "
              + shapeHere());
    } else if (!(slot.counts() ? WHOLE : NUMBERS).contains(entry.type())) {
      problems.add(
          "wrong type: " + slot.name() + there(name, ",") + " is " + entry.type() + " in the file");
    }
  }

  /** Their name, where it is not ours. */
  private String there(String name, String end) {
    return name.equals(slot.name()) ? "" : ", there " + name + end;
  }

  private String shapeHere() {
    String shape = Shapes.text(shapeThere());
    return switch (stored.layout()) {
      case SAME -> shape + " here";
      case STACKED -> shape + " is one of " + stored.names().size() + " parts here";
      case TRANSPOSED -> shape + " is transposed here";
    };
  }

  /** Whether the tensor has the dimensions for its layout. */
  boolean canLieSo() {
    long[] shape = slot.shape();
    return switch (stored.layout()) {
      case SAME -> true;
      case STACKED -> shape.length > 0 && shape[0] % stored.names().size() == 0;
      case TRANSPOSED -> shape.length <= 2;
    };
  }

  /** What is in the way of {@link #canLieSo}. */
  String cannotLieSo() {
    String what =
        stored.layout() == Layout.STACKED
            ? "cannot be divided into " + stored.names().size() + " parts of one size"
            : "is no matrix to be transposed";
    return "other layout: "
        + slot.name()
        + " "
        + Shapes.text(slot.shape())
        + " "
        + what
        + ", there "
        + String.join(", ", stored.names());
  }

  /** Of each tensor there. */
  private long[] shapeThere() {
    long[] shape = slot.shape().clone();
    if (stored.layout() == Layout.STACKED) {
      shape[0] /= stored.names().size();
    } else if (isTurned()) {
      shape[0] = slot.shape()[1];
      shape[1] = slot.shape()[0];
    }
    return shape;
  }

  private boolean isTurned() {
    return stored.layout() == Layout.TRANSPOSED && slot.shape().length == 2;
  }

  /** Its name, and theirs where it is another. */
  String inBothNames() {
    String theirs = String.join(", ", stored.names());
    return theirs.equals(slot.name()) ? slot.name() : slot.name() + ", there " + theirs + ",";
  }

  /** Whether the file has any of it. */
  boolean isMentioned(Map<String, Safetensors.Entry> entries) {
    return stored.names().stream().anyMatch(entries::containsKey);
  }

  /** Whether the file has all of it, as it should be: counts may be missing. */
  boolean isIn(Map<String, Safetensors.Entry> entries) {
    return canLieSo()
        && problems(entries).isEmpty()
        && stored.names().stream().allMatch(entries::containsKey);
  }

  /**
   * Reads it from a file that {@linkplain #isIn has it}.
   *
   * @param all parameters, then what is remembered besides, flat, on the CPU
   */
  void read(Safetensors file, Tensor all) throws IOException {
    fill(all.narrow(0, slot.offset(), slot.size()), file);
  }

  /** What a file that {@linkplain #isIn has it} has, flat. */
  Tensor value(Safetensors file) throws IOException {
    Tensor value = torch.empty(slot.size());
    fill(value, file);
    return value;
  }

  private void fill(Tensor flat, Safetensors file) throws IOException {
    if (isTurned()) {
      Tensor turned = torch.empty(shapeThere());
      file.read(stored.names().get(0), turned);
      flat.view(slot.shape()).copy_(turned.t());
      return;
    }
    long size = slot.size() / stored.names().size();
    long begin = 0;
    for (String name : stored.names()) {
      file.read(name, flat.narrow(0, begin, size));
      begin += size;
    }
  }

  /** Puts it, as it lies in a file, to the others: views, but for counts, which are copies. */
  void put(Map<String, Tensor> tensors, Tensor all) {
    Tensor view = Weights.view(all, slot.offset(), slot.shape());
    Tensor value = slot.counts() ? view.to(torch.ScalarType.Long) : view;
    if (isTurned()) {
      value = value.t();
    }
    long part = stored.layout() == Layout.STACKED ? shapeThere()[0] : 0;
    long begin = 0;
    for (String name : stored.names()) {
      tensors.put(name, stored.layout() == Layout.STACKED ? value.narrow(0, begin, part) : value);
      begin += part;
    }
  }
}
