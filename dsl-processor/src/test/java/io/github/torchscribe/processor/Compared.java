package io.github.torchscribe.processor;

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

  /** The smallest batch that can be learned from. */
  long fewest();

  /** What PyTorch computed. */
  Fixture fixture() throws IOException;
}
