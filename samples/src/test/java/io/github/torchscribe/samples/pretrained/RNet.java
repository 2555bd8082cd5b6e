package io.github.torchscribe.samples.pretrained;

import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.Named;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Output;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.PReLU;
import io.github.torchscribe.dsl.nn.Permute;
import io.github.torchscribe.dsl.nn.Softmax;
import org.bytedeco.pytorch.Tensor;

/** MTCNN's second network: the same of 24 × 24 pixels. */
@Network
public interface RNet {
  @Named("conv1")
  @Conv2d(value = 28, kernelSize = 3)
  @Named("prelu1")
  @PReLU(numParameters = 28)
  @MaxPool2d(value = 3, stride = 2, ceilMode = true)
  @Named("conv2")
  @Conv2d(value = 48, kernelSize = 3)
  @Named("prelu2")
  @PReLU(numParameters = 48)
  @MaxPool2d(value = 3, stride = 2, ceilMode = true)
  @Named("conv3")
  @Conv2d(value = 64, kernelSize = 2)
  @Named("prelu3")
  @PReLU(numParameters = 64)
  @Permute({3, 2, 1})
  @Flatten
  @Named("dense4")
  @Linear(128)
  @Named("prelu4")
  @PReLU(numParameters = 128)
  Tensor seen(@Input({3, 24, 24}) Tensor image);

  @Named("dense5_1")
  @Linear(2)
  @Softmax(dim = 1)
  @Output
  Tensor face(Tensor seen);

  @Named("dense5_2")
  @Linear(4)
  @Output
  Tensor box(Tensor seen);
}
