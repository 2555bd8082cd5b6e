package io.github.torchscribe.runtime.data;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * For HTTP clients: OkHttp throws unchecked exceptions at some answers that are no HTTP, such as a
 * status of −1; here they are what every other bad answer is, an {@link IOException}.
 */
public final class AnswerCheck implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    try {
      return chain.proceed(chain.request());
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new IOException("the answer is no HTTP: " + e.getMessage(), e);
    }
  }
}
