package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Gpu;
import io.github.torchscribe.runtime.torch.TorchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with a model besides steps, on the tests' device: {@link TestDevice}. */
class OnDeviceTest {
  private static final String NET =
      """
      @Network(input = {8})
      @Linear({8, 16}) @BatchNorm1d @ReLU @Linear({16, 3})
      @CrossEntropyLoss
      @AdamW(lr = 0.01)
      public interface Net {}
      """;

  private static final int THREADS = 8;

  private PointerScope scope;
  private Model model;

  @BeforeEach
  void learn() {
    scope = new PointerScope();
    model = learned();
  }

  /** The same each time. */
  private static Model learned() {
    torch.manual_seed(5);
    Model learns = Networks.model(NET, 3);
    for (int i = 0; i < 5; i++) {
      learns.step(TestDevice.there(inputs(20)), TestDevice.there(classes(20)));
    }
    return learns;
  }

  @AfterEach
  void close() {
    model.close();
    scope.close();
  }

  private static Tensor inputs(long n) {
    return torch.randn(n, 8);
  }

  private static Tensor classes(long n) {
    return torch.randint(3, new long[] {n}, new TensorOptions(torch.ScalarType.Long));
  }

  private static void assertSame(Model expected, Model actual) {
    for (int i = 0; i < expected.parameters().size(); i++) {
      Tensor one = Device.cpu().copy(expected.parameters().get(i).value());
      Tensor other = Device.cpu().copy(actual.parameters().get(i).value());
      assertTrue(one.equal(other), expected.parameters().get(i).name());
    }
    expected
        .buffers()
        .forEach(
            (name, buffer) ->
                assertTrue(
                    Device.cpu().copy(buffer).equal(Device.cpu().copy(actual.buffers().get(name))),
                    name));
  }

  @Test
  void aFileIsReadWhereverAModelIs(@TempDir Path folder) {
    Path file = folder.resolve("net.safetensors");
    model.save(file);
    try (Model here = Networks.model(NET, 4).to(Device.cpu());
        Model there = Networks.model(NET, 5)) {
      here.load(file);
      there.load(file);
      assertSame(model, here);
      assertSame(model, there);
      Tensor input = TestDevice.there(inputs(7));
      assertTrue(model.forward(input).equal(there.forward(input)), "the same outputs");
    }
  }

  /** With all that its optimizer remembers: it learns on as if it had stayed. */
  @Test
  void aModelGoesAndComesBack() {
    try (Model stays = learned()) {
      model.to(Device.cpu());
      assertSame(stays, model);
      model.to(TestDevice.get());
      for (int i = 0; i < 3; i++) {
        Tensor input = TestDevice.there(inputs(20));
        Tensor target = TestDevice.there(classes(20));
        assertEquals(stays.step(input, target), model.step(input, target), 1e-6);
      }
      for (int i = 0; i < stays.parameters().size(); i++) {
        Tensor one = stays.parameters().get(i).value();
        Tensor other = model.parameters().get(i).value();
        assertTrue(torch.allclose(one, other, 1e-5, 1e-6, false), "parameter " + i);
      }
    }
  }

  @Test
  void evaluationsAreThoseOfTheProcessor() {
    try (TensorDataset data = new TensorDataset(inputs(50), classes(50))) {
      Evaluation there = model.evaluate(data);
      Evaluation here = model.to(Device.cpu()).evaluate(data);
      assertEquals(here.loss(), there.loss(), 1e-5);
      assertEquals(here.correct(), there.correct());
    }
  }

  @Test
  void manyThreadsAskAtOnce() throws Exception {
    float[][] examples = new float[THREADS][8];
    float[][] expected = new float[THREADS][3];
    for (int i = 0; i < THREADS; i++) {
      Tensor one = inputs(1);
      one.data_ptr_float().get(examples[i]);
      Device.cpu().copy(model.forward(TestDevice.there(one))).data_ptr_float().get(expected[i]);
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Predictor predictor = model.predictor()) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < 20 * THREADS; i++) {
        int which = i % THREADS;
        tasks.add(
            () -> {
              assertArrayEquals(expected[which], predictor.predict(examples[which]), 1e-5f);
              return null;
            });
      }
      for (Future<Void> each : threads.invokeAll(tasks)) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void tensorsOfAnotherDeviceAreRefused() {
    assumeTrue(TestDevice.isGpu());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> model.forward(inputs(2)));
    assertTrue(e.getMessage().endsWith("was given Float (2, 8) on the CPU"), e.getMessage());
  }

  @Test
  void aGpuHasANameAndMemoryInUse() {
    assumeTrue(TestDevice.isGpu());
    Gpu gpu = Gpu.of(TestDevice.get()).orElseThrow();
    assertTrue(gpu.name().contains("NVIDIA"), gpu.name());
    assertTrue(gpu.peakBytes() > 0 && gpu.peakBytes() < gpu.bytes(), gpu.peak());
  }

  @Test
  void aGpuMoreThanThereAreIsNotThere() {
    assumeTrue(TestDevice.isGpu());
    int count = torch.cuda_device_count();
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> Device.cuda(count));
    assertEquals(
        "device cuda:" + count + " is not there: this machine has " + count + ", counted from 0",
        e.getMessage());
  }

  /** Some 130 kB for each example, by the plan: two millions are more than any GPU has. */
  private static String deep() {
    String layers =
        IntStream.range(0, 64)
            .mapToObj(i -> "@Linear({512, 512}) @ReLU")
            .collect(Collectors.joining("\n"));
    return String.format(
        Locale.ROOT,
        "@Network(input = {8}) @Linear({8, 512}) %s @Linear({512, 1}) @MSELoss @SGD(lr = 1e-4)"
            + " public interface Net {}",
        layers);
  }

  @Test
  void theLargestBatchThatWouldFitDoes() {
    assumeTrue(TestDevice.isGpu());
    try (Model large = Networks.model(deep(), 3)) {
      long n = 2_000_000;
      Tensor input = TestDevice.there(inputs(n));
      Tensor target = TestDevice.there(torch.randn(n, 1));
      TorchException e = assertThrows(TorchException.class, () -> large.step(input, target));
      System.out.println(e.getMessage());
      Matcher most =
          Pattern.compile(
                  ": no memory on cuda:0 for a batch of 2000000, .*: a batch of (\\d+) would")
              .matcher(e.getMessage());
      assertTrue(most.find(), e.getMessage());
      long fits = Long.parseLong(most.group(1));
      assertTrue(fits > n / 100, "at least some: " + fits);
      float loss = large.step(input.narrow(0, 0, fits), target.narrow(0, 0, fits));
      assertTrue(Float.isFinite(loss), "loss " + loss);
    }
  }
}
