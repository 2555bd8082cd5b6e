package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.ImageFolder;
import io.github.torchscribe.runtime.data.PictureFile;
import io.github.torchscribe.runtime.data.Pixels;
import io.github.torchscribe.runtime.data.Transform;
import io.github.torchscribe.runtime.data.Transformed;
import io.github.torchscribe.runtime.data.Transforms;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that a predictor is asked about are what they are in training. */
class PredictorImagesTest {
  @Test
  void imagesAreWhatTheDatasetMakesOfThem() {
    try (Model model = MlpModel.create();
        Predictor predictor = model.predictor()) {
      float[][] images = PredictorTest.images();
      float[][] expected = predictor.predict(images);
      List<BufferedImage> pictures = new ArrayList<>();
      for (float[] image : images) {
        BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < image.length; i++) {
          int grey = Math.round((image[i] * 0.3081f + 0.1307f) * 255);
          picture.setRGB(i % 28, i / 28, grey << 16 | grey << 8 | grey);
        }
        pictures.add(picture);
      }
      Transform normalize = Transforms.normalize(new double[] {0.1307}, new double[] {0.3081});
      float[][] answers = predictor.predict(pictures, normalize);
      for (int i = 0; i < images.length; i++) {
        assertArrayEquals(expected[i], answers[i], 1e-4f);
      }
      BufferedImage large = new BufferedImage(64, 48, BufferedImage.TYPE_INT_ARGB);
      assertEquals(10, predictor.predict(List.of(large), normalize)[0].length);
      assertEquals(0, predictor.predict(new float[0][]).length);
    }
  }

  /** Whatever a file is like, the network is asked about what it has been trained on. */
  @Test
  void aFileIsTheSameInTrainingAndServing(@TempDir Path folder) throws IOException {
    Path root = Files.createDirectories(folder.resolve("one"));
    int[][] kinds = {
      {BufferedImage.TYPE_BYTE_GRAY, 28}, {BufferedImage.TYPE_BYTE_GRAY, 51},
      {BufferedImage.TYPE_USHORT_GRAY, 28}, {BufferedImage.TYPE_3BYTE_BGR, 28},
      {BufferedImage.TYPE_4BYTE_ABGR, 51}, {BufferedImage.TYPE_BYTE_INDEXED, 28}
    };
    Random random = new Random(8);
    for (int k = 0; k < kinds.length; k++) {
      BufferedImage image = new BufferedImage(kinds[k][1], kinds[k][1], kinds[k][0]);
      for (int i = 0; i < kinds[k][1] * kinds[k][1]; i++) {
        image.setRGB(i % kinds[k][1], i / kinds[k][1], random.nextInt());
      }
      assertTrue(ImageIO.write(image, "png", root.resolve(k + ".png").toFile()));
    }
    try (Model model = MlpModel.create();
        Predictor predictor = model.predictor();
        ImageFolder data = ImageFolder.of(folder).grey().resized(28, 28)) {
      for (int i = 0; i < kinds.length; i++) {
        float[] numbers = new float[28 * 28];
        try (Tensor example = data.examples(i)) {
          example.data_ptr_float().get(numbers);
        }
        float[] trained = predictor.predict(numbers);
        BufferedImage byImageIo = ImageIO.read(data.file(i).toFile());
        BufferedImage byUs = PictureFile.read(data.file(i));
        assertArrayEquals(trained, predictor.predict(List.of(byImageIo))[0], "file " + i);
        assertArrayEquals(trained, predictor.predict(List.of(byUs))[0], "file " + i);
      }
    }
  }

  @Test
  void whatWasCroppedInTrainingIsCroppedInServing(@TempDir Path folder) throws IOException {
    Path file = Files.createDirectories(folder.resolve("one")).resolve("1.png");
    BufferedImage image = new BufferedImage(90, 70, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(9);
    for (int i = 0; i < 90 * 70; i++) {
      image.setRGB(i % 90, i / 90, random.nextInt());
    }
    assertTrue(ImageIO.write(image, "png", file.toFile()));
    Transform crop = Transforms.centerCrop(28, 28);
    Transform normalize = Transforms.normalize(new double[] {0.1307}, new double[] {0.3081});
    try (Model model = MlpModel.create();
        Predictor predictor = model.predictor();
        ImageFolder plain = ImageFolder.of(folder).grey().resized(41, 35);
        Dataset data = new Transformed(plain, 1, crop, normalize);
        Tensor example = data.examples(0)) {
      float[] numbers = new float[28 * 28];
      example.data_ptr_float().get(numbers);
      List<BufferedImage> images = List.of(PictureFile.read(file));
      Pixels pixels = new Pixels(true, 41, 35);
      assertArrayEquals(
          predictor.predict(numbers), predictor.predict(images, pixels, crop, normalize)[0]);
      IllegalArgumentException thrown =
          assertThrows(
              IllegalArgumentException.class, () -> predictor.predict(images, pixels, normalize));
      assertEquals(
          "the network takes Float (N, 1, 28, 28), but an image that is scaled and transformed is"
              + " (N, 1, 41, 35)",
          thrown.getMessage());
    }
  }

  @Test
  void saysWhichImageIsNone() {
    try (Model model = MlpModel.create();
        Predictor predictor = model.predictor()) {
      BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
      IllegalArgumentException thrown =
          assertThrows(
              IllegalArgumentException.class, () -> predictor.predict(Arrays.asList(image, null)));
      assertEquals(
          "image 1 is null, as ImageIO.read has it for what it cannot read", thrown.getMessage());
    }
  }
}
