// What is said, letter by letter at places that nobody knows, once with another blank, and who says it.
@Network @SGD(lr = 0.05)
public interface Net {
  @Linear(8) @Tanh
  Tensor sound(@Input({7, 4}) Tensor wave);

  @Linear(5) @LogSoftmax @CTCLoss(targetLength = 3)
  Tensor letters(Tensor sound);

  @Linear(3) @LogSoftmax @CTCLoss(blank = 2, zeroInfinity = true) @LossWeight(0.5)
  Tensor tones(Tensor sound);

  @Flatten @Linear(3) @CrossEntropyLoss
  Tensor speaker(Tensor sound);
}
