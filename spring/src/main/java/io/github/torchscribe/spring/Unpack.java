package io.github.torchscribe.spring;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.samples.mnist.CnnModel;

/**
 * Has libtorch's libraries unpacked into JavaCPP's cache, and nothing else: run while an image is
 * built, it saves each container's first start from doing so.
 */
final class Unpack {
  private Unpack() {}

  public static void main(String[] args) {
    try (Model model = CnnModel.create()) {
      System.out.println(
          "unpacked: " + model.name() + " has " + model.parameterCount() + " weights");
    }
  }
}
