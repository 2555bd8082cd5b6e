package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.torch.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;

/**
 * A layer or a loss of the user's own: what his method does in a training step's forward pass is
 * recorded by libtorch's autograd, and gone through again in the backward pass. Whatever it gives
 * is looked at: libtorch would broadcast what has another shape.
 */
public final class OwnPiece {
  private final Recording recording;
  private final boolean mixed;
  private final String method;

  /**
   * A piece of one share.
   *
   * @param training whether there is a backward pass
   * @param method for messages, for example {@code Swish.forward}
   */
  public OwnPiece(boolean training, String method) {
    this(training, false, method);
  }

  /**
   * A piece of one share whose products may be in bfloat16.
   *
   * @param training whether there is a backward pass
   * @param mixed whether they are
   * @param method for messages, for example {@code Swish.forward}
   */
  public OwnPiece(boolean training, boolean mixed, String method) {
    recording = new Recording(training);
    this.mixed = mixed;
    this.method = method;
  }

  /**
   * Calls the method.
   *
   * @param result is given what it gives, and says of what shape that has to be
   * @param piece the method, of all that it is given
   * @param all values and parameters
   */
  public void forward(Tensor result, Function<List<Tensor>, Tensor> piece, Tensor... all) {
    recording.forward(result, given -> like(result, called(piece, given)), all);
  }

  private Tensor called(Function<List<Tensor>, Tensor> piece, List<Tensor> given) {
    return mixed
        ? Autocast.during(given.get(0).device().type(), () -> piece.apply(given))
        : piece.apply(given);
  }

  private Tensor like(Tensor result, Tensor value) {
    return checked(method, value, isLike(result, value), Shapes.of(result));
  }

  /**
   * Goes through the last forward pass again, backward.
   *
   * @param outputGradient the loss' gradient with respect to what the method gave
   * @throws IllegalStateException when that depends on nothing that the method was given
   */
  public void backward(Tensor outputGradient) {
    requireDependence(method, recording.output());
    recording.backward(outputGradient);
  }

  /**
   * The loss' gradient with respect to something that the method was given, after backward.
   *
   * @param which counted from 0
   * @param gradient is given it: 0 where what the method gave does not depend on that
   */
  public void gradient(int which, Tensor gradient) {
    Tensor found = recording.inputGradient(which);
    if (found.defined()) {
      gradient.copy_(found);
    } else {
      gradient.zero_();
    }
  }

  /**
   * What a layer gave, in a network that autograd differentiates as a whole.
   *
   * @param method for messages
   * @param value what it gave
   * @param input what it was given
   * @param sizes of one example of what is to come
   * @return the same
   * @throws IllegalStateException when it is of another shape or type
   */
  public static Tensor output(String method, Tensor value, Tensor input, long... sizes) {
    long[] wanted = new long[sizes.length + 1];
    wanted[0] = input.size(0);
    System.arraycopy(sizes, 0, wanted, 1, sizes.length);
    return checked(method, value, isLike(input, value), wanted);
  }

  /**
   * What a loss gave, in a network that autograd differentiates as a whole.
   *
   * @param method for messages
   * @param value what it gave
   * @param outputs what it was given
   * @return the same
   * @throws IllegalStateException when it is no single number, or depends on no output
   */
  public static Tensor loss(String method, Tensor value, Tensor... outputs) {
    checked(method, value, isLike(outputs[0], value));
    if (GradMode.is_enabled() && Arrays.stream(outputs).anyMatch(Tensor::requires_grad)) {
      requireDependence(method, value);
    }
    return value;
  }

  private static boolean isLike(Tensor other, Tensor value) {
    return value != null
        && value.defined()
        && value.scalar_type().intern() == other.scalar_type().intern();
  }

  private static Tensor checked(String method, Tensor value, boolean sameType, long... wanted) {
    if (value == null || !value.defined()) {
      throw new IllegalStateException(method + " gave no tensor");
    }
    if (!Arrays.equals(wanted, Shapes.of(value))) {
      String shape = Arrays.toString(wanted).replace('[', '(').replace(']', ')');
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s gave %s, but %s",
              method,
              Shapes.describe(value),
              wanted.length == 0
                  ? "a loss is a single number, the mean over the rows it is given: take the mean"
                  : shape + " was to come; state what it gives by output of @Layer"));
    }
    if (!sameType) {
      throw new IllegalStateException(
          method
              + " gave "
              + Shapes.describe(value)
              + ", but numbers of its input's type were to"
              + " come: convert them by to(ScalarType.Float)");
    }
    return value;
  }

  private static void requireDependence(String method, Tensor value) {
    if (!value.requires_grad()) {
      throw new IllegalStateException(
          method
              + " gave what depends on nothing that it was given, as far as libtorch's autograd"
              + " sees: compute it of those tensors, without detach, data, item or a rounding, or"
              + " let nothing before it learn");
    }
  }
}
