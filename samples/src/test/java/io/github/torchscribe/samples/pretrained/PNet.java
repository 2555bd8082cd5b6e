package io.github.torchscribe.samples.pretrained;

import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.Named;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Output;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.PReLU;
import io.github.torchscribe.dsl.nn.Softmax;
import org.bytedeco.pytorch.Tensor;

/** MTCNN's first network: whether 12 × 12 pixels are a face, and where. */
@Network
public interface PNet {
  @Named("conv1")
  @Conv2d(value = 10, kernelSize = 3)
  @Named("prelu1")
  @PReLU(numParameters = 10)
  @MaxPool2d(value = 2, ceilMode = true)
  @Named("conv2")
  @Conv2d(value = 16, kernelSize = 3)
  @Named("prelu2")
  @PReLU(numParameters = 16)
  @Named("conv3")
  @Conv2d(value = 32, kernelSize = 3)
  @Named("prelu3")
  @PReLU(numParameters = 32)
  Tensor seen(@Input({3, 12, 12}) Tensor image);

  @Named("conv4_1")
  @Conv2d(value = 2, kernelSize = 1)
  @Softmax(dim = 1)
  @Output
  Tensor face(Tensor seen);

  @Named("conv4_2")
  @Conv2d(value = 4, kernelSize = 1)
  @Output
  Tensor box(Tensor seen);
}
