package io.github.torchscribe.spring;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.samples.mnist.CnnModel;
import io.github.torchscribe.samples.serve.FollowedFile;
import io.github.torchscribe.samples.serve.PredictorMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** A model, who answers by it, and what follows its file. They are closed the other way round. */
@Configuration(proxyBeanMethods = false)
class PredictorConfiguration {
  /** The file before it is loaded: what is written while the service starts is seen. */
  @Bean
  FollowedFile.Stamp loaded(ServingProperties properties) {
    return FollowedFile.Stamp.of(properties.weights());
  }

  @Bean(destroyMethod = "close")
  @DependsOn("loaded")
  Model model(ServingProperties properties) {
    return CnnModel.create().load(properties.weights());
  }

  /** Before the server listens, answers are as quick as they will be. */
  @Bean(destroyMethod = "close")
  Predictor predictor(Model model, MeterRegistry registry, ServingProperties properties) {
    return model
        .predictor()
        .warmUp(1, properties.warmUp())
        .listener(new PredictorMetrics(registry, model.name()));
  }

  @Bean(destroyMethod = "close")
  FollowedFile followedFile(
      FollowedFile.Stamp loaded, Predictor predictor, ServingProperties properties) {
    FollowedFile followed =
        new FollowedFile(
            properties.weights(),
            loaded,
            CnnModel::create,
            predictor,
            LoggerFactory.getLogger(FollowedFile.class)::info);
    followed.follow(properties.follow());
    return followed;
  }
}
