package io.github.torchscribe.processor.loss;

import io.github.torchscribe.dsl.nn.BCELoss;
import io.github.torchscribe.dsl.nn.BCEWithLogitsLoss;
import io.github.torchscribe.dsl.nn.CTCLoss;
import io.github.torchscribe.dsl.nn.CosineEmbeddingLoss;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.GaussianNLLLoss;
import io.github.torchscribe.dsl.nn.HingeEmbeddingLoss;
import io.github.torchscribe.dsl.nn.HuberLoss;
import io.github.torchscribe.dsl.nn.KLDivLoss;
import io.github.torchscribe.dsl.nn.L1Loss;
import io.github.torchscribe.dsl.nn.MSELoss;
import io.github.torchscribe.dsl.nn.MarginRankingLoss;
import io.github.torchscribe.dsl.nn.MultiLabelSoftMarginLoss;
import io.github.torchscribe.dsl.nn.NLLLoss;
import io.github.torchscribe.dsl.nn.PoissonNLLLoss;
import io.github.torchscribe.dsl.nn.SmoothL1Loss;
import io.github.torchscribe.dsl.nn.TripletMarginLoss;
import io.github.torchscribe.processor.declaration.Kinds;

/** The losses: a line for each annotation, with the class that knows it. */
public final class Losses {
  private Losses() {}

  /**
   * Adds them.
   *
   * @param losses gets a line for each
   */
  public static void addTo(Kinds<Loss> losses) {
    losses
        .add(BCELoss.class, Bce::new)
        .add(BCEWithLogitsLoss.class, BceWithLogits::new)
        .add(CosineEmbeddingLoss.class, CosineEmbedding::new)
        .add(CrossEntropyLoss.class, CrossEntropy::new)
        .add(CTCLoss.class, Ctc::new)
        .add(GaussianNLLLoss.class, GaussianNll::new)
        .add(HingeEmbeddingLoss.class, HingeEmbedding::new)
        .add(HuberLoss.class, Huber::new)
        .add(KLDivLoss.class, KlDiv::new)
        .add(L1Loss.class, L1::new)
        .add(MarginRankingLoss.class, MarginRanking::new)
        .add(MSELoss.class, MseLoss::new)
        .add(MultiLabelSoftMarginLoss.class, BceWithLogits::new)
        .add(NLLLoss.class, Nll::new)
        .add(io.github.torchscribe.dsl.nn.Loss.class, OwnLoss::new)
        .add(PoissonNLLLoss.class, PoissonNll::new)
        .add(SmoothL1Loss.class, SmoothL1::new)
        .add(TripletMarginLoss.class, TripletMargin::new);
  }
}
