package io.github.torchscribe.runtime.distributed;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which place a process has in a group, and where it meets the others.
 *
 * @param rank from 0
 * @param size how many there are
 * @param file a store in a file, for processes of one machine; empty where it is a server
 * @param master host and port of the server; empty where the store is a file
 * @param serves whether this process is the server
 * @param attempt what keys begin with: a store may outlive a group that failed
 * @param networkInterface whose address the process has for the others; empty where it is found out
 * @param sharesMemory whether it may share memory with the others where all are on one machine
 */
record Place(
    int rank,
    int size,
    Optional<Path> file,
    Optional<Host> master,
    boolean serves,
    String attempt,
    Optional<String> networkInterface,
    boolean sharesMemory) {

  private static final String SHARED_MEMORY = "TORCHSCRIBE_SHARED_MEMORY";

  /** Where a server listens. */
  record Host(String name, int port) {
    @Override
    public String toString() {
      return name + ":" + port;
    }
  }

  /**
   * As torchrun, Kubeflow and {@code torchscribe-run} say it.
   *
   * @return empty where the process is alone
   * @throws IllegalArgumentException when a part is missing, or is no number
   */
  static Optional<Place> in(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    if (variables.has("PET_NNODES") && !variables.has("RANK")) {
      return nodes(variables);
    }
    if (!variables.has("RANK") && !variables.has("WORLD_SIZE")) {
      return Optional.empty();
    }
    int size = variables.number("WORLD_SIZE", 1, Integer.MAX_VALUE);
    int rank = variables.number("RANK", 0, size - 1);
    if (size == 1) {
      return Optional.empty();
    }
    String attempt = "/worker/attempt_" + variables.text("TORCHELASTIC_RESTART_COUNT").orElse("0");
    Optional<String> networkInterface = variables.text("GLOO_SOCKET_IFNAME");
    boolean shares = sharesMemory(environment);
    Optional<Path> file = variables.text("TORCHSCRIBE_STORE").map(Path::of);
    if (file.isPresent()) {
      return Optional.of(
          new Place(rank, size, file, Optional.empty(), false, attempt, networkInterface, shares));
    }
    boolean agent = variables.text("TORCHELASTIC_USE_AGENT_STORE").orElse("").equals("True");
    Host master = variables.host("MASTER_ADDR", "MASTER_PORT");
    return Optional.of(
        new Place(
            rank,
            size,
            Optional.empty(),
            Optional.of(master),
            rank == 0 && !agent,
            attempt,
            networkInterface,
            shares));
  }

  /** Where torchrun itself would be started on each node: one process of ours is there for all. */
  private static Optional<Place> nodes(Variables variables) {
    String nodes = variables.required("PET_NNODES");
    String fewest = nodes.contains(":") ? nodes.substring(0, nodes.indexOf(':')) : nodes;
    if (!nodes.equals(fewest) && !nodes.equals(fewest + ":" + fewest)) {
      throw new IllegalArgumentException(
          "PET_NNODES is "
              + nodes
              + ": a group has as many processes at its end as at its beginning; give one number");
    }
    String processes = variables.text("PET_NPROC_PER_NODE").orElse("1");
    if (!processes.matches("1|auto|cpu|gpu")) {
      throw new IllegalArgumentException(
          "PET_NPROC_PER_NODE is "
              + processes
              + ", but one process of Torchscribe uses all cores of a node: make it 1, or start"
              + " more by torchscribe-run or torchrun");
    }
    int size = variables.whole("PET_NNODES", fewest, 1, Integer.MAX_VALUE);
    int rank = variables.number("PET_NODE_RANK", 0, size - 1);
    if (size == 1) {
      return Optional.empty();
    }
    Host master = variables.host("PET_MASTER_ADDR", "PET_MASTER_PORT");
    return Optional.of(
        new Place(
            rank,
            size,
            Optional.empty(),
            Optional.of(master),
            rank == 0,
            "/worker/attempt_0",
            variables.text("GLOO_SOCKET_IFNAME"),
            sharesMemory(variables.all())));
  }

  /** How long one waits for others, in seconds, where the environment says so. */
  static OptionalInt seconds(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    return variables.has("TORCHSCRIBE_TIMEOUT")
        ? OptionalInt.of(variables.number("TORCHSCRIBE_TIMEOUT", 1, 1_000_000))
        : OptionalInt.empty();
  }

  /** Which of the processes of this machine it is. */
  static int localRank(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    return variables.has("LOCAL_RANK") ? variables.number("LOCAL_RANK", 0, Integer.MAX_VALUE) : 0;
  }

  /** Whether ranks of one machine may share memory there. */
  static boolean sharesMemory(Map<String, String> environment) {
    String value = new Variables(environment).text(SHARED_MEMORY).orElse("on");
    if (!value.matches("on|off")) {
      throw new IllegalArgumentException(
          SHARED_MEMORY + " is " + value + ", but must be on or off");
    }
    return value.equals("on");
  }

  /** The same place in another group of the same processes: each leaves nothing for the next. */
  Place next(int groups) {
    String keys = groups == 0 ? attempt : attempt + "/group_" + groups;
    return new Place(rank, size, file, master, serves, keys, networkInterface, sharesMemory);
  }

  /** What others are told of where the store is. */
  String store() {
    return file.map(path -> "the file " + path).orElseGet(() -> master.orElseThrow().toString());
  }

  /** The variables of an environment. */
  private record Variables(Map<String, String> all) {
    boolean has(String name) {
      return text(name).isPresent();
    }

    Optional<String> text(String name) {
      return Optional.ofNullable(all.get(name)).map(String::trim).filter(some -> !some.isEmpty());
    }

    String required(String name) {
      return text(name)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      name
                          + " is not set, but other variables of a group of processes are: start"
                          + " all by torchscribe-run, torchrun or the like, or unset RANK and"
                          + " WORLD_SIZE"));
    }

    int number(String name, int least, int most) {
      return whole(name, required(name), least, most);
    }

    int whole(String name, String value, int least, int most) {
      try {
        int number = Integer.parseInt(value);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // said below
      }
      String range =
          most == Integer.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most;
      throw new IllegalArgumentException(
          name + " is " + value + ", but must be a whole number " + range);
    }

    Host host(String name, String port) {
      return new Host(required(name), number(port, 1, 65_535));
    }
  }
}
