package io.github.torchscribe.runtime.distributed;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Something that goes through memory that ranks share, block by block; each is seen to thrice. */
abstract class Passage {
  private static final int TYPES = 8;
  private static final int KINDS = 4;
  private static final int CUTS = 12;

  private final long blocks;
  private final long what;

  /**
   * Begins.
   *
   * @param kind of passage
   * @param type of the numbers
   * @param bytes how many there are
   * @param longest of them, how many go through one after the other
   * @param cut another one where these are cut into other parts
   */
  Passage(Kind kind, Tensor type, long bytes, long longest, int cut) {
    blocks = (longest + SharedPlaces.BLOCK - 1) / SharedPlaces.BLOCK;
    long parts = cut & (1 << CUTS) - 1;
    what = ((bytes << CUTS | parts) << TYPES | type.scalar_type().value) << KINDS | kind.ordinal();
  }

  /** What is done. */
  enum Kind {
    NOTHING("doing nothing"),
    SUM("adding up"),
    ONE("sending one rank's"),
    PARTS("telling what it has of");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** How many blocks there are. */
  final long blocks() {
    return blocks;
  }

  /** A number that says what is done with how many numbers of which type. */
  final long what() {
    return what;
  }

  /** What such a number says. */
  static String named(long what) {
    ScalarType type = null;
    for (ScalarType some : ScalarType.values()) {
      if (some.value == (byte) (what >> KINDS)) {
        type = some;
      }
    }
    Kind kind = Kind.values()[(int) (what & (1 << KINDS) - 1)];
    return kind.words + " " + (what >>> KINDS + TYPES + CUTS) + " bytes of " + type;
  }

  /** Writes this rank's block into its place. */
  abstract void write(long block, int place);

  /** All ranks have written theirs: adds up its part of them. */
  abstract void add(long block, int place);

  /** All have done that: reads what has come of it. */
  abstract void read(long block, int place);
}
