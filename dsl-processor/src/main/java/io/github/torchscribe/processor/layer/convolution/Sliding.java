package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.dsl.nn.Conv1d;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** A kernel or a window that slides over the last dimensions of an input. */
final class Sliding {
  private final Written written;
  private final String kernelMember;
  final long[] kernel;
  final long[] stride;
  final long[] padding;
  final long[] dilation;

  /** Zeros before the input alone, which libtorch knows nothing of. */
  final long[] before;

  private final boolean ceil;
  private boolean valid;

  /**
   * Reads and checks the members.
   *
   * @param dims over how many dimensions it slides
   * @param convolves whether it is a convolution; windows of pools lie side by side where no stride
   *     is stated
   * @param same the padding that keeps the input's size, or 0 where there is none such
   */
  Sliding(Written written, int dims, boolean convolves, long same, Report report) {
    this.written = written;
    this.kernelMember = convolves ? "kernelSize" : "value";
    int errors = report.errors();
    kernel = read(written, kernelMember, dims, 1, report);
    boolean besides = !convolves && written.sizes("stride").isEmpty();
    stride = besides ? kernel : read(written, "stride", dims, 1, report);
    dilation =
        written.has("dilation") ? read(written, "dilation", dims, 1, report) : filled(dims, 1);
    before = new long[dims];
    padding = padding(dims, same, report.errors() == errors, report);
    ceil = written.has("ceilMode") && written.flag("ceilMode");
    valid = report.errors() == errors;
  }

  /** What slides over so many dimensions takes, for messages. */
  static String takes(int dims) {
    return switch (dims) {
      case 1 -> "(N, C, L)";
      case 2 -> "(N, C, H, W)";
      default -> "(N, C, D, H, W)";
    };
  }

  private static long[] filled(int dims, long value) {
    long[] result = new long[dims];
    Arrays.fill(result, value);
    return result;
  }

