package io.github.torchscribe.runtime.visdom;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a window looks: the {@code opts} of the Python client, with its names. Immutable; each method
 * returns a changed copy.
 *
 * <pre>{@code
 * viz.line(y, x, "train_loss", title("train loss").xlabel("step").ytype("log"));
 * }</pre>
 */
public final class Options {
  private static final Options NONE = new Options(Map.of());

  private final Map<String, Object> values;

  private Options(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * Nothing but defaults.
   *
   * @return no options
   */
  public static Options none() {
    return NONE;
  }

  /**
   * Begins with a title.
   *
   * @param text stands above the window
   * @return options
   */
  public static Options title(String text) {
    return NONE.with("title", text);
  }

  /**
   * Any option of the Python client by its name, for those that have no method here.
   *
   * @param name for example {@code marginleft}
   * @param value a string, number, boolean, or list of these
   * @return the changed copy
   */
  public Options with(String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new Options(changed);
  }

  /**
   * Names the lines, in their order, and shows a legend.
   *
   * @param names one for each
   * @return the changed copy
   */
  public Options legend(String... names) {
    return with("legend", List.of(names));
  }

  /**
   * Labels the x axis.
   *
   * @param text below the axis
   * @return the changed copy
   */
  public Options xlabel(String text) {
    return with("xlabel", text);
  }

  /**
   * Labels the y axis.
   *
   * @param text beside the axis
   * @return the changed copy
   */
  public Options ylabel(String text) {
    return with("ylabel", text);
  }

  /**
   * The kind of the x axis.
   *
   * @param type for example {@code log}
   * @return the changed copy
   */
  public Options xtype(String type) {
    return with("xtype", type);
  }

  /**
   * The kind of the y axis.
   *
   * @param type for example {@code log}
   * @return the changed copy
   */
  public Options ytype(String type) {
    return with("ytype", type);
  }

  /**
   * The window's width.
   *
   * @param pixels at least 1
   * @return the changed copy
   */
  public Options width(int pixels) {
    return with("width", pixels);
  }

  /**
   * The window's height.
   *
   * @param pixels at least 1
   * @return the changed copy
   */
  public Options height(int pixels) {
    return with("height", pixels);
  }

  /**
   * Shows the points of lines.
   *
   * @param shown whether
   * @return the changed copy
   */
  public Options markers(boolean shown) {
    return with("markers", shown);
  }

  /**
   * The size of points.
   *
   * @param size above 0
   * @return the changed copy
   */
  public Options markersize(int size) {
    return with("markersize", size);
  }

  /**
   * What stands below a picture.
   *
   * @param text the caption
   * @return the changed copy
   */
  public Options caption(String text) {
    return with("caption", text);
  }

  /**
   * Names the columns of a heat map.
   *
   * @param names one for each
   * @return the changed copy
   */
  public Options columnnames(List<String> names) {
    return with("columnnames", List.copyOf(names));
  }

  /**
   * Names the rows of a heat map, or the bars.
   *
   * @param names one for each
   * @return the changed copy
   */
  public Options rownames(List<String> names) {
    return with("rownames", List.copyOf(names));
  }

  /**
   * Stacks bars instead of grouping them.
   *
   * @param on whether
   * @return the changed copy
   */
  public Options stacked(boolean on) {
    return with("stacked", on);
  }

  /**
   * How many bars a histogram has.
   *
   * @param bins at least 1
   * @return the changed copy
   */
  public Options numbins(int bins) {
    return with("numbins", bins);
  }

  /** A value, or null. */
  Object get(String name) {
    return values.get(name);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The value where none is set. */
  Options withDefault(String name, Object value) {
    return has(name) ? this : with(name, value);
  }

  Map<String, Object> values() {
    return values;
  }
}
