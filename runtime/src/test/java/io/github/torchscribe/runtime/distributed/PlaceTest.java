package io.github.torchscribe.runtime.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the environment says of a process' place in a group. */
class PlaceTest {
  private static final Map<String, String> BY_HAND =
      Map.of("RANK", "1", "WORLD_SIZE", "3", "MASTER_ADDR", "10.0.0.7", "MASTER_PORT", "29500");

  private static Map<String, String> with(Map<String, String> some, String... others) {
    Map<String, String> all = new HashMap<>(some);
    for (int i = 0; i < others.length; i += 2) {
      all.put(others[i], others[i + 1]);
    }
    return all;
  }

  private static Place in(Map<String, String> environment) {
    return Place.in(environment).orElseThrow();
  }

  @Test
  void whoSaysNothingIsAlone() {
    assertEquals(Optional.empty(), Place.in(Map.of()));
    assertEquals(Optional.empty(), Place.in(Map.of("LOCAL_RANK", "0")));
    assertEquals(Optional.empty(), Place.in(Map.of("RANK", "0", "WORLD_SIZE", "1")));
    assertEquals(Optional.empty(), Place.in(Map.of("PET_NNODES", "1", "PET_NODE_RANK", "0")));
  }

  @Test
  void theFirstServesUnlessTorchrunDoes() {
    Place second = in(BY_HAND);
    assertEquals(1, second.rank());
    assertEquals(3, second.size());
    assertEquals(Optional.of(new Place.Host("10.0.0.7", 29_500)), second.master());
    assertFalse(second.serves());
    assertTrue(in(with(BY_HAND, "RANK", "0")).serves());
    Map<String, String> agent = with(BY_HAND, "RANK", "0", "TORCHELASTIC_USE_AGENT_STORE", "True");
    assertFalse(in(agent).serves());
    assertEquals("/worker/attempt_2", in(with(agent, "TORCHELASTIC_RESTART_COUNT", "2")).attempt());
  }

  @Test
  void memoryIsSharedUnlessSomebodyObjects() {
    assertTrue(in(BY_HAND).sharesMemory());
    assertFalse(in(with(BY_HAND, "TORCHSCRIBE_SHARED_MEMORY", "off")).sharesMemory());
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> in(with(BY_HAND, "TORCHSCRIBE_SHARED_MEMORY", "no")))
            .getMessage();
    assertEquals("TORCHSCRIBE_SHARED_MEMORY is no, but must be on or off", said);
  }

  @Test
  void aStoreInAFileNeedsNoServer() {
    Place place = in(Map.of("RANK", "0", "WORLD_SIZE", "2", "TORCHSCRIBE_STORE", "/some/file"));
    assertEquals(Optional.of(Path.of("/some/file")), place.file());
    assertFalse(place.serves());
  }

  @Test
  void kubeflowsNodesHaveAProcessEach() {
    Map<String, String> node =
        Map.of(
            "PET_NNODES", "4",
            "PET_NPROC_PER_NODE", "auto",
            "PET_NODE_RANK", "0",
            "PET_MASTER_ADDR", "job-node-0-0.job",
            "PET_MASTER_PORT", "29400");
    assertEquals(4, in(node).size());
    assertTrue(in(node).serves());
    assertEquals(2, in(with(node, "PET_NODE_RANK", "2")).rank());
    assertEquals(4, in(with(node, "PET_NNODES", "4:4")).size());
    assertRefused("has as many processes", with(node, "PET_NNODES", "2:4"));
    assertRefused("uses all cores of a node", with(node, "PET_NPROC_PER_NODE", "8"));
  }

  @ParameterizedTest
  @CsvSource({
    "RANK, 3, RANK is 3",
    "RANK, -1, RANK is -1",
    "RANK, one, RANK is one",
    "WORLD_SIZE, 0, WORLD_SIZE is 0",
    "MASTER_PORT, 70000, MASTER_PORT is 70000",
    "MASTER_ADDR, ' ', MASTER_ADDR is not set",
    "RANK, '', RANK is not set",
  })
  void aWrongVariableIsNamed(String name, String value, String message) {
    assertRefused(message, with(BY_HAND, name, value));
  }

  private static void assertRefused(String message, Map<String, String> environment) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> Place.in(environment)).getMessage();
    assertTrue(said.contains(message), said);
  }

  @Test
  void theTimeOutIsInSeconds() {
    assertEquals(OptionalInt.empty(), Place.seconds(Map.of()));
    assertEquals(OptionalInt.of(90), Place.seconds(Map.of("TORCHSCRIBE_TIMEOUT", "90")));
    assertThrows(
        IllegalArgumentException.class, () -> Place.seconds(Map.of("TORCHSCRIBE_TIMEOUT", "0")));
  }
}
