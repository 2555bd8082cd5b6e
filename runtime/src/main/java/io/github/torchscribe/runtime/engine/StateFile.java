package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.file.CheckpointFile;
import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.file.WeightNames;
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

/**
 * A model's state dict in a file: what is learned and what is remembered besides, under PyTorch's
 * names or those of somebody else.
 */
final class StateFile {
  private static final Pattern WRAPPERS = Pattern.compile("(module\\.|_orig_mod\\.)+");

  private final Network network;
  private final WeightNames names;
  private final List<StoredTensor> stored;

  /** Under PyTorch's names. */
  StateFile(Network network) {
    this(network, WeightNames.none());
  }

  /** Under the names of somebody else. */
  StateFile(Network network, WeightNames names) {
    this.network = network;
    this.names = names;
    stored = StoredTensor.of(network, names);
  }

  /**
   * The tensors of a state dict.
   *
   * @param all parameters, then what is remembered besides, flat, on the CPU
   * @return views by name; counters are copies, 64-bit integers
   */
  Map<String, Tensor> tensors(Tensor all) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    stored.forEach(tensor -> tensor.own().put(tensors, all));
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
    List<String> mistakes = mistakes();
    mistakes.addAll(names.twice(network.slots().stream().map(Slot::name).toList()));
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException(
          network.name()
              + " cannot be saved under these names:\n  "
              + String.join("\n  ", mistakes));
    }
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
      List<String> problems = problems(file);
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
    for (StoredTensor tensor : stored) {
      tensor.read(file, all);
    }
  }

  /** What is wrong with the names, whatever the file. */
  private List<String> mistakes() {
    List<String> mistakes = new ArrayList<>(names.forNothing(ours()));
    stored.stream()
        .flatMap(StoredTensor::all)
        .filter(slot -> !slot.canLieSo())
        .forEach(slot -> mistakes.add(slot.cannotLieSo()));
    return mistakes;
  }

  /** Also what layers would call weights that are others'. */
  private List<String> ours() {
    return Stream.concat(network.slots().stream().map(Slot::name), network.ties().keySet().stream())
        .toList();
  }

  private List<String> problems(Safetensors file) throws IOException {
    Map<String, Safetensors.Entry> entries = file.entries();
    List<String> problems = mistakes();
    for (StoredTensor tensor : stored) {
      problems.addAll(tensor.problems(file));
    }
    Set<String> known =
        stored.stream()
            .flatMap(StoredTensor::all)
            .flatMap(slot -> slot.stored().names().stream())
            .collect(Collectors.toSet());
    entries.forEach(
        (name, entry) -> {
          if (!known.contains(name) && !names.ignores(name)) {
            problems.add("unexpected: " + name + " " + Shapes.text(entry.shape()) + here(name));
          }
        });
    wrapper(entries.keySet()).ifPresent(prefix -> problems.add(hint(prefix)));
    return problems;
  }

  /** Our name for what the file has, where it is another. */
  private String here(String theirs) {
    String ours = names.ours(theirs);
    return ours.equals(theirs) ? "" : ", here " + ours;
  }

  /**
   * What all names begin with that would fit without it, or that PyTorch puts before names.
   *
   * @return empty where they do not begin alike
   */
  private Optional<String> wrapper(Set<String> all) {
    String first = stored.isEmpty() ? "" : stored.get(0).own().stored().names().get(0);
    return Stream.concat(
            all.stream()
                .filter(name -> name.endsWith("." + first))
                .map(name -> name.substring(0, name.length() - first.length())),
            all.stream().map(StateFile::wrappers).filter(prefix -> !prefix.isEmpty()))
        .filter(prefix -> all.stream().allMatch(name -> name.startsWith(prefix)))
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
        + "state_dict() instead; or load it with WeightNames.none().prefix(\""
        + prefix
        + "\")";
  }
}
