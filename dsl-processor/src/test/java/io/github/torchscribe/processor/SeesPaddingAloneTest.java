package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/**
 * A query that sees nothing but padding attends to nothing, and a token before padding is there,
 * written out and by autograd.
 */
class SeesPaddingAloneTest {
  private static String net(String gradient) {
    return "@Network(gradient = Network.Gradient."
        + gradient
        + """
        ) @SGD(lr = 0.1)
        public interface Ahead {
          @Masked @SelfAttention(heads = 2, causal = true)
          Tensor own(@Input({4, 6}) Tensor words, @Input(4) Tensor mask);

          @Attention(heads = 3, causal = true) @MSELoss
          Tensor across(@Input({4, 6}) Tensor query, Tensor own);

          @Masked @ClassToken @MeanOver(dim = 1) @MSELoss
          Tensor mean(Tensor words, Tensor mask);
        }
        """;
  }

  private static Tensors inputs(Tensor words, Tensor query) {
    float[] mask = {0, 0, 1, 1, 0, 1, 1, 0};
    return Tensors.of("words", words)
        .and("mask", torch.tensor(mask).view(2, 4))
        .and("query", query);
  }

  @Test
  void paddingInFrontIsNoPlaceToAttendTo() {
    try (PointerScope scope = new PointerScope();
        Model generated = Networks.model(net("GENERATED"), 3);
        Model recorded = Networks.model(net("AUTOGRAD"), 3)) {
      torch.manual_seed(5);
      Tensor words = torch.randn(2, 4, 6);
      scope.attach(words);
      Tensor query = torch.randn(2, 4, 6);
      Tensor other = words.clone();
      other.select(0, 0).narrow(0, 0, 2).fill_(new Scalar(7));
      other.select(0, 1).select(0, 0).fill_(new Scalar(-9));
      for (Model model : List.of(generated, recorded)) {
        Tensor y = model.forward(inputs(words, query)).get("across").clone();
        assertTrue(
            y.equal(model.forward(inputs(other, query)).get("across")), "not a bit of padding");
        Tensor there = other.select(0, 1).narrow(0, 1, 2);
        Tensor mean = model.forward(inputs(other, query)).get("mean").select(0, 1);
        assertTrue(mean.allclose(there.sum(0).div(new Scalar(3.0))), "with the token, which is 0");
        Tensor bias =
            model.parameters().stream()
                .filter(
                    some ->
                        some.name().equals("across.attention.out_proj.bias")
                            || some.name().equals("across.out_proj.bias"))
                .findFirst()
                .orElseThrow()
                .value();
        assertTrue(y.select(0, 0).select(0, 1).equal(bias), "nothing but the bias");
      }
      Tensors target = Tensors.of("across", torch.randn(2, 4, 6)).and("mean", torch.randn(2, 6));
      for (int i = 0; i < 2; i++) {
        float loss = generated.step(inputs(words, query), target);
        assertEquals(recorded.step(inputs(words, query), target), loss, 1e-6);
      }
      for (int i = 0; i < generated.parameters().size(); i++) {
        Tensor mine = generated.parameters().get(i).value();
        Tensor theirs = recorded.parameters().get(i).value();
        assertTrue(mine.allclose(theirs, 1e-5, 1e-6, false), generated.parameters().get(i).name());
      }
    }
  }
}
