package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.PackedSequence;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Sequences that end at places of their own, packed as libtorch's recurrent layers read them: the
 * first place of all, then the second of all that have one, and so on.
 *
 * @param packed the places, and the order of the examples, the longest first
 * @param length of the longest that there could be
 */
record Packed(PackedSequence packed, long length) {
  /**
   * Packs sequences.
   *
   * @param input (n, L, E)
   * @param isThere (n, L): 1, or 0 for padding; each sequence has a place that is there
   */
  static Packed of(Tensor input, Tensor isThere) {
    long length = input.size(1);
    Tensor numbers = torch.arange(new Scalar(1), new Scalar(length + 1), isThere.options());
    // What is behind the last place that is there comes after the end.
    Tensor ends = isThere.ne(new Scalar(0.0)).mul(numbers).amax(new long[] {1}, false);
    Tensor lengths = ends.cpu().to(torch.ScalarType.Long);
    return new Packed(torch.pack_padded_sequence(input, lengths, true, false), length);
  }

  Tensor data() {
    return packed.data();
  }

  Tensor batchSizes() {
    return packed.batch_sizes();
  }

  /** Results for the places that there are, as (n, L, H), 0 behind each end. */
  Tensor padded(Tensor data) {
    PackedSequence results =
        new PackedSequence(
            data, packed.batch_sizes(), packed.sorted_indices(), packed.unsorted_indices());
    return torch.pad_packed_sequence(results, true, 0, new LongOptional(length)).get0();
  }

  /** States (…, n, H) in the order of what is packed. */
  Tensor sorted(Tensor states) {
    return states.index_select(1, packed.sorted_indices());
  }

  /** States (…, n, H), whose examples go back to where they were. */
  Tensor inOrder(Tensor states) {
    return states.index_select(1, packed.unsorted_indices());
  }
}
