package io.github.torchscribe.runtime.visdom;

import io.github.torchscribe.runtime.data.Picture;
import io.github.torchscribe.runtime.json.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.bytedeco.pytorch.Tensor;

/**
 * Draws into a Visdom server's windows. Each call is answered before it returns.
 *
 * <pre>{@code
 * try (Visdom viz = Visdom.local()) {
 *   viz.line(List.of(0.), List.of(0.), "train_loss", title("train loss"));
 * }
 * }</pre>
 *
 * <p>A window is named by {@code win}; null makes a new one, whose name is returned. What cannot be
 * sent throws {@link VisdomException}; what cannot be drawn, {@link IllegalArgumentException}.
 */
public final class Visdom implements AutoCloseable {
  private static final int IMAGES_PER_ROW = 8;
  private static final int PADDING = 2;
  private static final int BINS = 30;

  private final Transport transport;
  private final String env;
  private final MessageFile file;

  Visdom(VisdomSettings settings) {
    env = settings.env;
    file = settings.log == null ? null : new MessageFile(settings.log);
    transport =
        new Transport(settings.server, settings.username, settings.password, settings.patience);
  }

  /**
   * A client of {@code http://localhost:8097}, with the environment {@code main}.
   *
   * @return to be closed
   */
  public static Visdom local() {
    return at(URI.create("http://localhost:8097")).connect();
  }

  /**
   * Begins a client with other settings.
   *
   * @param server for example {@code http://localhost:8097}, with the base URL where the server has
   *     one
   * @return settings
   */
  public static VisdomSettings at(URI server) {
    return new VisdomSettings(server);
  }

  // Plots

  /**
   * Draws a line.
   *
   * @param y the heights; a number that is not finite leaves a gap
   * @param x as many
   * @param win the window, or null
   * @param options how it looks
   * @return the window
   */
  public String line(List<Double> y, List<Double> x, String win, Options options) {
    return line(array(y), array(x), win, options);
  }

  /**
   * Draws a line.
   *
   * @param y the heights; a number that is not finite leaves a gap
   * @param x as many
   * @param win the window, or null
   * @param options how it looks
   * @return the window
   */
  public String line(double[] y, double[] x, String win, Options options) {
    return draw(win, Plots.line(y, x, win, env, null, options));
  }

  /**
   * Draws several lines over the same x.
   *
   * @param y a row for each x, in it a height for each line
   * @param x as many as there are rows
   * @param win the window, or null
   * @param options how it looks; {@link Options#legend} names the lines
   * @return the window
   */
  public String line(double[][] y, double[] x, String win, Options options) {
    return draw(win, Plots.lines(y, x, win, env, options));
  }

  /**
   * Changes a line of a window; to add makes the window where there is none.
   *
   * @param y the heights
   * @param x as many
   * @param win the window
   * @param update add or replace
   * @param name which line, or null for the only one
   * @param options how a new window looks
   * @return the window
   */
  public String line(
      double[] y, double[] x, String win, Update update, String name, Options options) {
    PlotMessage message = Plots.line(y, x, win, env, name, options);
    boolean fresh = update == Update.APPEND && !winExists(win);
    return draw(win, fresh ? message : message.asUpdate(update, name));
  }

  /**
   * Draws points.
   *
   * @param x where they are
   * @param y as many
   * @param labels of each, from 1: points of one label have one colour; or null
   * @param win the window, or null
   * @param options how it looks
   * @return the window
   */
  public String scatter(double[] x, double[] y, int[] labels, String win, Options options) {
    return draw(win, Plots.scatter(x, y, labels, win, env, options));
  }

  /**
   * Draws bars.
   *
   * @param heights a row for each place, in it a height for each of its bars
   * @param win the window, or null
   * @param options how it looks; {@link Options#rownames} names the places, {@link Options#legend}
   *     the bars of a place
   * @return the window
   */
  public String bar(double[][] heights, String win, Options options) {
    return draw(win, Plots.bar(heights, win, env, options));
  }

