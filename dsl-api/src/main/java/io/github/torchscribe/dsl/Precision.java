package io.github.torchscribe.dsl;

/** In which numbers a network is trained. */
public enum Precision {
  /** 32-bit floats everywhere. */
  FLOAT32,
  /**
   * Mixed precision, as {@code torch.autocast(dtype=torch.bfloat16)}: products, convolutions,
   * attention and wide recurrent layers, and what lies between them, in bfloat16, which has the
   * range of 32-bit floats and 8 bits of their 24; weights, their gradients and updates, norms and
   * the loss in 32-bit floats. Layers of your own are called under libtorch's autocast. Twice as
   * fast where products take the time, on processors with instructions for it (AVX512-BF16, AMX,
   * ARMv8.6) and on GPUs; on others training computes in 32-bit floats and says so. Evaluation and
   * prediction are in 32-bit floats always.
   *
   * <p>Source: Kalamkar et al., <i>A Study of BFLOAT16 for Deep Learning Training</i>, 2019.
   */
  BF16,
  /**
   * TensorFloat-32, as {@code torch.backends.cuda.matmul.allow_tf32 = True}: on GPUs that have it
   * (Ampere and later) products take factors with the range of 32-bit floats and 11 bits of their
   * 24, and add up in 32-bit floats; all else is in 32-bit floats. Several times as fast where
   * products take the time. Convolutions on GPUs compute so in any case, as PyTorch's do. On the
   * processor all is in 32-bit floats.
   */
  TF32
}
