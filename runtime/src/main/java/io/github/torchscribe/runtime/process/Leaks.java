package io.github.torchscribe.runtime.process;

import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * With {@code -Dtorchscribe.leaks=true}: who made native memory that nobody freed. What is closed
 * too late, by the garbage collector, is named when that happens; what is still there when the
 * process ends, then, for which it holds its class loader so long. Both go to the log. Otherwise
 * this costs nothing.
 */
public final class Leaks {
  /** The system property that switches this on. */
  static final String PROPERTY = "torchscribe.leaks";

  private static final boolean ON = Boolean.getBoolean(PROPERTY);
  private static final int FRAMES = 6;
  private static final String OURS = "io.github.torchscribe.runtime.";
  private static final Watch NOTHING = new Watch("", null);
  private static final Set<Watch> OPEN = ConcurrentHashMap.newKeySet();
  private static final Cleaner CLEANER = ON ? Cleaner.create() : null;

  static {
    if (ON) {
      Runtime.getRuntime().addShutdownHook(new Thread(Leaks::report, "torchscribe leaks"));
    }
  }

  private Leaks() {}

  /** What was made, and whether it has been freed. */
  public static final class Watch implements AutoCloseable {
    private final String site;
    private final WeakReference<Tensor> tensor;

    private Watch(String site, Tensor tensor) {
      this.site = site;
      this.tensor = new WeakReference<>(tensor);
    }

    /** A scope frees its tensors without telling us, but that shows. */
    private boolean isOpen() {
      Tensor some = tensor.get();
      return some == null || !some.isNull();
    }

    /** It has been freed in time. */
    @Override
    public void close() {
      OPEN.remove(this);
    }
  }

  /** Something whose owner tells when it is closed. */
  public static Watch opened(Object owner) {
    return ON ? watch(owner, null) : NOTHING;
  }

  /** A tensor that is the user's from now on. */
  public static Tensor given(Tensor tensor) {
    if (ON) {
      watch(tensor, tensor);
    }
    return tensor;
  }

  private static Watch watch(Object owner, Tensor tensor) {
    Watch watch = new Watch(site(), tensor);
    OPEN.add(watch);
    CLEANER.register(
        owner,
        () -> {
          // A tensor that a scope has freed is collected like any other object.
          if (OPEN.remove(watch) && tensor == null) {
            System.getLogger(Leaks.class.getName())
                .log(Level.WARNING, "Freed by the garbage collector, not closed: " + watch.site);
          }
        });
    return watch;
  }

  /** Which method of ours made it, and who called that. */
  private static String site() {
    List<StackWalker.StackFrame> frames = StackWalker.getInstance().walk(Stream::toList);
    int users = 0;
    while (users < frames.size() && frames.get(users).getClassName().startsWith(OURS)) {
      users++;
    }
    int last = Math.min(users + FRAMES, frames.size());
    return frames.subList(Math.max(0, users - 1), last).stream()
        .map(StackWalker.StackFrame::toString) // as in a stack trace: with the module, where one is
        .collect(Collectors.joining("\n    at "));
  }

  private static void report() {
    Map<String, Integer> sites = new TreeMap<>();
    OPEN.stream().filter(Watch::isOpen).forEach(watch -> sites.merge(watch.site, 1, Integer::sum));
    sites.forEach(
        (site, count) ->
            LastWords.say(Leaks.class, Level.WARNING, "Never freed, " + count + " ×: " + site));
  }
}
