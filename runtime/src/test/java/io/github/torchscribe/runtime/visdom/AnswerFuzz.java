package io.github.torchscribe.runtime.visdom;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/**
 * Whatever answers in Visdom's place: it is understood, or a {@link VisdomException} says why not.
 */
public final class AnswerFuzz {
  private static final Server SERVER = new Server();

  private AnswerFuzz() {}

  /**
   * Asks for a window and gets an answer.
   *
   * @param bytes all that the server sends: status, headers, body
   */
  public static void fuzzerTestOneInput(byte[] bytes) {
    SERVER.answer = bytes;
    try (Visdom visdom =
        Visdom.at(URI.create("http://127.0.0.1:" + SERVER.socket.getLocalPort()))
            .patience(Duration.ofSeconds(2))
            .connect()) {
      visdom.windowData("w");
    } catch (VisdomException e) {
      // as documented
    }
  }

  /** Sends the same to all. */
  private static final class Server {
    private final ServerSocket socket;
    private volatile byte[] answer = {};

    Server() {
      try {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Thread thread = new Thread(this::serve, "server");
      thread.setDaemon(true);
      thread.start();
    }

    private void serve() {
      while (true) {
        try (Socket client = socket.accept()) {
          client.setSoTimeout(1000);
          InputStream in = client.getInputStream();
          byte[] request = new byte[4096];
          int length = 0;
          while (length >= 0 && request[Math.max(0, length - 1)] != '}') { // the body is an object
            length = in.read(request);
          }
          client.getOutputStream().write(answer);
        } catch (IOException e) {
          // that client has gone
        }
      }
    }
  }
}
