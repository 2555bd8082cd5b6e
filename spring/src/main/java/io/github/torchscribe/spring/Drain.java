package io.github.torchscribe.spring;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Before the server stops to listen, the readiness probe says no for a while, so that who shares
 * out questions sends them elsewhere; those that still come are answered. Then Spring's own
 * graceful shutdown waits for what is under way.
 */
@Component
class Drain implements SmartLifecycle {
  private final ApplicationContext context;
  private final ServingProperties properties;
  private volatile boolean running;

  Drain(ApplicationContext context, ServingProperties properties) {
    this.context = context;
    this.properties = properties;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
    try {
      Thread.sleep(properties.drain().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** The last to start, and the first to stop. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
