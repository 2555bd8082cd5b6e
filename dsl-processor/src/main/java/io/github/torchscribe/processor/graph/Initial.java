package io.github.torchscribe.processor.graph;

import io.github.torchscribe.dsl.Init;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.Optional;

/**
 * How weights begin.
 *
 * @param scheme of {@code torch.nn.init}
 * @param std the standard deviation, where the scheme takes one
 */
public record Initial(Init.Scheme scheme, double std) {
  /** As an annotation says, if there is one. */
  static Initial of(Optional<Written> init, Report report) {
    return init.map(
            written ->
                new Initial(
                    written.constant("value", Init.Scheme.class, Init.Scheme.DEFAULT),
                    written.checked(
                        "std",
                        "a finite number above 0",
                        std -> std > 0 && Double.isFinite(std),
                        report)))
        .orElse(new Initial(Init.Scheme.DEFAULT, 1));
  }
}
