// A dense block (Huang et al., 2017): each layer reads all before it. Its layers are torchvision's.
@Network(input = {2, 8, 8})
@CrossEntropyLoss
@SGD(lr = 0.1)
public interface Net {
  @Conv2d(value = 6, kernelSize = 3, padding = 1, bias = false)
  Tensor conv0(Tensor input);

  @Use(value = DenseLayer.class, sizes = 4)
  Tensor denselayer1(Tensor conv0);

  @Concat @Use(value = DenseLayer.class, sizes = 4)
  Tensor denselayer2(Tensor conv0, Tensor denselayer1);

  @Concat @Use(value = DenseLayer.class, sizes = 4)
  Tensor denselayer3(Tensor conv0, Tensor denselayer1, Tensor denselayer2);

  @Concat
  Tensor features(Tensor conv0, Tensor denselayer1, Tensor denselayer2, Tensor denselayer3);

  @BatchNorm2d
  Tensor norm5(Tensor features);

  @ReLU @AdaptiveAvgPool2d(1) @Flatten
  Tensor pooled(Tensor norm5);

  @Linear(3)
  Tensor classifier(Tensor pooled);
}

@Block
@Named("norm1") @BatchNorm2d @ReLU
@Named("conv1") @Conv2d(value = 2 * Size.A, kernelSize = 1, bias = false)
@Named("norm2") @BatchNorm2d @ReLU
@Named("conv2") @Conv2d(value = Size.A, kernelSize = 3, padding = 1, bias = false)
interface DenseLayer {}
