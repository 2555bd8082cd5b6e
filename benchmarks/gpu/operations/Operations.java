package io.github.torchscribe.benchmarks;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.data.Batch;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Has libtorch write down each operation of one training step, as it is told a GPU: {@code
 * Operations FOLDER WORKLOAD…} leaves {@code FOLDER/WORKLOAD.json}. JavaCPP has no method for
 * libtorch's execution trace, so it is called as the C++ function that it is; needs JDK 22.
 */
final class Operations {
  private static final String OF_TORCH = "_ZN5torch8profiler4impl";
  private static final int SETTLED = 6;

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup torch;

  private Operations() throws IOException {
    torch = SymbolLookup.libraryLookup(loaded("libtorch_cpu.so"), Arena.global());
  }

  public static void main(String[] args) throws Throwable {
    System.setProperty("torchscribe.graphs", "emulated");
    for (String workload : List.of(args).subList(1, args.length)) {
      Workload some = Workload.of(workload);
      List<Batch> batches = some.batches();
      try (Model model = some.create("generated")) {
        for (int i = 0; i < SETTLED; i++) {
          model.step(batches.get(i).inputs(), batches.get(i).targets());
        }
        Batch next = batches.get(SETTLED);
        Path file = Path.of(args[0], workload + ".json");
        new Operations().write(file, () -> model.step(next.inputs(), next.targets()));
      }
    }
  }

  /** The very library that has been loaded, not another of its name. */
  private static Path loaded(String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
      if (line.endsWith("/" + name)) {
        return Path.of(line.substring(line.indexOf('/')));
      }
    }
    throw new IOException(name + " is not loaded");
  }

  private MethodHandle function(String mangled, FunctionDescriptor what) {
    return linker.downcallHandle(torch.find(OF_TORCH + mangled).orElseThrow(), what);
  }

  private void write(Path file, Runnable step) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      // A std::string as libstdc++ has it: where it lies, how long it is, and room that is not used.
      byte[] path = (file + "\0").getBytes(StandardCharsets.UTF_8);
      MemorySegment text = arena.allocate(path.length);
      text.copyFrom(MemorySegment.ofArray(path));
      MemorySegment string = arena.allocate(32, 8);
      string.set(ValueLayout.ADDRESS, 0, text);
      string.set(ValueLayout.JAVA_LONG, 8, path.length - 1L);
      string.set(ValueLayout.JAVA_LONG, 16, path.length - 1L);
      function(
              "25addExecutionTraceObserverERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE",
              FunctionDescriptor.of(ValueLayout.JAVA_BOOLEAN, ValueLayout.ADDRESS))
          .invoke(string);
      function("28enableExecutionTraceObserverEv", FunctionDescriptor.ofVoid()).invoke();
      step.run();
      function("29disableExecutionTraceObserverEv", FunctionDescriptor.ofVoid()).invoke();
      function("28removeExecutionTraceObserverEv", FunctionDescriptor.ofVoid()).invoke();
    }
  }
}
