package io.github.torchscribe.runtime.web;

import java.io.IOException;

/**
 * For HTTP clients: OkHttp throws unchecked exceptions at some answers that are no HTTP, such as a
 * status of −1; here they are what every other bad answer is, an {@link IOException}.
 */
public final class AnswerCheck {
  private AnswerCheck() {}

  /**
   * A request and what comes back.
   *
   * @param <T> the answer
   */
  @FunctionalInterface
  public interface Exchange<T> {
    /**
     * Asks.
     *
     * @return the answer
     * @throws IOException when there is none
     */
    T answer() throws IOException;
  }

  /**
   * Asks, and sees to what is thrown.
   *
   * @param <T> the answer
   * @param exchange the request
   * @return the answer
   * @throws IOException when there is none, or none that is HTTP
   */
  public static <T> T checked(Exchange<T> exchange) throws IOException {
    try {
      return exchange.answer();
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new IOException("the answer is no HTTP: " + e.getMessage(), e);
    }
  }
}
