package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.runtime.file.WeightNames;
import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.generated.Slot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * A tensor of the state dict with all that files call it: PyTorch's state dict also has it under
 * the names of the layers that it is tied to, and {@code safetensors.torch.save_model} keeps one of
 * them, whichever comes first in the alphabet.
 *
 * @param own under its own name, under which it is written
 * @param aliases under what other layers would call it
 */
record StoredTensor(StoredSlot own, List<StoredSlot> aliases) {
  /** All of a network, in its order. */
  static List<StoredTensor> of(Network network, WeightNames names) {
    return network.slots().stream()
        .map(slot -> new StoredTensor(new StoredSlot(slot, names), aliases(slot, network, names)))
        .toList();
  }

  private static List<StoredSlot> aliases(Slot owner, Network network, WeightNames names) {
    WeightNames.Stored stored = names.stored(owner.name());
    return network.ties().entrySet().stream()
        .filter(tie -> tie.getValue().equals(owner))
        .map(tie -> new StoredSlot(called(tie.getKey(), owner), names))
        .filter(alias -> !alias.stored().equals(stored))
        .filter(alias -> !alias.stored().names().stream().allMatch(names::ignores))
        .toList();
  }

  private static Slot called(String name, Slot owner) {
    return new Slot(name, owner.offset(), owner.shape(), owner.counts(), owner.rate());
  }

  /** Under all names. */
  Stream<StoredSlot> all() {
    return Stream.concat(Stream.of(own), aliases.stream());
  }

  /** What of the file does not fit, in words, a line each. */
  List<String> problems(Safetensors file) throws IOException {
    Map<String, Safetensors.Entry> entries = file.entries();
    List<StoredSlot> there = all().filter(one -> one.isMentioned(entries)).toList();
    List<String> problems = new ArrayList<>();
    for (StoredSlot one : there.isEmpty() ? List.of(own) : there) {
      problems.addAll(one.problems(entries));
    }
    List<StoredSlot> whole = whole(entries).toList();
    if (problems.isEmpty() && whole.size() > 1) {
      StoredSlot first = whole.get(0);
      Tensor value = first.value(file);
      for (StoredSlot other : whole.subList(1, whole.size())) {
        if (!value.allclose(other.value(file), 0, 0, true)) {
          problems.add("different: " + both(first, other));
        }
      }
    }
    return problems;
  }

  /** Under which names the file has it as it should be. */
  private Stream<StoredSlot> whole(Map<String, Safetensors.Entry> entries) {
    return all().filter(one -> one.isIn(entries));
  }

  private String both(StoredSlot one, StoredSlot other) {
    return one.inBothNames()
        + " and "
        + other.inBothNames()
        + " have different values in the file, but are tied here: one weight";
  }

  /** Reads it, where the file has it as it should be. */
  void read(Safetensors file, Tensor all) throws IOException {
    Optional<StoredSlot> first = whole(file.entries()).findFirst();
    if (first.isPresent()) {
      first.get().read(file, all);
    }
  }
}
