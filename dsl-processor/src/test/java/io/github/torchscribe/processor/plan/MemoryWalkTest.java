package io.github.torchscribe.processor.plan;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.processor.CompilesOnly;
import io.github.torchscribe.processor.Declared;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** {@link MemoryWalk} finds what is wrong with a plan. */
@CompilesOnly
class MemoryWalkTest {
  private static final String NET =
      "@Network(input = 16) @Linear(16) @GELU @Use(Inner.class) @Linear(3) @MSELoss @SGD"
          + " interface Net {}\n"
          + "@Network(input = 16) @Residual @Linear(8) @GELU @Linear(16) @GELU interface Inner {}";

  /** Breaks a plan that was right. */
  private static String complaint(Consumer<Plan> mistake) {
    Plan plan = Declared.withGraph(NET, MemoryWalk::check);
    mistake.accept(plan);
    return assertThrows(AssertionError.class, () -> new MemoryWalk(plan).check()).getMessage();
  }

  private static Span result(Plan plan, int step) {
    return plan.steps().get(step).output().span().orElseThrow();
  }

  private static Span gradient(Plan plan, int step) {
    return plan.steps().get(step).outputGradient().orElseThrow().span().orElseThrow();
  }

  private static void move(Stay one, Stay other) {
    one.place(other.offset());
  }

  @Test
  void whatBackwardReadsIsOverwritten() {
    String message =
        complaint(plan -> move(result(plan, 4).training(), result(plan, 0).training()));
    assertTrue(message.contains("<[0]>"), message);
  }

  @Test
  void whatIsAddedLaterIsOverwritten() {
    String message =
        complaint(
            plan ->
                move(result(plan, 3).otherwise().orElseThrow(), result(plan, 1).otherwise().get()));
    assertTrue(message.contains("<[1]>"), message);
  }

  @Test
  void aGradientLiesWhereOneIsStillRead() {
    String message =
        complaint(plan -> move(gradient(plan, 4).training(), gradient(plan, 6).training()));
    assertTrue(message.contains("the gradient of what 1 gave"), message);
  }

  @Test
  void aShareIsWhereAnotherOnesRowsLie() {
    String message =
        complaint(plan -> move(gradient(plan, 2).training(), result(plan, 5).training()));
    assertTrue(message.contains("two shapes at"), message);
  }

  @Test
  void somethingLiesBehindTheEnd() {
    String message = complaint(plan -> result(plan, 5).training().place(plan.memory().training()));
    assertTrue(message.contains(" of " + 0) || message.contains(" to "), message);
  }
}
