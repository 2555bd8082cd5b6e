package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.cuda.NotRecorded;
import io.github.torchscribe.runtime.torch.Arena;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The random masks of work that is recorded: a recording has no random stream, so they are drawn
 * before it is replayed, in the order in which the work reads them, into tensors of their own.
 */
final class Draws implements AutoCloseable {
  private final List<Draw> all = new ArrayList<>();
  private int next;

  private record Draw(Arena arena, Tensor mask, double probability) {
    void draw(GeneratorOptional generator) {
      mask.bernoulli_(probability, generator);
    }
  }

  /** Draws all masks that are known, before the work begins. */
  void draw(GeneratorOptional generator) {
    all.forEach(draw -> draw.draw(generator));
  }

  /** The work begins, maybe once more with what has been drawn. */
  void begin() {
    next = 0;
  }

  /**
   * The next mask of the work.
   *
   * @param mask is filled
   * @param probability of a 1
   */
  void fill(Tensor mask, double probability, GeneratorOptional generator) {
    if (next == all.size()) {
      add(mask, probability, generator);
    }
    mask.copy_(all.get(next++).mask);
  }

  /** The work is done for the first time: nobody knew of this one. */
  private void add(Tensor mask, double probability, GeneratorOptional generator) {
    NotRecorded.unlessDone("it has come to draw more random numbers than before");
    Tensor[] own = new Tensor[1];
    Arena arena = Arena.filledBy(() -> own[0] = torch.empty_like(mask));
    Draw draw = new Draw(arena, own[0], probability);
    draw.draw(generator);
    all.add(draw);
  }

  @Override
  public void close() {
    all.forEach(draw -> draw.arena.close());
    all.clear();
  }
}
