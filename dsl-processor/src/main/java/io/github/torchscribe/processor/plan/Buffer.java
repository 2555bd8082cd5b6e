package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.tensor.Form;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Optional;

/**
 * A named tensor of a pass.
 *
 * @param name of the field
 * @param shape for one example
 * @param span its memory; empty for the network's input and what is only a view of that, and for
 *     gradients that come in memory of their own
 * @param form how values lie in it
 */
public record Buffer(String name, Shape shape, Optional<Span> span, Form form) {}
