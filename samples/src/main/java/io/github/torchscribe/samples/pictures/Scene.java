package io.github.torchscribe.samples.pictures;

import java.util.Random;

/**
 * A picture as from a microscope: some cells, overlapping, on a ground that is lit unevenly, has a
 * texture and scratches as bright as the cells are, and noise over all of it.
 *
 * @param pixels row by row, about 0 to 1
 * @param mask 1 where a cell is, 0 elsewhere
 */
record Scene(float[] pixels, float[] mask) {
  /** Pixels in a row, and rows. */
  static final int SIZE = 64;

  private static final double NOISE = 0.08;

  /**
   * Draws one.
   *
   * @param seed the same gives the same picture
   */
  static Scene of(long seed) {
    Random random = new Random(seed);
    double[] light = ground(random);
    int scratches = 2 + random.nextInt(3);
    for (int i = 0; i < scratches; i++) {
      scratch(light, random);
    }
    float[] mask = new float[SIZE * SIZE];
    int cells = 2 + random.nextInt(5);
    for (int i = 0; i < cells; i++) {
      cell(light, mask, random);
    }
    float[] pixels = new float[light.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (light[i] + NOISE * random.nextGaussian());
    }
    return new Scene(pixels, mask);
  }

  /** Brighter to one side, and waves in some directions. */
  private static double[] ground(Random random) {
    double[] light = new double[SIZE * SIZE];
    double tilt = 2 * Math.PI * random.nextDouble();
    addWave(light, 0.3, tilt, 1.0 / (4 * SIZE), random.nextDouble());
    for (int i = 0; i < 4; i++) {
      double direction = 2 * Math.PI * random.nextDouble();
      double cycles = (2 + 8 * random.nextDouble()) / SIZE;
      addWave(light, 0.04, direction, cycles, random.nextDouble());
    }
    for (int i = 0; i < light.length; i++) {
      light[i] += 0.4;
    }
    return light;
  }

  private static void addWave(
      double[] light, double height, double direction, double cycles, double phase) {
    for (int i = 0; i < light.length; i++) {
      double along = Math.cos(direction) * (i % SIZE) + Math.sin(direction) * (i / SIZE);
      light[i] += height * Math.sin(2 * Math.PI * (cycles * along + phase));
    }
  }

  /** A thin bright line from edge to edge. */
  private static void scratch(double[] light, Random random) {
    double direction = Math.PI * random.nextDouble();
    double x = SIZE * random.nextDouble();
    double y = SIZE * random.nextDouble();
    double half = 0.6 + 0.8 * random.nextDouble();
    for (int i = 0; i < light.length; i++) {
      double across = Math.sin(direction) * (i % SIZE - x) - Math.cos(direction) * (i / SIZE - y);
      if (Math.abs(across) < half) {
        light[i] += 0.25;
      }
    }
  }

  /** An ellipse, a little brighter than what is below it, most so at its rim. */
  private static void cell(double[] light, float[] mask, Random random) {
    double x = SIZE * random.nextDouble();
    double y = SIZE * random.nextDouble();
    double turn = Math.PI * random.nextDouble();
    double length = 6 + 8 * random.nextDouble();
    double width = length * (0.5 + 0.5 * random.nextDouble());
    double bright = 0.12 + 0.13 * random.nextDouble();
    for (int i = 0; i < light.length; i++) {
      double right = i % SIZE - x;
      double down = i / SIZE - y;
      double along = (Math.cos(turn) * right + Math.sin(turn) * down) / length;
      double across = (Math.cos(turn) * down - Math.sin(turn) * right) / width;
      double distance = Math.hypot(along, across);
      if (distance < 1) {
        light[i] += bright * (0.6 + 0.8 * distance * distance);
        mask[i] = 1;
      }
    }
  }
}
