package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.json.Members;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Columns of words, which have one list of them. */
final class CodedWords implements CodedPart {
  static final String WORDS = "words";

  private static final String COLUMNS = "columns";
  private static final String UNKNOWN_IS_ZERO = "unknownIsZero";

  /** How many of the words a message lists. */
  private static final int LISTED = 20;

  private final String name;
  private final List<Code> codes;
  private final List<String> words;
  private final boolean unknownIsZero;
  private final Map<String, Long> indices = new HashMap<>();

  /**
   * A column.
   *
   * @param missing the word of an empty cell; empty where that is an error
   */
  private record Code(String column, Optional<String> missing) {
    String word(Cells row) {
      return missing.isPresent() && row.text(column).isEmpty() ? missing.get() : row.filled(column);
    }
  }

  private CodedWords(String name, List<Code> codes, List<String> words, boolean unknownIsZero) {
    this.name = name;
    this.codes = codes;
    this.words = words;
    this.unknownIsZero = unknownIsZero;
    long next = unknownIsZero ? 1 : 0;
    for (String word : words) {
      indices.put(word, next++);
    }
  }

  /** Learns which words there are. */
  static CodedWords learn(String name, List<CategoryColumn> columns, List<Cells> rows) {
    SortedSet<String> words = new TreeSet<>();
    List<Code> codes = new ArrayList<>();
    boolean zero = false;
    for (CategoryColumn column : columns) {
      Code code = new Code(column.name(), column.missing());
      codes.add(code);
      zero |= column.unknownIsZero();
      for (Cells row : rows) {
        if (words.add(code.word(row)) && words.size() > column.atMost()) {
          throw row.wrong(
              column.name(),
              "here is the word number "
                  + words.size()
                  + "; a column of so many is likely to be of numbers, or to name each row: leave"
                  + " it out, or allow more with atMost(…)");
        }
      }
    }
    // Also where no cell is empty: one may be in what comes later.
    codes.forEach(code -> code.missing.ifPresent(words::add));
    return new CodedWords(name, codes, List.copyOf(words), zero);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> columns() {
    return codes.stream().map(Code::column).toList();
  }

  /** What each index stands for; an empty text where it is for words that are not known. */
  List<String> words() {
    List<String> all = new ArrayList<>(unknownIsZero ? List.of("") : List.of());
    all.addAll(words);
    return all;
  }

  @Override
  public TensorSpec spec() {
    long count = words.size() + (unknownIsZero ? 1L : 0);
    return codes.size() == 1 ? TensorSpec.indices(count) : TensorSpec.indices(count, codes.size());
  }

  @Override
  public Tensor tensor(List<Cells> rows) {
    long[] all = new long[Math.multiplyExact(rows.size(), codes.size())];
    int next = 0;
    for (Cells row : rows) {
      for (Code code : codes) {
        all[next++] = index(code, row);
      }
    }
    Tensor indices = torch.tensor(all);
    return codes.size() == 1 ? indices : indices.view(rows.size(), codes.size());
  }

  private long index(Code code, Cells row) {
    String word = code.word(row);
    Long index = indices.get(word);
    if (index != null) {
      return index;
    }
    if (unknownIsZero) {
      return 0;
    }
    List<String> some = words.stream().limit(LISTED).map(Cells::shortened).toList();
    throw row.wrong(
        code.column,
        "'"
            + Cells.shortened(word)
            + "' is none of its words, which are "
            + String.join(", ", some)
            + (words.size() > LISTED ? " and " + (words.size() - LISTED) + " more" : ""));
  }

  @Override
  public void write(Map<String, Object> into) {
    List<Map<String, Object>> columns = new ArrayList<>();
    for (Code code : codes) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("column", code.column);
      code.missing.ifPresent(word -> one.put("missing", word));
      columns.add(one);
    }
    into.put(COLUMNS, columns);
    into.put(UNKNOWN_IS_ZERO, unknownIsZero);
    into.put(WORDS, words);
  }

  @Override
  public void requireSound() {
    if (indices.size() < words.size()) {
      throw CodedPart.unsound("'" + name + "'", "it has a word twice");
    }
  }

  static CodedWords read(String name, Members from) {
    List<Code> codes = new ArrayList<>();
    for (Members one : from.objects(COLUMNS)) {
      codes.add(
          new Code(
              one.text("column"),
              one.has("missing") ? Optional.of(one.text("missing")) : Optional.empty()));
    }
    return new CodedWords(name, codes, from.texts(WORDS), from.truth(UNKNOWN_IS_ZERO));
  }
}
