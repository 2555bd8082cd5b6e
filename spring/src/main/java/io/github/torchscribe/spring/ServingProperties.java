package io.github.torchscribe.spring;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What {@code application.properties} says of the service.
 *
 * @param weights as safetensors; when the file changes, answers come of what it has then
 * @param follow how often it is looked at
 * @param warmUp how long at most before the first question
 * @param drain how long questions are still answered after the readiness probe says no
 */
@ConfigurationProperties("serving")
record ServingProperties(
    Path weights,
    @DefaultValue("1s") Duration follow,
    @DefaultValue("3s") Duration warmUp,
    @DefaultValue("5s") Duration drain) {}
