/**
 * What users call: a {@link io.github.torchscribe.runtime.Model}, its {@link
 * io.github.torchscribe.runtime.Trainer} and its {@link io.github.torchscribe.runtime.Predictor}.
 *
 * <p>Tensors are libtorch's own, {@code org.bytedeco.pytorch.Tensor}.
 */
package io.github.torchscribe.runtime;
