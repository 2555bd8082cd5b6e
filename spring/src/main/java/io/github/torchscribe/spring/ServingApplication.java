package io.github.torchscribe.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** A service that says what digit an image shows. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ServingApplication {
  /**
   * Starts it.
   *
   * @param args properties, such as {@code --serving.weights=runs/cnn.safetensors}
   */
  public static void main(String[] args) {
    SpringApplication.run(ServingApplication.class, args);
  }
}
