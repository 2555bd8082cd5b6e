package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Pools;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** As in an operation of a model: small products are for OpenBLAS with one thread. */
final class OneThreadOfOpenBlas implements BeforeAllCallback, AfterAllCallback {
  private int threads;

  @Override
  public void beforeAll(ExtensionContext context) {
    threads = Pools.openBlas();
    Pools.openBlas(1);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Pools.openBlas(threads);
  }
}
