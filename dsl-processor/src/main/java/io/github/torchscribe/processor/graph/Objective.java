package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.loss.Loss;
import java.util.List;

/**
 * A loss, and what it is of.
 *
 * @param name of the value whose loss it is
 * @param loss the loss
 * @param weight what it counts among others
 * @param outputs which of the network's outputs it reads, counted from 0, in its order
 */
public record Objective(String name, Loss loss, double weight, List<Integer> outputs) {}
