package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.loss.Loss;
import java.util.List;
import java.util.OptionalInt;

/**
 * A loss, and what it is of.
 *
 * @param name of the value whose loss it is
 * @param loss the loss
 * @param weight what it counts among others
 * @param outputs which of the network's outputs it reads, counted from 0, in its order
 * @param saysPadding which of the network's inputs says what of that is padding, where the loss
 *     leaves padding out and it is known
 */
public record Objective(
    String name, Loss loss, double weight, List<Integer> outputs, OptionalInt saysPadding) {}
