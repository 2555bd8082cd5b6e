package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.file.CheckpointFile;
import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.generated.Slot;
import io.github.torchscribe.runtime.generated.Weights;
import io.github.torchscribe.runtime.torch.Shapes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A model's state dict in a file: what is learned and what is remembered besides, under PyTorch's
 * names.
 */
final class StateFile {
  private static final Set<String> NUMBERS = Set.of("F16", "BF16", "F32", "F64");
  private static final Pattern WRAPPERS = Pattern.compile("(module\\.|_orig_mod\\.)+");
  private static final Set<String> WHOLE = Set.of("I64", "I32", "I16", "I8", "U8");

  private final Network network;

  StateFile(Network network) {
    this.network = network;
  }

  /**
   * The tensors of a state dict.
   *
   * @param all parameters, then what is remembered besides, flat, on the CPU
   * @return views by name; counters are copies, 64-bit integers
   */
  Map<String, Tensor> tensors(Tensor all) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Slot slot : network.slots()) {
      Tensor view = Weights.view(all, slot.offset(), slot.shape());
      tensors.put(slot.name(), slot.counts() ? view.to(torch.ScalarType.Long) : view);
    }
    return tensors;
  }

  /** Takes over what {@link #tensors} gave. */
  void restore(State state, Tensor all) throws IOException {
    for (Slot slot : network.slots()) {
      Tensor saved = state.tensor(slot.name());
      if (!Arrays.equals(slot.shape(), Shapes.of(saved))) {
        throw new IOException(slot.name() + " is " + Shapes.describe(saved) + " in it");
      }
      Weights.view(all, slot.offset(), slot.shape()).copy_(saved);
    }
  }

  void write(Path path, Tensor all, Map<String, String> metadata) {
    Map<String, String> texts = new LinkedHashMap<>(metadata);
    texts.put("format", "pt");
    try {
      Safetensors.write(path, tensors(all), texts);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Reads a file.
   *
   * @param all as with {@link #tensors}; a copy, of which a part may be filled when this fails
   * @param strict whether everything must fit
   * @return what does not fit, in words
   */
  List<String> read(Path path, Tensor all, boolean strict) {
    try {
      Safetensors file = open(path);
      List<String> problems = problems(file.entries());
      if (strict && !problems.isEmpty()) {
        throw new IllegalArgumentException(
            path
                + " does not fit "
                + network.name()
                + ":\n  "
                + String.join("\n  ", problems)
                + "\nLoad what does fit with loadLenient.");
      }
      read(file, all);
      return problems;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** A state dict, also that in a checkpoint, which is looked at as a whole first. */
  private static Safetensors open(Path path) throws IOException {
    Safetensors file = Safetensors.open(path);
    if (!CheckpointFile.isOne(file.metadata())) {
      return file;
    }
    CheckpointFile.read(path);
    return file.part(EngineState.MODEL + ".");
  }

  private void read(Safetensors file, Tensor all) throws IOException {
    for (Slot slot : network.slots()) {
      Safetensors.Entry entry = file.entries().get(slot.name());
      if (entry != null && problem(slot, entry).isEmpty()) {
        file.read(slot.name(), all.narrow(0, slot.offset(), slot.size()));
      }
    }
  }

  private List<String> problems(Map<String, Safetensors.Entry> entries) {
    List<String> problems = new ArrayList<>();
    for (Slot slot : network.slots()) {
      Safetensors.Entry entry = entries.get(slot.name());
      if (entry != null) {
        problem(slot, entry).ifPresent(problems::add);
      } else if (!slot.counts()) { // older state dicts have no counts: they stay as they are
        problems.add("missing: " + slot.name() + " " + shape(slot.shape()));
      }
    }
    Set<String> known = network.slots().stream().map(Slot::name).collect(Collectors.toSet());
    entries.forEach(
        (name, entry) -> {
          if (!known.contains(name)) {
            problems.add("unexpected: " + name + " " + shape(entry.shape()));
          }
        });
    wrapper(entries.keySet()).ifPresent(prefix -> problems.add(hint(prefix)));
    return problems;
  }

  /**
   * What all names begin with that would fit without it, or that PyTorch puts before names.
   *
   * @return empty where they do not begin alike
   */
  private Optional<String> wrapper(Set<String> names) {
    String first = network.slots().isEmpty() ? "" : network.slots().get(0).name();
    return Stream.concat(
            names.stream()
                .filter(name -> name.endsWith("." + first))
                .map(name -> name.substring(0, name.length() - first.length())),
            names.stream().map(StateFile::wrappers).filter(prefix -> !prefix.isEmpty()))
        .filter(prefix -> names.stream().allMatch(name -> name.startsWith(prefix)))
        .findFirst();
  }

  /** What DataParallel and torch.compile put before a name. */
  private static String wrappers(String name) {
    Matcher matcher = WRAPPERS.matcher(name);
    return matcher.lookingAt() ? matcher.group() : "";
  }

  private static String hint(String prefix) {
    return "All names in the file begin with \""
        + prefix
        + "\": the network was saved inside of another module, such as nn.DataParallel (module.) or"
        + " what torch.compile makes (_orig_mod.). In Python, save net."
        + prefix
        + "state_dict() instead";
  }

  private static Optional<String> problem(Slot slot, Safetensors.Entry entry) {
    if (!Arrays.equals(slot.shape(), entry.shape())) {
      return Optional.of(
          "wrong shape: "
              + slot.name()
              + " is "
              + shape(entry.shape())
              + " in the file, but "
              + shape(slot.shape())
              + " here");
    }
    return (slot.counts() ? WHOLE : NUMBERS).contains(entry.type())
        ? Optional.empty()
        : Optional.of("wrong type: " + slot.name() + " is " + entry.type() + " in the file");
  }

  private static String shape(long... sizes) {
    return Shapes.text(sizes);
  }
}
