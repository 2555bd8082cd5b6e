package io.github.torchscribe.runtime.visdom;

import io.github.torchscribe.runtime.library.Library;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Settings of a {@link Visdom} client, which {@link Visdom#at} begins. */
public final class VisdomSettings {
  final URI server;
  String env = "main";
  String username;
  String password;
  Path log;
  Duration patience = Duration.ofSeconds(10);

  VisdomSettings(URI server) {
    this.server = server;
  }

  /**
   * The environment that is drawn into.
   *
   * @param name {@code main} unless stated otherwise
   * @return these settings
   */
  public VisdomSettings env(String name) {
    env = name;
    return this;
  }

  /**
   * Logs in, for a server that was started with {@code -enable_login}.
   *
   * @param name the user
   * @param secret the password, in plain text
   * @return these settings
   */
  public VisdomSettings login(String name, String secret) {
    username = name;
    password = secret;
    return this;
  }

  /**
   * Also writes every message into a file, which Python's {@code viz.replay_log} can replay.
   *
   * @param path is appended to
   * @return these settings
   */
  public VisdomSettings logToFile(Path path) {
    log = path;
    return this;
  }

  /**
   * How long to wait for a connection or an answer.
   *
   * @param time ten seconds unless stated otherwise
   * @return these settings
   */
  public VisdomSettings patience(Duration time) {
    patience = time;
    return this;
  }

  /**
   * Connects.
   *
   * @return to be closed
   * @throws VisdomException when there is no server, or it wants a login
   * @throws IllegalStateException when OkHttp is not there; the message says what to add
   */
  public Visdom connect() {
    Library.OKHTTP.require("Visdom");
    Visdom visdom = new Visdom(this);
    try {
      visdom.send(new PlotMessage("env/" + env, PlotMessage.object("eid", env)));
      return visdom;
    } catch (RuntimeException e) {
      visdom.close();
      throw e;
    }
  }

  /** The same settings, without a log file. */
  VisdomSettings withoutLog() {
    VisdomSettings copy = new VisdomSettings(server);
    copy.env = env;
    copy.username = username;
    copy.password = password;
    copy.patience = patience;
    return copy;
  }
}
