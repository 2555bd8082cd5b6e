package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.runtime.json.Json;
import io.github.torchscribe.runtime.json.Members;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Makes tensors of a table's cells: which columns become which inputs and targets, which words have
 * which index, which texts stand for empty cells and what those get, how numbers are standardized.
 * {@link Columns#encoder} learns it from a table; the file of a network's weights can keep it. It
 * does not change, so that one is enough for all threads of a server.
 *
 * <pre>{@code
 * model.save(file, encoder.metadata());
 * …
 * Encoder again = Encoder.in(file);
 * Map<String, String> cells = Map.of("rooms", "3", "area", "72.5", "town", "Basel");
 * float[] price = predictor.predict(Example.of(again, cells)).get("price");
 * }</pre>
 */
public final class Encoder {
  private static final String KEY = "torchscribe.columns";
  private static final String NAME = "name";
  private static final String INPUTS = "inputs";
  private static final String TARGETS = "targets";
  private static final String EMPTY_TEXTS = "emptyTexts";

  private final List<CodedPart> inputs;
  private final List<CodedPart> targets;
  private final Set<String> emptyTexts;
  private final TensorSpecs inputSpecs;
  private final TensorSpecs targetSpecs;

  /**
   * What was learned.
   *
   * @param emptyTexts that stand for an empty cell, wherever cells come from
   */
  Encoder(List<CodedPart> inputs, List<CodedPart> targets, Set<String> emptyTexts) {
    this.inputs = inputs;
    this.targets = targets;
    this.emptyTexts = emptyTexts;
    inputSpecs = specs(inputs);
    targetSpecs = specs(targets);
  }

  private static TensorSpecs specs(List<CodedPart> parts) {
    List<TensorSpec> specs = parts.stream().map(CodedPart::spec).toList();
    return TensorSpecs.of(parts.stream().map(CodedPart::name).toList(), specs);
  }

  /**
   * What inputs are made of cells.
   *
   * @return numbers, or indices with as many as there are words
   */
  public TensorSpecs inputSpecs() {
    return inputSpecs;
  }

  /**
   * What targets are made of cells.
   *
   * @return numbers, or indices with as many as there are words
   */
  public TensorSpecs targetSpecs() {
    return targetSpecs;
  }

  /**
   * Examples and targets.
   *
   * @param table has all columns of both; what {@link Csv#missing} said of the table from which
   *     this was learned holds for it, too
   * @return as many examples as there are rows
   * @throws UncheckedIOException when a cell is empty, no number or no known word where it must be
   *     one; the message names it
   * @throws IllegalArgumentException when there is no such column
   */
  public TensorDataset dataset(Csv table) {
    PointerScope scope = new PointerScope();
    try {
      List<Cells> rows = table.cells(emptyTexts);
      return new TensorDataset(tensors(inputs, rows), tensors(targets, rows));
    } finally {
      scope.close();
    }
  }

  /**
   * One example, as tensors. For a predictor {@code Example.of(encoder, cells)} makes one of which
   * nothing has to be freed.
   *
   * @param cells the texts of all columns of which inputs are made, by their names; an empty text,
   *     or one that {@link Csv#missing} took for empty, where one is missing. Others are not looked
   *     at
   * @return of each input (1, …), on the CPU; the caller's scope owns them
   * @throws IllegalArgumentException when a cell is not there, empty, no number or no known word
   *     where it must be one; the message names it
   */
  public Tensors encode(Map<String, String> cells) {
    return encode(List.of(cells));
  }

  /**
   * Some examples.
   *
   * @param rows each as with {@link #encode(Map)}
   * @return of each input (rows, …), on the CPU; the caller's scope owns them
   * @throws IllegalArgumentException when there are none, or something is wrong with a cell
   */
  public Tensors encode(List<Map<String, String>> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("there are no examples to be encoded");
    }
    List<Cells> cells = rows.stream().map(row -> Cells.of(row, emptyTexts)).toList();
    return tensors(inputs, cells).map(Arena::given);
  }

  private static Tensors tensors(List<CodedPart> parts, List<Cells> rows) {
    List<Tensor> all = new ArrayList<>();
    parts.forEach(part -> all.add(part.tensor(rows)));
    return Tensors.of(parts.stream().map(CodedPart::name).toList(), all);
  }

  /**
   * What the indices of an input or a target stand for.
   *
   * @param part its name
   * @return the words in the order of their indices; an empty text at 0 where that is for words
   *     that are not known
   * @throws IllegalArgumentException when there is no such part, or it is of numbers
   */
  public List<String> words(String part) {
    return part(parts().toList(), CodedWords.class, "input or target of words", part).words();
  }

  private Stream<CodedPart> parts() {
    return Stream.concat(inputs.stream(), targets.stream());
  }

  /**
   * What a network's outputs are in the table's numbers, where those were standardized.
   *
   * @param target its name
   * @param output (N, columns), 32-bit floats
   * @return the same times the columns' deviations, and their means above; the caller's scope owns
   *     it
   * @throws IllegalArgumentException when there is no such target, it is of words, or the output
   *     has another shape
   */
  public Tensor decode(String target, Tensor output) {
    return numbers(target).decode(output);
  }

  /**
   * What a predictor's answer is in the table's numbers, where those were standardized.
   *
   * @param target its name
   * @param output a number for each column, or as many for each of several examples
   * @return the same times the columns' deviations, and their means above
   * @throws IllegalArgumentException when there is no such target, it is of words, or the output
   *     has another length
   */
  public float[] decode(String target, float... output) {
    return numbers(target).decode(output);
  }

  private CodedNumbers numbers(String target) {
    if (targets.stream().anyMatch(p -> p instanceof CodedWords && p.name().equals(target))) {
      throw new IllegalArgumentException(
          "target '"
              + target
              + "' is of words: its outputs are a number for each, in the order of words(\""
              + target
              + "\")");
    }
    return part(targets, CodedNumbers.class, "target of numbers", target);
  }

  private <P extends CodedPart> P part(
      List<CodedPart> among, Class<P> kind, String what, String name) {
    return among.stream()
        .filter(some -> some.name().equals(name))
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + name + "' is no " + what + "; there are " + this));
  }

  /**
   * All that this is, for the metadata of a safetensors file.
   *
   * @return texts by name
   */
  public Map<String, String> metadata() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put(INPUTS, written(inputs));
    root.put(TARGETS, written(targets));
    if (!emptyTexts.isEmpty()) {
      root.put(EMPTY_TEXTS, new TreeSet<>(emptyTexts)); // in a fixed order
    }
    return Map.of(KEY, Json.text(root));
  }

  private static List<Map<String, Object>> written(List<CodedPart> parts) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (CodedPart part : parts) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put(NAME, part.name());
      part.write(one);
      all.add(one);
    }
    return all;
  }

  /**
   * What {@link #metadata()} gave.
   *
   * @param metadata may have other texts, too
   * @return an encoder that does the same
   * @throws IllegalArgumentException when there is none in it, or it is broken
   */
  public static Encoder of(Map<String, String> metadata) {
    String text = metadata.get(KEY);
    if (text == null) {
      throw new IllegalArgumentException(
          "these metadata say nothing of a table's columns; model.save(file, encoder.metadata())"
              + " writes such");
    }
    Encoder encoder;
    try {
      Members root = Members.of(Json.read(text));
      List<String> emptyTexts = root.has(EMPTY_TEXTS) ? root.texts(EMPTY_TEXTS) : List.of();
      encoder =
          new Encoder(
              read(root.objects(INPUTS)), read(root.objects(TARGETS)), Set.copyOf(emptyTexts));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("what these metadata say of columns is broken", e);
    }
    encoder.parts().forEach(CodedPart::requireSound);
    return encoder;
  }

  private static List<CodedPart> read(List<Members> parts) {
    return parts.stream().map(one -> CodedPart.read(one.text(NAME), one)).toList();
  }

  /**
   * The one that a file of weights keeps.
   *
   * @param weights a safetensors file
   * @return an encoder that does what the one did whose metadata were written
   * @throws UncheckedIOException when it cannot be read or is no such file
   * @throws IllegalArgumentException when there is none in it
   */
  public static Encoder in(Path weights) {
    try {
      return of(Safetensors.open(weights).metadata());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** For a message: the parts with their columns. */
  @Override
  public String toString() {
    return parts()
        .map(
            part ->
                (part.name().isEmpty() ? "one" : part.name())
                    + " of "
                    + String.join(", ", part.columns()))
        .reduce((one, other) -> one + "; " + other)
        .orElse("nothing");
  }
}
