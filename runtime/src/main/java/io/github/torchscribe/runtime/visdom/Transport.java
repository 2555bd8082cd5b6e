package io.github.torchscribe.runtime.visdom;

import io.github.torchscribe.runtime.json.Json;
import io.github.torchscribe.runtime.web.AnswerCheck;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Brings messages to the server and answers back, with readable errors. */
final class Transport implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");

  /** What listens there may not be Visdom, and a short answer may unpack to anything. */
  private static final long LONGEST = 1 << 26;

  private final HttpUrl base;
  private final OkHttpClient client;
  private final String username;
  private final String password;
  private boolean loggedIn;

  /**
   * A connection that is made with the first message.
   *
   * @param server its address
   * @param username null where the server wants no login
   * @param password in plain text, or null
   * @param patience how long to wait for a connection and for an answer
   */
  Transport(URI server, String username, String password, Duration patience) {
    base = HttpUrl.get(server);
    if (base == null) {
      throw new IllegalArgumentException(
          "a Visdom server's address is like http://localhost:8097, but this is " + server);
    }
    this.username = username;
    this.password = password;
    client =
        new OkHttpClient.Builder()
            .connectTimeout(patience)
            .callTimeout(patience.multipliedBy(2))
            .readTimeout(patience)
            .followRedirects(false)
            .cookieJar(new Cookies())
            .build();
  }

  /** The server's address, for messages. */
  String address() {
    return base.toString();
  }

  /**
   * Sends a message.
   *
   * @return the server's answer
   */
  synchronized String send(PlotMessage message) {
    if (username != null && !loggedIn) {
      logIn();
    }
    return post(url(message.endpoint()), Json.text(message.content()));
  }

  private HttpUrl url(String endpoint) {
    return base.newBuilder().addPathSegments(endpoint).build();
  }

  private void logIn() {
    post(base, Json.text(Map.of("username", username, "password", sha256(password))));
    loggedIn = true;
  }

  private String post(HttpUrl url, String body) {
    Request request = new Request.Builder().url(url).post(RequestBody.create(body, JSON)).build();
    try (Response response = AnswerCheck.checked(client.newCall(request)::execute)) {
      ResponseBody content = response.peekBody(LONGEST + 1);
      if (content.contentLength() > LONGEST) {
        throw new VisdomException(
            "Visdom at " + base + " answers with more than " + LONGEST + " bytes", false, null);
      }
      String answer = content.string();
      check(response, answer);
      return answer;
    } catch (InterruptedIOException e) {
      throw new VisdomException("Visdom at " + base + " does not answer in time", true, e);
    } catch (IOException e) {
      throw new VisdomException(
          "no Visdom server at "
              + base
              + ": "
              + e.getMessage()
              + ". Start one with: python -m visdom.server",
          true,
          e);
    }
  }

  private void check(Response response, String answer) {
    int code = response.code();
    // The server answers 400 to whoever is not logged in, and to a login that is wrong.
    if (code == 400 && username != null && !loggedIn) {
      throw new VisdomException(
          "Visdom at " + base + " refuses the login of '" + username + "'", false, null);
    }
    if (code == 400 || code == 401 || code == 403 || response.isRedirect()) {
      throw new VisdomException(
          "Visdom at " + base + " refuses the message (" + code + "); does it want a login?",
          false,
          null);
    }
    if (!response.isSuccessful()) {
      throw new VisdomException("Visdom at " + base + " answers " + code, code >= 500, null);
    }
    if (answer.stripLeading().regionMatches(true, 0, "<!doctype", 0, 9)
        || answer.stripLeading().regionMatches(true, 0, "<html", 0, 5)) {
      throw new VisdomException(
          base + " answers with a web page: what listens there is not Visdom, or wants a login",
          false,
          null);
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  /** The login's cookies, for this server alone. */
  private static final class Cookies implements CookieJar {
    private final Map<String, Cookie> kept = new ConcurrentHashMap<>();

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
      cookies.forEach(cookie -> kept.put(cookie.name(), cookie));
    }

    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
      return kept.values().stream().filter(cookie -> cookie.matches(url)).toList();
    }
  }
}
