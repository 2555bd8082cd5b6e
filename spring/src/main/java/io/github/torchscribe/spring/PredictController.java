package io.github.torchscribe.spring;

import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.samples.serve.Digits;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /predict}: an image of numbers, several, or a picture. */
@RestController
class PredictController {
  private static final int MOST_IMAGES = 64;

  private final Predictor predictor;

  PredictController(Predictor predictor) {
    this.predictor = predictor;
  }

  /**
   * One image or several.
   *
   * @param pixels 784 numbers from 0 to 255; null where there are images
   * @param images such, at most 64
   */
  record Question(float[] pixels, List<float[]> images) {}

  /**
   * What an image shows.
   *
   * @param likely the likeliest first
   */
  record Answer(String digit, List<Predictor.Ranked> likely) {
    static Answer of(float... scores) {
      List<Predictor.Ranked> likely = Digits.likeliest(scores);
      return new Answer(likely.get(0).label(), likely);
    }
  }

  /** In the order of the images. */
  record Answers(List<Answer> answers) {}

  @PostMapping(path = "/predict", consumes = MediaType.APPLICATION_JSON_VALUE)
  Object predict(@RequestBody Question question) {
    if (question.pixels() != null) {
      return Answer.of(predictor.predict(Digits.example("'pixels'", question.pixels())));
    }
    if (question.images() == null) {
      throw new IllegalArgumentException("there are neither 'pixels' nor 'images'");
    }
    if (question.images().size() > MOST_IMAGES) {
      throw new IllegalArgumentException("a request has at most " + MOST_IMAGES + " images");
    }
    float[][] examples = new float[question.images().size()][];
    for (int i = 0; i < examples.length; i++) {
      examples[i] = Digits.example("image " + i, question.images().get(i));
    }
    List<Answer> answers = new ArrayList<>();
    for (float[] scores : predictor.predict(examples)) {
      answers.add(Answer.of(scores));
    }
    return new Answers(answers);
  }

  @PostMapping(
      path = "/predict",
      consumes = {MediaType.IMAGE_PNG_VALUE, MediaType.IMAGE_JPEG_VALUE, MediaType.IMAGE_GIF_VALUE})
  Answer predict(@RequestBody byte[] picture) {
    return Answer.of(Digits.scores(predictor, picture));
  }

  /** What is wrong with a question is for who asked; all else is the server's own. */
  @ExceptionHandler(IllegalArgumentException.class)
  ProblemDetail refused(IllegalArgumentException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
  }
}