  /**
   * Draws how often values occur.
   *
   * @param values finite numbers
   * @param win the window, or null
   * @param options how it looks; {@link Options#numbins}, 30 unless stated otherwise
   * @return the window
   */
  public String histogram(double[] values, String win, Options options) {
    int bins = Math.min(BINS, values.length);
    return draw(win, Plots.histogram(values, win, env, options.withDefault("numbins", bins)));
  }

  /**
   * Draws a field of colours.
   *
   * @param values rows of the same length
   * @param win the window, or null
   * @param options how it looks
   * @return the window
   */
  public String heatmap(double[][] values, String win, Options options) {
    return draw(win, Plots.heatmap(values, win, env, options));
  }

  // Pictures and text

  /**
   * Shows an image.
   *
   * @param image (H, W), (1, H, W) or (3, H, W), from 0 to 1 or from 0 to 255
   * @param win the window, or null
   * @param options how it looks
   * @return the window
   */
  public String image(Tensor image, String win, Options options) {
    return draw(win, Plots.picture(Picture.of(image), win, env, options));
  }

  /**
   * Shows images in rows of 8, 2 pixels apart.
   *
   * @param images (N, C, H, W) with C 1 or 3
   * @param win the window, or null
   * @param options how it looks
   * @return the window
   */
  public String images(Tensor images, String win, Options options) {
    return images(images, IMAGES_PER_ROW, PADDING, win, options);
  }

  /**
   * Shows images in rows.
   *
   * @param images (N, C, H, W) with C 1 or 3
   * @param nrow how many stand in a row
   * @param padding around each, in pixels
   * @param win the window, or null
   * @param options how it looks
   * @return the window
   */
  public String images(Tensor images, int nrow, int padding, String win, Options options) {
    return draw(win, Plots.picture(Picture.grid(images, nrow, padding), win, env, options));
  }

  /**
   * Shows text.
   *
   * @param html is shown as HTML, as Visdom does: escape what is not yours
   * @param win the window, or null
   * @param options how it looks
   * @return the window
   */
  public String text(String html, String win, Options options) {
    return draw(win, Plots.text(html, win, env, options));
  }

  // Windows and environments

  /**
   * Closes a window.
   *
   * @param win the window, or null for all
   */
  public void close(String win) {
    send(PlotMessage.of("close", win, env));
  }

  /**
   * Whether a window exists.
   *
   * @param win the window
   * @return true when it does
   */
  public boolean winExists(String win) {
    return send(PlotMessage.of("win_exists", win, env)).equals("true");
  }

  /**
   * What a window holds.
   *
   * @param win the window, or null for all
   * @return JSON as the server has it, an object of a window's, or of all windows by their names
   */
  public String windowData(String win) {
    String answer = send(PlotMessage.of("win_data", win, env));
    try {
      Json.read(answer);
      return answer;
    } catch (IllegalArgumentException e) {
      throw new VisdomException(
          "Visdom at " + transport.address() + " answers what is not JSON", true, e);
    }
  }

  /**
   * Keeps environments when the server ends.
   *
   * @param envs their names
   */
  public void save(String... envs) {
    send(new PlotMessage("save", PlotMessage.object("data", Arrays.asList(envs), "eid", env)));
  }

  /**
   * Deletes an environment with all its windows. Visdom 0.2.4 answers 500 when it was never saved,
   * and deletes it all the same.
   *
   * @param name the environment
   */
  public void deleteEnv(String name) {
    send(new PlotMessage("delete_env", PlotMessage.object("eid", name)));
  }

  /** Ends the connection; the windows stay. */
  @Override
  public void close() {
    transport.close();
  }

  private String draw(String win, PlotMessage message) {
    String name = win == null ? "window_" + UUID.randomUUID().toString().replace("-", "") : win;
    message.with("win", name);
    if (file != null) {
      file.append(message);
    }
    send(message);
    return name;
  }

  String send(PlotMessage message) {
    return transport.send(message);
  }

  private static double[] array(List<Double> values) {
    return new ArrayList<>(values).stream().mapToDouble(v -> v == null ? Double.NaN : v).toArray();
  }
}
