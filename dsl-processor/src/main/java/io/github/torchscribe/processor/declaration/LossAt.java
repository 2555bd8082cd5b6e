package io.github.torchscribe.processor.declaration;

import java.util.List;
import java.util.Optional;

/**
 * A loss where it stands.
 *
 * @param name of the method that it is on; empty on the type
 * @param written the loss
 * @param weight {@code @LossWeight}, where it is written
 * @param values the names of the values that it reads: what the method gives, or, where that has
 *     nothing else, what it takes; none on a type without methods that are values, where it reads
 *     what leaves
 */
public record LossAt(String name, Written written, Optional<Written> weight, List<String> values) {}
