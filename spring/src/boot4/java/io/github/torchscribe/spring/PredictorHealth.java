package io.github.torchscribe.spring;

import io.github.torchscribe.runtime.Predictor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The part {@code predictor} of {@code /actuator/health}, as Spring Boot 4 has it. */
@Component("predictorHealthIndicator")
class PredictorHealth implements HealthIndicator {
  private final Predictor predictor;

  PredictorHealth(Predictor predictor) {
    this.predictor = predictor;
  }

  @Override
  public Health health() {
    return predictor
        .trouble()
        .map(why -> Health.down().withDetail("trouble", why).build())
        .orElseGet(() -> Health.up().build());
  }
}
