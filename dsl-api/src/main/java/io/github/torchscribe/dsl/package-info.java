/**
 * The language: an interface annotated with {@link io.github.torchscribe.dsl.Network} and a stack
 * of layers declares a neural network.
 *
 * <pre>{@code
 * @Network(input = {1, 28, 28})
 * @Flatten
 * @Linear({784, 200}) @ReLU
 * @Linear({200, 10})
 * @CrossEntropyLoss
 * @SGD(lr = 1e-2)
 * @Training(epochs = 10, batchSize = 200, seed = 1)
 * public interface Mlp {}
 * }</pre>
 *
 * <p>Where values do not go straight on, layers stand on methods that take each other's values by
 * name; parts that several networks have are a {@link io.github.torchscribe.dsl.Block}, whose sizes
 * are given where it is used.
 *
 * <p>For an interface {@code Mlp} the annotation processor writes the class {@code MlpModel} into
 * the same package. Names, defaults and meanings are those of PyTorch.
 */
package io.github.torchscribe.dsl;
