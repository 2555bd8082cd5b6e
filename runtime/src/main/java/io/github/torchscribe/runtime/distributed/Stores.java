package io.github.torchscribe.runtime.distributed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.FileStore;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;

/** Opens libtorch's stores, and says in Java's terms why one cannot be opened. */
final class Stores {
  private static final long PAUSE = 100;
  private static final int ATTEMPT = 1_000;

  private Stores() {}

  /** The store of a place. */
  static Store of(Place place, Patience patience) {
    if (place.file().isPresent()) {
      return inFile(place.file().get());
    }
    Place.Host master = place.master().orElseThrow();
    return place.serves() ? server(master) : client(master, patience);
  }

  private static Store inFile(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new GroupException(
          "the store of the group is to be the file "
              + file
              + ", but its folder cannot be written");
    }
    return new FileStore(file.toString(), -1); // it stays until who has made its folder goes
  }

  /** A store that listens, on a port that the system chooses where it is given 0. */
  static TCPStore server(Place.Host master) {
    try {
      return new TCPStore(
          master.name(), options(master.port(), new Milliseconds(ATTEMPT)).isServer(true));
    } catch (RuntimeException e) {
      throw new GroupException(
          "rank 0 cannot listen on port "
              + master.port()
              + ": another program does, or an earlier run that has not ended; end that, or choose"
              + " another MASTER_PORT",
          e);
    }
  }

  /** Waits until the store's server is there, which may be started later. */
  static TCPStore client(Place.Host master, Patience patience) {
    awaitServer(master, patience);
    long left = Math.max(ATTEMPT, patience.leftMillis());
    try (Errand errand = new Errand()) {
      TCPStore store =
          errand.run(
              () ->
                  new TCPStore(
                      master.name(),
                      options(master.port(), new Milliseconds(left)).isServer(false)),
              left);
      PointerScope.getInnerScope().attach(store);
      return store;
    } catch (RuntimeException e) {
      throw new GroupException(
          "what listens on "
              + master
              + " is not the group's store, or has stopped: is MASTER_PORT another"
              + " program's?",
          e);
    }
  }

  private static TCPStoreOptions options(int port, Milliseconds timeout) {
    return new TCPStoreOptions().port((short) port).waitWorkers(false).timeout(timeout);
  }

  /** libtorch itself would wait deaf to interrupts, and for some seconds too long. */
  private static void awaitServer(Place.Host master, Patience patience) {
    while (true) {
      String why;
      try (Socket socket = new Socket()) {
        InetAddress address = InetAddress.getByName(master.name());
        socket.connect(new InetSocketAddress(address, master.port()), ATTEMPT);
        return;
      } catch (UnknownHostException e) {
        why = "nobody knows a host " + master.name();
      } catch (IOException e) {
        why = e.getMessage();
      }
      patience.pause(
          TimeUnit.MILLISECONDS.toNanos(PAUSE),
          () -> "the group's store at " + master,
          "is the process of rank 0 running there, and can it be reached? (" + why + ")");
    }
  }
}
