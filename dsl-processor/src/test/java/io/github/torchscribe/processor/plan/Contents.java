package io.github.torchscribe.processor.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What lies where in one of the layouts. */
final class Contents {
  /** From here to there lies something, whole. */
  private record Piece(long begin, long end, List<String> content) {}

  private final Function<Span, Optional<Stay>> places;
  private final long size;
  private final List<Piece> pieces = new ArrayList<>();

  /** What operations bring in memory of their own. */
  private final Map<String, List<String>> elsewhere = new HashMap<>();

  Contents(Function<Span, Optional<Stay>> places, long size) {
    this.places = places;
    this.size = size;
  }

  private long begin(Span span) {
    return places.apply(span).orElseThrow().offset();
  }

  private boolean hasPlace(Buffer buffer) {
    return buffer.span().flatMap(places).isPresent();
  }

  void write(Buffer buffer, List<String> content) {
    if (hasPlace(buffer)) {
      write(buffer.span().get(), content);
    } else {
      elsewhere.put(buffer.name(), content);
    }
  }

  void write(Span span, List<String> content) {
    long begin = begin(span);
    long end = begin + span.size();
    assertTrue(begin % 16 == 0 && end <= size, () -> begin + " to " + end + " of " + size);
    pieces.removeIf(piece -> piece.begin < end && begin < piece.end);
    pieces.add(new Piece(begin, end, content));
  }

  List<String> at(Buffer buffer) {
    return hasPlace(buffer)
        ? at(buffer.span().get())
        : elsewhere.getOrDefault(buffer.name(), List.of("nothing"));
  }

  List<String> at(Span span) {
    long begin = begin(span);
    return pieces.stream()
        .filter(piece -> piece.begin == begin && piece.end == begin + span.size())
        .map(Piece::content)
        .findFirst()
        .orElse(List.of("nothing whole"));
  }

  boolean isSamePlace(Buffer one, Buffer other) {
    return hasPlace(one)
        ? hasPlace(other) && begin(one.span().get()) == begin(other.span().get())
        : one.name().equals(other.name());
  }
}
