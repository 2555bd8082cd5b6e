// Squeeze-and-excitation (Hu et al., 2018): channels weighed by what is in all of them.
@Network
@CrossEntropyLoss
@SGD(lr = 0.1)
public interface Net {
  @Conv2d(value = 8, kernelSize = 3, padding = 1)
  Tensor conv(@Input({2, 8, 8}) Tensor image);

  @AdaptiveAvgPool2d(1)
  Tensor squeezed(Tensor conv);

  @Conv2d(value = 3, kernelSize = 1)
  Tensor fc1(Tensor squeezed);

  @ReLU
  Tensor activated(Tensor fc1);

  @Conv2d(value = 8, kernelSize = 1)
  Tensor fc2(Tensor activated);

  @Sigmoid
  Tensor scale(Tensor fc2);

  @Multiply @ReLU @Flatten
  Tensor excited(Tensor conv, Tensor scale);

  @Linear(3)
  Tensor head(Tensor excited);
}
