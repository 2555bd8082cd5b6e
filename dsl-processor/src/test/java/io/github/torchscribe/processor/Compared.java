package io.github.torchscribe.processor;

import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import org.bytedeco.pytorch.Tensor;

/** A network that is compared with libtorch's autograd, and with what PyTorch computed. */
interface Compared {
  /** Of the fixture. */
  String name();

  /** The network and what it uses, in Java; its interface is public. */
  String declaration(String gradient);

  /** A batch of inputs. */
  Tensor inputs(long n);

  /** For an output, one of what the loss wants. */
  Tensor targets(Tensor output);

  /** A batch of inputs by name; a single one has none. */
  default Tensors allInputs(long n) {
    return Tensors.of(inputs(n));
  }

  /** For outputs what each loss wants, by name; a single one has none. */
  default Tensors allTargets(Tensors outputs) {
    return Tensors.of(targets(outputs.only()));
  }

  /** The smallest batch that can be learned from. */
  long fewest();

  /** How far two ways of computing a gradient may be apart by rounding, as a part of it. */
  default double rounding() {
    return 1e-5;
  }

  /** How far weights may be after some steps, each of which makes rounding grow. */
  default double drift() {
    return rounding();
  }

  /** Of how many batches one has to agree. */
  default int draws() {
    return 1;
  }

  /** What PyTorch computed. */
  Fixture fixture() throws IOException;
}
