package io.github.torchscribe.samples.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads images from JSON: {@code {"pixels": [784 numbers]}}, or {@code {"images": [[784 numbers],
 * …]}}. Read token by token: a tree of 784 numbers costs as much as a layer.
 */
final class DigitRequests {
  static final int MOST_IMAGES = 64;
  private static final JsonMapper JSON = new JsonMapper();

  private DigitRequests() {}

  /**
   * What a request asks about, as MNIST is normalised.
   *
   * @param several whether it has a list of images, of which each wants an answer
   */
  record Asked(float[][] images, boolean several) {}

  /**
   * Reads a request.
   *
   * @throws IllegalArgumentException when it has no images, or too many, or what is none; the
   *     message is for who asks
   */
  static Asked read(byte[] body) {
    try (JsonParser json = JSON.createParser(body)) {
      Asked asked = null;
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          boolean isList = json.nextToken() == JsonToken.START_ARRAY;
          if (isList && name.equals("pixels")) {
            asked = new Asked(new float[][] {image(json, "'pixels'", "pixel ")}, false);
          } else if (isList && name.equals("images")) {
            asked = new Asked(images(json), true);
          } else {
            json.skipChildren();
          }
        }
      }
      if (asked == null) {
        throw Digits.wrongSize("'pixels'", 0);
      }
      return asked;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the request is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the request is no JSON", e);
    }
  }

  private static float[][] images(JsonParser json) throws IOException {
    List<float[]> images = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      int index = images.size();
      if (index == MOST_IMAGES) {
        throw new IllegalArgumentException("a request has at most " + MOST_IMAGES + " images");
      }
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw Digits.wrongSize("image " + index, 0);
      }
      images.add(image(json, "image " + index, "image " + index + ": pixel "));
    }
    return images.toArray(float[][]::new);
  }

  private static float[] image(JsonParser json, String what, String pixel) throws IOException {
    float[] image = new float[Digits.PIXELS];
    String bad = null;
    int count = 0;
    for (; json.nextToken() != JsonToken.END_ARRAY; count++) {
      double grey = json.currentToken().isNumeric() ? json.getDoubleValue() : Double.NaN;
      if (bad == null && !(grey >= 0 && grey <= Digits.WHITE)) {
        bad = pixel + count + " must be a number from 0 to 255 but is " + json.readValueAsTree();
      }
      json.skipChildren();
      if (count < Digits.PIXELS) {
        image[count] = Digits.normalized(grey);
      }
    }
    if (count != Digits.PIXELS) {
      throw Digits.wrongSize(what, count);
    }
    if (bad != null) {
      throw new IllegalArgumentException(bad);
    }
    return image;
  }
}
