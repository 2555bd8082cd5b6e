package example;

import io.github.torchscribe.dsl.*;
import io.github.torchscribe.dsl.nn.*;
import io.github.torchscribe.dsl.optim.*;

@Network(input = {1, 28, 28})
@Conv2d(value = 16, kernelSize = 3) @ReLU @MaxPool2d(2)
@Flatten @Linear(10)
@CrossEntropyLoss
@Adam
public interface Digits {}
