package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How the weights of a network's layers are drawn before training, as in {@code torch.nn.init}.
 * Where a scheme is named, biases begin at zero. Without this annotation each layer initialises
 * itself as its PyTorch counterpart does.
 *
 * <p>For a weight of shape {@code (out, in)}: fan_in = in, fan_out = out.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Init(Init.Scheme.KAIMING_NORMAL)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Init {
  /**
   * The scheme.
   *
   * @return how weights are drawn
   */
  Scheme value();

  /**
   * The standard deviation of {@link Scheme#NORMAL}.
   *
   * @return a finite number above 0
   */
  double std() default 0.02;

  /** The schemes of {@code torch.nn.init}. */
  enum Scheme {
    /**
     * Each layer's own, PyTorch's default; for {@code Linear} U(−1/√fan_in, 1/√fan_in), weight and
     * bias.
     */
    DEFAULT,
    /**
     * N(0, 2/fan_in): {@code kaiming_normal_}. He et al., <em>Delving deep into rectifiers</em>,
     * 2015.
     */
    KAIMING_NORMAL,
    /** U(−b, b) with b = √(6/fan_in): {@code kaiming_uniform_}. He et al., 2015. */
    KAIMING_UNIFORM,
    /**
     * N(0, 2/(fan_in + fan_out)): {@code xavier_normal_}. Glorot and Bengio, <em>Understanding the
     * difficulty of training deep feedforward neural networks</em>, 2010.
     */
    XAVIER_NORMAL,
    /**
     * U(−b, b) with b = √(6/(fan_in + fan_out)): {@code xavier_uniform_}. Glorot and Bengio, 2010.
     */
    XAVIER_UNIFORM,
    /**
     * N(0, {@link Init#std}²): {@code normal_}, as GPT-2 and BERT begin. Tables of embeddings, of
     * places too, and what attention projects by are drawn so as well. Radford et al., <em>Language
     * Models are Unsupervised Multitask Learners</em>, 2019.
     */
    NORMAL
  }
}
