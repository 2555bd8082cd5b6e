package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.Branches;
import io.github.torchscribe.dsl.Named;
import io.github.torchscribe.dsl.Residual;
import io.github.torchscribe.dsl.Shortcut;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what stands on a type or on a method, from top to bottom. */
final class PartReader {
  /** As an attribute of Python's, or a position. */
  private static final String WORD = "([A-Za-z_]\\w*|\\d+)";

  private static final String NAME = WORD + "(\\." + WORD + ")*";

  private final Vocabulary vocabulary;
  private final Uses uses;
  private final String home;
  private final Report report;
  private final List<Part> parts = new ArrayList<>();
  private Optional<Written> meeting = Optional.empty();
  private Optional<Written> name = Optional.empty();
  private Optional<Written> residual = Optional.empty();
  private Optional<Written> shortcut = Optional.empty();
  private Optional<Part.Nested> beside = Optional.empty();
  private int above;

  /**
   * A reader.
   *
   * @param vocabulary which annotations are what
   * @param uses reads what is used
   * @param home the type or method, for messages
   * @param report is told what is wrong
   */
  PartReader(Vocabulary vocabulary, Uses uses, String home, Report report) {
    this.vocabulary = vocabulary;
    this.uses = uses;
    this.home = home;
    this.report = report;
  }

  /**
   * Reads it, once.
   *
   * @param all annotations, in source order
   * @param arriving how many values there are before
   */
  Layers read(List<Written> all, int arriving) {
    List<Written> ours = all.stream().filter(Strangers::isOurs).toList();
    for (int i = 0; i < ours.size(); i++) {
      Written written = ours.get(i);
      if (written.is(Named.class)) {
        name.ifPresent(this::sayNamesNothing);
        name = Optional.of(written).filter(this::isName);
      } else if (opens(written, arriving)) {
        name().ifPresent(this::sayNamesNothing);
        meeting = Optional.of(written);
        isRead(written);
      } else if (vocabulary.layers().contains(written.kind())) {
        parts.add(isRead(written) ? new Part.Single(written, name()) : unread(written));
      } else if (written.is(Use.class)) {
        parts.add(use(written));
      } else if (written.is(Branches.class)) {
        Optional<Written> next =
            i + 1 < ours.size() ? Optional.of(ours.get(i + 1)) : Optional.empty();
        next = next.filter(this::isMeeting);
        i += next.isPresent() ? 1 : 0;
        parts.add(branches(written, next));
      } else if (written.is(Shortcut.class)) {
        shortcut = Optional.of(written);
        beside = isRead(written) ? uses.nested(written, 1, name()) : Optional.empty();
      } else {
        name.ifPresent(this::sayNamesNothing);
        name = Optional.empty();
        readBetween(written, arriving);
      }
    }
    name.ifPresent(this::sayNamesNothing);
    return new Layers(meeting, withSum());
  }

  /** Whether a layer takes several values, as nothing else says how they meet. */
  private boolean opens(Written written, int arriving) {
    return arriving > 1 && isFirst() && vocabulary.openings().contains(written.kind());
  }

  private boolean isFirst() {
    return parts.isEmpty() && meeting.isEmpty() && residual.isEmpty();
  }

  private void readBetween(Written written, int arriving) {
    if (written.is(Residual.class)) {
      residual = Optional.of(written);
      above = parts.size();
    } else if (isMeeting(written)) {
      if (isFirst() && arriving > 1) {
        meeting = Optional.of(written);
        isRead(written);
      } else {
        sayMeetsNothing(written, arriving);
      }
    }
  }

  private void sayMeetsNothing(Written written, int arriving) {
    String why =
        arriving > 1
            ? home + " says already what it begins with; write it above all else"
            : "here is one; let " + home + " take several, or write it right behind @Branches";
    report.say(Message.MEETS_NOTHING, written.at(), written.name(), why);
  }

  /** Above all parts, all of them are what is added to. */
  private List<Part> withSum() {
    if (residual.isEmpty()) {
      shortcut.ifPresent(alone -> report.say(Message.SHORTCUT_ALONE, alone.at(), home));
    } else if (parts.isEmpty() && meeting.isPresent()) { // else it is said that there is nothing
      report.say(Message.ADDS_NOTHING, residual.get().at(), home);
    } else if (!parts.isEmpty()) {
      boolean unread = shortcut.isPresent() && beside.isEmpty();
      Written written = residual.get();
      parts.add(
          above == 0 ? parts.size() : above,
          unread ? new Part.Unread(written) : new Part.Sum(written, beside));
    }
    return List.copyOf(parts);
  }

  private Part use(Written written) {
    if (!isRead(written)) {
      return unread(written);
    }
    int times = (int) written.checked("times", "at least 1", t -> t >= 1, report);
    Optional<Written> called = name();
    Optional<Part.Nested> nested = uses.nested(written, Math.max(1, times), called);
    return nested.isPresent() ? nested.get() : new Part.Unread(written);
  }

  private Part branches(Written written, Optional<Written> meets) {
    if (meets.isEmpty()) {
      report.say(Message.BRANCHES_APART, written.at(), vocabulary.waysToMeet());
    }
    int count = written.allNamed("value").size();
    if (count < 2) {
      report.say(
          Message.FEW_BRANCHES,
          written.at("value"),
          count,
          count == 0 ? "name them, or remove it" : "write @Use for one");
    }
    Optional<Written> called = name();
    Optional<List<Declaration>> all = isRead(written) ? uses.branches(written) : Optional.empty();
    return meets.isEmpty() || count < 2 || all.isEmpty() || !isRead(meets.get())
        ? new Part.Unread(written)
        : new Part.Branched(written, all.get(), meets.get(), called);
  }

  /** Whether all numbers of an annotation say something; else that is reported. */
  private boolean isRead(Written written) {
    return uses.check(written);
  }

  private Part unread(Written written) {
    name();
    return new Part.Unread(written);
  }

  /** The name of the part at hand. */
  private Optional<Written> name() {
    Optional<Written> taken = name;
    name = Optional.empty();
    return taken;
  }

  private boolean isMeeting(Written written) {
    return vocabulary.meetings().contains(written.kind());
  }

  private boolean isName(Written named) {
    boolean good = named.string("value").matches(NAME);
    if (!good) {
      report.say(Message.NO_NAME, named.at("value"), named.string("value"));
    }
    return good;
  }

  private void sayNamesNothing(Written named) {
    report.say(Message.NAMES_NOTHING, named.at(), named.string("value"));
  }
}
