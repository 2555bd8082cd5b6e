package io.github.torchscribe.samples.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.metric.Outcome;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** The pictures that the sample makes, and how it is measured. */
class ScenesTest {
  @Test
  void theSameSeedGivesTheSamePictures() {
    try (Scenes scenes = new Scenes(3, 1);
        Scenes again = new Scenes(5, 1);
        Scenes others = new Scenes(3, 2)) {
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(scenes.scene(i).pixels(), again.scene(i).pixels());
        assertArrayEquals(scenes.scene(i).mask(), again.scene(i).mask());
        for (int j = 0; j < 3; j++) {
          assertTrue(scenes.scene(i).pixels()[0] != others.scene(j).pixels()[0]);
        }
      }
    }
  }

  @Test
  void cellsAreAPartOfEachPicture() {
    try (Scenes scenes = new Scenes(200, 1)) {
      double[] shares =
          IntStream.range(0, 200).mapToDouble(i -> share(scenes.scene(i).mask())).toArray();
      double mean = IntStream.range(0, 200).mapToDouble(i -> shares[i]).average().orElseThrow();
      assertTrue(mean > 0.1 && mean < 0.4, () -> "mean " + mean);
      for (double share : shares) {
        assertTrue(share > 0 && share < 0.8, () -> "share " + share);
      }
    }
  }

  /** Else no network would be needed. */
  @Test
  void brightnessAloneDoesNotTell() {
    try (Scenes scenes = new Scenes(200, 1)) {
      double best =
          IntStream.range(1, 40)
              .mapToDouble(i -> i / 40.0)
              .map(bound -> threshold(scenes, bound))
              .max()
              .orElseThrow();
      assertTrue(best > 0.2 && best < 0.45, () -> "IoU of the best threshold " + best);
    }
  }

  private static double threshold(Scenes scenes, double bound) {
    IntersectionOverUnion measured = new IntersectionOverUnion();
    for (int i = 0; i < scenes.size(); i++) {
      Scene scene = scenes.scene(i);
      long[] bright = new long[scene.pixels().length];
      long[] right = new long[bright.length];
      for (int j = 0; j < bright.length; j++) {
        bright[j] = scene.pixels()[j] > bound ? 1 : 0;
        right[j] = (long) scene.mask()[j];
      }
      measured.update(new Outcome(null, null, bright, right));
    }
    return measured.value();
  }

  @Test
  void intersectionOverUnionIsOverAllBatches() {
    IntersectionOverUnion measured = new IntersectionOverUnion();
    measured.update(new Outcome(null, null, new long[] {1, 1, 0, 0}, new long[] {1, 0, 1, 0}));
    assertEquals(1 / 3.0, measured.value());
    measured.update(new Outcome(null, null, new long[] {1}, new long[] {1}));
    assertEquals(2 / 4.0, measured.value());
    measured.reset();
    assertTrue(Double.isNaN(measured.value()));
  }

  @Test
  void aBatchIsTheChosenPictures() {
    try (Scenes scenes = new Scenes(4, 3);
        PointerScope scope = new PointerScope()) {
      Tensor inputs = scenes.inputs().empty(2);
      scope.attach(inputs);
      Tensor targets = scenes.targets().empty(2);
      scenes.gather(torch.tensor(3L, 1L), inputs, targets);
      float[] read = new float[Scene.SIZE * Scene.SIZE];
      inputs.data_ptr_float().get(read);
      assertArrayEquals(scenes.scene(3).pixels(), read);
      targets.data_ptr_float().position(read.length).get(read);
      assertArrayEquals(scenes.scene(1).mask(), read);
    }
  }

  @Test
  void thereIsAtLeastOnePicture() {
    assertEquals(
        "there must be at least 1 picture, not 0",
        assertThrows(IllegalArgumentException.class, () -> new Scenes(0, 1)).getMessage());
  }

  private static double share(float[] mask) {
    double sum = 0;
    for (float pixel : mask) {
      sum += pixel;
    }
    return sum / mask.length;
  }
}
