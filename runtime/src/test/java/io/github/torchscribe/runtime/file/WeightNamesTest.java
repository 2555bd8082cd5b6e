package io.github.torchscribe.runtime.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.file.WeightNames.Layout;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightNamesTest {
  private static final WeightNames NAMES =
      WeightNames.none()
          .rename("layers.{i}.norm1.{w}", "encoder.layer.{i}.attention.output.LayerNorm.{w}")
          .stack("layers.{i}.attn.in_proj_{w}", "h.{i}.q.{w}", "h.{i}.k.{w}", "h.{i}.v.{w}")
          .transpose("layers.{i}.ff.{w}", "h.{i}.mlp.{w}")
          .rename("head.*", "classifier.*")
          .ignore("pooler.*", "embeddings.position_ids");

  @Test
  void saysWhatIsCalledHowThereAndHere() {
    assertBoth("layers.3.norm1.weight", "encoder.layer.3.attention.output.LayerNorm.weight");
    assertBoth("head.0.bias", "classifier.0.bias");
    assertBoth("words.weight", "words.weight");
    assertEquals(
        new WeightNames.Stored(List.of("h.0.q.bias", "h.0.k.bias", "h.0.v.bias"), Layout.STACKED),
        NAMES.stored("layers.0.attn.in_proj_bias"));
    assertEquals("layers.12.attn.in_proj_weight", NAMES.ours("h.12.k.weight"));
    assertEquals(
        new WeightNames.Stored(List.of("h.1.mlp.weight"), Layout.TRANSPOSED),
        NAMES.stored("layers.1.ff.weight"));
    assertEquals(
        List.of("layers.1.deep.ff.weight"),
        NAMES.stored("layers.1.deep.ff.weight").names(),
        "{i} is no dot");
  }

  private static void assertBoth(String ours, String theirs) {
    assertEquals(new WeightNames.Stored(List.of(theirs), Layout.SAME), NAMES.stored(ours));
    assertEquals(ours, NAMES.ours(theirs));
  }

  @Test
  void aPrefixStandsBeforeAllNamesAndIgnoredOnesAreTheFilesOwn() {
    WeightNames names = NAMES.prefix("bert.").prefix("model.");
    assertEquals(List.of("model.bert.words.weight"), names.stored("words.weight").names());
    assertEquals("head.bias", names.ours("model.bert.classifier.bias"));
    assertEquals("lm_head.bias", names.ours("lm_head.bias"));
    assertTrue(names.ignores("pooler.dense.weight"));
    assertFalse(names.ignores("model.bert.pooler.dense.weight"));
  }

  @Test
  void theFirstRuleCountsAndOneThatIsForNothingIsNamed() {
    WeightNames names = NAMES.rename("head.bias", "other").rename("tail.*", "end.*");
    List<String> ours =
        List.of(
            "layers.0.norm1.weight", "layers.0.attn.in_proj_bias", "layers.0.ff.bias", "head.bias");
    assertEquals(List.of("classifier.bias"), names.stored("head.bias").names());
    assertEquals(
        List.of(
            "for nothing: no name here is left for head.bias, there other",
            "for nothing: no name here is left for tail.*, there end.*"),
        names.forNothing(ours));
    assertEquals(List.of(), names.twice(ours));
    assertEquals(
        List.of("twice: both words.weight and head.weight would be words.weight there"),
        WeightNames.none()
            .rename("head.weight", "words.weight")
            .twice(List.of("words.weight", "head.weight")));
  }

  @Test
  void aVariableThatStandsTwiceIsTheSameTwice() {
    WeightNames names = WeightNames.none().rename("a.{i}.b.{i}", "c.{i}");
    assertEquals(List.of("c.2"), names.stored("a.2.b.2").names());
    assertEquals(List.of("a.2.b.3"), names.stored("a.2.b.3").names());
    assertEquals("a.x.b.x", names.ours("c.x"));
  }

  @Test
  void refusesPatternsThatCannotBeMeant() {
    WeightNames none = WeightNames.none();
    assertRefused("\"a.{i}\" and \"b.{j}\" do not have the same variables", "a.{i}", "b.{j}");
    assertRefused("\"a.*\" and \"b\" do not have the same variables", "a.*", "b");
    assertRefused("\"a.{i\" has a brace that is not that of a variable such as {i}", "a.{i", "b");
    assertRefused("\"*.a.*\" has more than one *", "*.a.*", "*.b");
    assertRefused("the pattern of a name is empty", " ", "b");
    assertEquals(
        "\"a\" is given no name of theirs",
        assertThrows(IllegalArgumentException.class, () -> none.stack("a")).getMessage());
  }

  private static void assertRefused(String message, String ours, String theirs) {
    WeightNames none = WeightNames.none();
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> none.rename(ours, theirs)).getMessage());
  }
}
