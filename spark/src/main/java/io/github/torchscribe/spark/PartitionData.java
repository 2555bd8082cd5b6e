package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.data.NamedDataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * A partition's rows. It says of them what the network does: a partition may lack the largest
 * class, and all ranks must say the same.
 */
final class PartitionData implements NamedDataset {
  private final TensorSpecs inputs;
  private final TensorSpecs targets;
  private final TensorDataset rows;

  PartitionData(TensorSpecs inputs, Tensors inputRows, TensorSpecs targets, Tensors targetRows) {
    this.inputs = inputs;
    this.targets = targets;
    rows = new TensorDataset(inputRows, targetRows);
  }

  @Override
  public long size() {
    return rows.size();
  }

  @Override
  public TensorSpecs inputSpecs() {
    return inputs;
  }

  @Override
  public TensorSpecs targetSpecs() {
    return targets;
  }

  @Override
  public boolean isFixed() {
    return true;
  }

  @Override
  public boolean gathersParts() {
    return true;
  }

  @Override
  public void gather(Tensor indices, Tensors inputs, Tensors targets) {
    rows.gather(indices, inputs, targets);
  }

  @Override
  public void close() {
    rows.close();
  }
}