  /** One size for all dimensions, or one for each; unknown where they are wrong. */
  static long[] read(Written written, String member, int dims, long least, Report report) {
    List<Long> sizes = written.sizes(member);
    if (sizes.size() != 1 && sizes.size() != dims) {
      report.say(
          Message.WRONG_COUNT,
          written.at(member),
          written.name(),
          dims == 1 ? "one size as " + member : "one size as " + member + ", or " + dims,
          sizes.size());
      return filled(dims, Shape.UNKNOWN);
    }
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i) < least) {
        report.say(
            Message.OUT_OF_RANGE,
            written.at(member, i),
            member,
            written.name(),
            "at least " + least,
            sizes.get(i));
      }
    }
    long[] result = new long[dims];
    Arrays.setAll(result, i -> Math.max(sizes.get(sizes.size() == 1 ? 0 : i), Shape.UNKNOWN));
    return result;
  }

  private long[] padding(int dims, long same, boolean known, Report report) {
    if (same != 0 && written.sizes("padding").contains((long) Conv1d.CAUSAL)) {
      return causal(dims, report);
    }
    if (same == 0 || !written.sizes("padding").contains(same)) {
      return read(written, "padding", dims, 0, report);
    }
    long[] result = new long[dims];
    for (int i = 0; i < dims; i++) {
      long all = dilation[i] * (kernel[i] - 1);
      if (known && (stride[i] != 1 || all % 2 != 0)) {
        report.say(Message.NOT_THE_SAME, written.at("padding"), written.name());
        return result;
      }
      result[i] = all / 2;
    }
    return result;
  }

  /** As many zeros before as a kernel reaches back; none after. */
  private long[] causal(int dims, Report report) {
    if (dims == 1) {
      before[0] = dilation[0] * (Math.max(kernel[0], 1) - 1);
    } else {
      report.say(
          Message.OUT_OF_RANGE,
          written.at("padding"),
          "padding",
          written.name(),
          "at least 0, or SAME (CAUSAL is of @Conv1d alone: only a sequence has a before)",
          "CAUSAL");
    }
    return new long[dims];
  }

  /**
   * Says when the padding of a pool is more than half its window, so that a window sees none of the
   * input.
   */
  void checkPadding(Report report) {
    int errors = report.errors();
    for (int i = 0; valid && i < kernel.length; i++) {
      if (2 * padding[i] > kernel[i]) {
        report.say(
            Message.OUT_OF_RANGE,
            written.at("padding", i < written.sizes("padding").size() ? i : 0),
            "padding",
            written.name(),
            "at most half the window",
            padding[i]);
      }
    }
    valid &= report.errors() == errors;
  }

  /** Says when the window is larger than the input is without its padding. */
  void checkUnpadded(Shape input, Report report) {
    for (int i = 0; valid && i < kernel.length; i++) {
      long size = input.sizes().get(i + 1);
      if (size != Shape.UNKNOWN && kernel[i] > size) {
        report.say(
            Message.OUT_OF_RANGE,
            written.at(kernelMember, i < written.sizes(kernelMember).size() ? i : 0),
            kernelMember,
            written.name(),
            "at most what its input is without padding, " + size + ",",
            kernel[i]);
      }
    }
  }

  /** Whether it is known how it slides. */
  boolean isValid() {
    return valid;
  }

  /** The shape of the output, with another number of channels. */
  Shape output(Shape input, long channels, Report report) {
    List<Long> sizes = new ArrayList<>(List.of(channels));
    for (int i = 0; i < kernel.length; i++) {
      sizes.add(size(input, i, report));
    }
    return new Shape(sizes);
  }

  private long size(Shape input, int i, Report report) {
    if (!valid || input.sizes().get(i + 1) == Shape.UNKNOWN) {
      return Shape.UNKNOWN;
    }
    long padded = input.sizes().get(i + 1) + before[i] + 2 * padding[i];
    if (kernelSpan(i) > padded) {
      report.say(
          Message.KERNEL_TOO_LARGE,
          written.at(kernelMember, i < written.sizes(kernelMember).size() ? i : 0),
          written.name(),
          kernelSpan(i),
          padded,
          input);
      return Shape.UNKNOWN;
    }
    return steps(padded - kernelSpan(i), i) + 1;
  }

  private long steps(long room, int i) {
    long steps = (room + (ceil ? stride[i] - 1 : 0)) / stride[i];
    // A window that begins beyond the input and its left padding is left out.
    boolean beyond = ceil && steps * stride[i] >= room + kernelSpan(i) - padding[i];
    return beyond ? steps - 1 : steps;
  }

  /** What is padded before the input, in each dimension. */
  long[] begins() {
    long[] begins = new long[padding.length];
    Arrays.setAll(begins, i -> before[i] + padding[i]);
    return begins;
  }

  /** ONNX' operator with how it slides, as far as that is not what goes without saying. */
  Expression.Call stated(Expression.Call operator, long[] begins, long[] ends) {
    Expression.Call stated = operator;
    if (Arrays.stream(stride).anyMatch(size -> size != 1)) {
      stated = stated.call("withAll", "strides", listed(stride));
    }
    if (LongStream.concat(Arrays.stream(begins), Arrays.stream(ends)).anyMatch(size -> size != 0)) {
      stated = stated.call("withAll", "pads", listed(begins), listed(ends));
    }
    if (Arrays.stream(dilation).anyMatch(size -> size != 1)) {
      stated = stated.call("withAll", "dilations", listed(dilation));
    }
    return stated;
  }

  static List<Long> listed(long... sizes) {
    return Arrays.stream(sizes).boxed().toList();
  }

  /** What has to be padded behind the input for windows not to hang over, in each dimension. */
  long[] ends(Shape input, Shape output) {
    long[] ends = new long[padding.length];
    Arrays.setAll(
        ends,
        i -> {
          long reach = (output.sizes().get(i + 1) - 1) * stride[i] + kernelSpan(i);
          return Math.max(padding[i], reach - padding[i] - input.sizes().get(i + 1));
        });
    return ends;
  }

  /** How far a kernel reaches. */
  long kernelSpan(int i) {
    return dilation[i] * (kernel[i] - 1) + 1;
  }
}
