package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.Size;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What {@link Size#A}, {@link Size#B} and so on are where a block is used. They are numbers like
 * others to the compiler, so which is meant is read back from the number.
 */
final class Sizes {
  /** Of a network, which nobody gives any. */
  static final Sizes NONE = new Sizes(List.of(), false, false, "");

  /** Of a block that is looked at by itself: whatever they are, nobody knows. */
  static final Sizes FREE = new Sizes(List.of(), true, true, "");

  private static final int[] SYMBOLS = {
    Size.A, Size.B, Size.C, Size.D, Size.E, Size.F, Size.G, Size.H
  };

  private static final Pattern MENTION = Pattern.compile("\\bSize\\.([A-H])\\b");
  private static final Pattern MULTIPLE =
      Pattern.compile("(\\d+ *\\* *)*[\\w.]*Size\\.[A-H]( *\\* *\\d+)*");

  private static final long MOST = 63;

  /** Whatever is below, and no multiple, has been computed with a symbol. */
  private static final long NO_NUMBER = -1_000_000;

  private final List<Long> given;
  private final boolean inBlock;
  private final boolean free;
  private final String use;

  private Sizes(List<Long> given, boolean inBlock, boolean free, String use) {
    this.given = given;
    this.inBlock = inBlock;
    this.free = free;
    this.use = use;
  }

  /**
   * What a use gives.
   *
   * @param given in the order of the symbols
   * @param use says where, for messages
   */
  static Sizes of(List<Long> given, String use) {
    return new Sizes(given, true, false, use);
  }

  /** Which use it is, for messages; empty where there is none. */
  String use() {
    return use;
  }

  /** Whether nobody knows what they are. */
  boolean isFree() {
    return free;
  }

  /** Whether a number stands for another. */
  boolean replaces(long number) {
    return Multiple.of(number).isPresent() || inBlock && isComputed(number);
  }

  /** The number that is meant: 1 where nobody knows. */
  long of(long number) {
    if (!replaces(number)) {
      return number;
    }
    return Multiple.of(number)
        .filter(multiple -> multiple.symbol() < given.size())
        .map(multiple -> multiple.factor() * given.get(multiple.symbol()))
        .orElse(1L);
  }

  /** Reports all numbers of an annotation that say nothing here. */
  boolean check(Written written, String home, Report report) {
    int errors = report.errors();
    written.eachNumber(
        (number, at) -> {
          Set<Integer> symbols = symbols(number, at);
          if (!inBlock) {
            symbols.stream()
                .limit(1)
                .forEach(symbol -> report.say(Message.SIZE_WITHOUT_USE, at, letter(symbol), home));
          } else if (!(number instanceof Integer) && !symbols.isEmpty()) {
            report.say(Message.SIZE_NOT_WHOLE, at, letter(symbols.iterator().next()));
          } else if (number instanceof Integer whole && isComputed(whole, at)) {
            report.say(Message.SIZE_COMPUTED, at);
          }
        });
    return report.errors() == errors;
  }

  /** The symbols in a value: as it is written, where the source shows, and as a number. */
  private static Set<Integer> symbols(Number number, Position at) {
    Set<Integer> found = new TreeSet<>();
    MENTION.matcher(text(at)).results().forEach(m -> found.add(m.group(1).charAt(0) - 'A'));
    if (number.longValue() == number.doubleValue()) {
      Multiple.of(number.longValue()).ifPresent(multiple -> found.add(multiple.symbol()));
    }
    return found;
  }

  private static String text(Position at) {
    return at.tree() == null ? "" : at.tree().toString();
  }

  /** What is no multiple of a symbol: as it is written, for what becomes a number like others. */
  private static boolean isComputed(int number, Position at) {
    boolean mentions = MENTION.matcher(text(at)).find();
    return isComputed(number)
        || mentions && !(MULTIPLE.matcher(text(at)).matches() && Multiple.of(number).isPresent());
  }

  /** Which symbols stand in annotations. */
  static Set<Integer> in(List<Written> all) {
    Set<Integer> found = new TreeSet<>();
    for (Written written : all) {
      written.eachNumber((number, at) -> found.addAll(symbols(number, at)));
    }
    return found;
  }

  /** What a symbol is called. */
  static char letter(int symbol) {
    return (char) ('A' + symbol);
  }

  /** Without the source, differences and what is negative may be sizes like others. */
  private static boolean isComputed(long number) {
    if (number < NO_NUMBER) {
      return Multiple.of(number).isEmpty();
    }
    if (Multiple.of(-number).isPresent()) {
      return true;
    }
    for (int symbol : SYMBOLS) {
      for (int other : SYMBOLS) {
        if (symbol != other && number == symbol - other) {
          return true;
        }
      }
    }
    return false;
  }

  /** A symbol, so many times. */
  private record Multiple(int symbol, long factor) {
    static Optional<Multiple> of(long number) {
      for (int i = 0; i < SYMBOLS.length; i++) {
        long factor = number / SYMBOLS[i];
        if (number % SYMBOLS[i] == 0 && factor >= 1 && factor <= MOST) {
          return Optional.of(new Multiple(i, factor));
        }
      }
      return Optional.empty();
    }
  }
}
