package io.github.torchscribe.samples.distributed;

import io.github.torchscribe.samples.distributed.Victims.Victim;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Groups whose store is a server, which listens to everybody: is run where there is no network but
 * loopback. Fails with what was not as it should be.
 */
final class Strangers {
  private static final int TIMEOUT = 3;

  /** A process begins with loading libtorch, which takes its time where others do, too. */
  private static final int LOADING = 8;

  private static final String LOOPBACK = "127.0.0.1";

  private final Path folder;
  private final Map<String, String> environment;
  private final int port;

  private Strangers(Path folder, int port) {
    this.folder = folder;
    this.port = port;
    environment = environment(TIMEOUT);
  }

  private Map<String, String> environment(int timeout) {
    return Map.of(
        "MASTER_ADDR", LOOPBACK,
        "MASTER_PORT", "" + port,
        "TORCHSCRIBE_TIMEOUT", "" + timeout);
  }

  /**
   * Does it all.
   *
   * @param args folder
   * @throws Exception what went wrong
   */
  public static void main(String[] args) throws Exception {
    Strangers strangers = new Strangers(Path.of(args[0]), 29_617);
    strangers.takePort();
    strangers.takePortWithoutAnswer();
    strangers.neverCome(0);
    strangers.neverCome(1);
    strangers.talkRubbish();
    strangers.loseStore("KILL", "cannot be reached any more: it has gone");
    strangers.loseStore("STOP", "does not answer: it has been stopped, or");
  }

  private static void require(boolean so, Victim victim) {
    if (!so) {
      throw new AssertionError(victim.output());
    }
  }

  private static void requireFailed(Victim victim, long since, String said, double limit)
      throws InterruptedException {
    require(victim.exitCode() == 1, victim);
    require(victim.output().contains(said), victim);
    require(victim.seconds(since) < limit, victim);
  }

  /** Another program listens where rank 0's store was to. */
  private void takePort() throws Exception {
    try (Victims victims = new Victims(folder, environment);
        ServerSocket other = new ServerSocket(port, 50, InetAddress.getByName(LOOPBACK))) {
      long since = System.nanoTime();
      Victim first = victims.start(0, 2);
      first.tell("port " + other.getLocalPort() + " taken", since);
      requireFailed(first, since, "rank 0 cannot listen on port " + port, LOADING);
    }
  }

  /** It takes connections, too, and says nothing: rank 1 takes it for the store. */
  private void takePortWithoutAnswer() throws Exception {
    try (Victims victims = new Victims(folder, environment);
        ServerSocket other = new ServerSocket(port, 50, InetAddress.getByName(LOOPBACK))) {
      Victim second = victims.start(1, 2);
      other.accept().close(); // the first question is whether somebody is there
      long since = System.nanoTime();
      second.tell("another program in place of the store", since);
      requireFailed(second, since, "is not the group's store", TIMEOUT + 2);
    }
  }

  private void neverCome(int who) throws Exception {
    try (Victims victims = new Victims(folder, environment)) {
      Victim other = victims.start(1 - who, 2);
      other.await("pid");
      long since = System.nanoTime();
      other.tell("rank " + who + " never comes", since);
      String said =
          who == 1
              ? "rank 1 has been missing for 3 s, the time-out"
              : "the group's store at 127.0.0.1:" + port + " has been missing for 3 s";
      requireFailed(other, since, said, TIMEOUT + 2 + LOADING);
    }
  }

  /** Strangers connect to all that the ranks listen on, before they meet and while they train. */
  private void talkRubbish() throws Exception {
    try (Victims victims = new Victims(folder, environment(30))) {
      Victim first = victims.start(0, 2, "pause=5");
      awaitListening(first);
      int talked = talk(listening(first));
      Victim second = victims.start(1, 2, "pause=5");
      second.await("step 10");
      Set<Integer> ports = listening(first);
      ports.addAll(listening(second));
      talked += talk(ports);
      for (Victim victim : List.of(first, second)) {
        require(victim.exitCode() == 0, victim);
        require(victim.output().contains("the run's end: COMPLETE"), victim);
      }
      System.out.println("strangers on " + ports.size() + " ports, " + talked + " times: COMPLETE");
      victims.requireSound();
    }
  }

  private static void awaitListening(Victim victim) throws IOException, InterruptedException {
    while (listening(victim).isEmpty()) {
      Thread.sleep(10);
    }
  }

  private static int talk(Set<Integer> ports) throws IOException, InterruptedException {
    Random random = new Random(1);
    int talked = 0;
    for (int port : ports) {
      for (int length : new int[] {0, 1, 8, 64, 4096}) {
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress(LOOPBACK, port), 1000);
          byte[] rubbish = new byte[length];
          random.nextBytes(rubbish);
          socket.getOutputStream().write(rubbish);
          Thread.sleep(20);
          talked++;
        }
      }
    }
    return talked;
  }

  /** The ports that a process listens on, by Linux' tables of what it has open. */
  private static Set<Integer> listening(Victim victim) throws IOException {
    Set<String> sockets = new TreeSet<>();
    try (var open = Files.newDirectoryStream(Path.of("/proc/" + victim.pid() + "/fd"))) {
      for (Path one : open) {
        if (Files.isSymbolicLink(one)) {
          sockets.add(Files.readSymbolicLink(one).toString().replaceAll("\\D", ""));
        }
      }
    }
    Set<Integer> ports = new TreeSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/net/" + table))) {
        String[] parts = line.strip().split("\\s+");
        if (parts[3].equals("0A") && sockets.contains(parts[9])) {
          ports.add(Integer.parseInt(parts[1].replaceAll(".*:", ""), 16));
        }
      }
    }
    return ports;
  }

  /** Rank 0 has the store: with it that is gone, or does not answer. */
  private void loseStore(String signal, String said) throws Exception {
    try (Victims victims = new Victims(folder, environment(30))) {
      Victim first = victims.start(0, 2, "pause=5");
      awaitListening(first);
      Map<String, String> impatient =
          Map.of("RANK", "1", "WORLD_SIZE", "2", "TORCHSCRIBE_TIMEOUT", "" + TIMEOUT);
      Victim second = victims.start(impatient, Member.class, "pause=5");
      second.await("step 10");
      long since = System.nanoTime();
      first.signal(signal);
      second.tell("SIG" + signal + " of rank 0 with the store", since);
      requireFailed(second, since, said, TIMEOUT + 2);
      String told = second.output(); // behind libtorch's own warning
      require(!told.substring(told.indexOf("Exception in thread")).contains("frame #"), second);
    }
  }
}
