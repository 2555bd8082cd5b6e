/**
 * What a generated model stands on: {@link io.github.torchscribe.runtime.Model}, the {@link
 * io.github.torchscribe.runtime.Trainer}, devices, threads, and the lifetime of native memory.
 *
 * <p>Tensors are libtorch's own, {@code org.bytedeco.pytorch.Tensor}.
 */
package io.github.torchscribe.runtime;
