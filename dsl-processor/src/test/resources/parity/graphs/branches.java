// A chain whose middle goes three ways and comes together; a residual sum with layers behind it, and a gate in it.
@Network(input = {2, 8, 8})
@Conv2d(value = 4, kernelSize = 3, padding = 1)
@Branches(value = {Pointwise.class, Square.class, Pooled.class}, sizes = 3) @Concat
@ReLU
@Use(value = Settle.class, sizes = 12, times = 2)
@AdaptiveAvgPool2d(2) @Flatten
@Linear(3)
@CrossEntropyLoss
@SGD(lr = 0.1)
public interface Net {}

@Block
@Conv2d(value = Size.A, kernelSize = 1)
interface Pointwise {}

@Block
@Conv2d(value = Size.A, kernelSize = 1) @ReLU
@Conv2d(value = 2 * Size.A, kernelSize = 3, padding = 1)
interface Square {}

@Block
@AvgPool2d(value = 3, stride = 1, padding = 1) @Conv2d(value = Size.A, kernelSize = 1)
interface Pooled {}

@Block
@Conv2d(value = 5, kernelSize = 3, padding = 1) @ReLU
@Conv2d(value = Size.A, kernelSize = 1)
@Residual
@GroupNorm(1) @ReLU
@Branches(value = {Pointwise.class, Gate.class}, sizes = Size.A) @Multiply
interface Settle {}

@Block
@Conv2d(value = Size.A, kernelSize = 1) @Sigmoid
interface Gate {}
