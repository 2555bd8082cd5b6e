// torchvision's ResNet-50, its first two stages, 1/32 as wide, of two blocks each.
@Network(input = {3, 32, 32})
@Named("conv1") @Conv2d(value = 4, kernelSize = 7, stride = 2, padding = 3, bias = false)
@Named("bn1") @BatchNorm2d
@ReLU
@MaxPool2d(value = 3, stride = 2, padding = 1)
@Named("layer1") @Use(value = Stage.class, sizes = {2, 1, 1})
@Named("layer2") @Use(value = Stage.class, sizes = {3, 2, 1})
@AdaptiveAvgPool2d(1) @Flatten
@Named("fc") @Linear(3)
@CrossEntropyLoss
@SGD(lr = 0.02)
public interface Net {}

@Block
@Use(value = First.class, sizes = {Size.A, Size.B})
@Use(value = Bottleneck.class, sizes = Size.A, times = Size.C)
interface Stage {}

@Block
@Named("conv1") @Conv2d(value = Size.A, kernelSize = 1, bias = false)
@Named("bn1") @BatchNorm2d
@ReLU
@Named("conv2") @Conv2d(value = Size.A, kernelSize = 3, stride = Size.B, padding = 1, bias = false)
@Named("bn2") @BatchNorm2d
@ReLU
@Named("conv3") @Conv2d(value = 4 * Size.A, kernelSize = 1, bias = false)
@Named("bn3") @BatchNorm2d
@Residual @Named("downsample") @Shortcut(value = Downsample.class, sizes = {4 * Size.A, Size.B})
@ReLU
interface First {}

@Block
@Conv2d(value = Size.A, kernelSize = 1, stride = Size.B, bias = false)
@BatchNorm2d
interface Downsample {}

@Block
@Named("conv1") @Conv2d(value = Size.A, kernelSize = 1, bias = false)
@Named("bn1") @BatchNorm2d
@ReLU
@Named("conv2") @Conv2d(value = Size.A, kernelSize = 3, padding = 1, bias = false)
@Named("bn2") @BatchNorm2d
@ReLU
@Named("conv3") @Conv2d(value = 4 * Size.A, kernelSize = 1, bias = false)
@Named("bn3") @BatchNorm2d
@Residual
@ReLU
interface Bottleneck {}
