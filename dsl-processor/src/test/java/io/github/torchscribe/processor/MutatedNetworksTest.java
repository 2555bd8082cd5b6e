package io.github.torchscribe.processor;

import static io.github.torchscribe.processor.KeptClassPath.leanJavac;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Networks of methods and blocks in which some annotations, numbers and names are lost or others:
 * whatever is said of them, the processor does not fail.
 */
@CompilesOnly
class MutatedNetworksTest {
  private static final int COUNT = Integer.getInteger("mutated.networks", 24);

  private static final String NETWORK =
      """
      @Network
      @SGD(lr = 0.1)
      public interface Net {
        @Conv2d(value = {1, 8}, kernelSize = 3, padding = 1) @ReLU
        Tensor fine(@Input({1, 8, 8}) Tensor image);
        @MaxPool2d(2) @Use(value = Twice.class, sizes = {8, 12}, times = 1)
        Tensor coarse(Tensor fine);
        @Upsample(scaleFactor = 2) @Named("squeeze") @Conv2d(value = {12, 8}, kernelSize = 1)
        Tensor up(Tensor coarse);
        @Concat(dim = 1) @Branches(value = {One.class, Twice.class}, sizes = {16, 4}) @Add @ReLU
        Tensor both(Tensor up, @From("fine") Tensor other);
        @Conv2d(value = {4, 4}, kernelSize = 1) @Residual
        @Shortcut(value = One.class, sizes = {4, 4}) @Linear({8, 3}) @MSELoss
        Tensor mask(Tensor both);
      }
      @Block
      @Conv2d(value = {Size.A, Size.B}, kernelSize = 1)
      interface One {}
      @Block
      interface Twice {
        @Conv2d(value = {Size.A, 2 * Size.B}, kernelSize = 1) @Tanh Tensor a(Tensor input);
        @Conv2d(value = {2 * Size.B, Size.B}, kernelSize = 1) Tensor b(Tensor a);
        @Use(value = One.class, sizes = {Size.A, Size.B}) Tensor c(Tensor input);
        @Multiply Tensor d(Tensor b, Tensor c);
      }
      """;

  private static final Pattern ANNOTATION = Pattern.compile("@\\w+(\\([^()]*\\))?");
  private static final Pattern NUMBER = Pattern.compile("\\b(\\d+|Size\\.[A-H])\\b");
  private static final Pattern PARAMETER = Pattern.compile("(?<=[(] ?|, )Tensor \\w+(?=[,)])");
  private static final Pattern NAME =
      Pattern.compile("\\b(fine|coarse|up|both|mask|image|other|input|[abcd]|One|Twice|Net)\\b");

  static List<Integer> seeds() {
    return IntStream.range(0, COUNT).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isReadWithoutFailing(int seed) {
    String source = mutated(new Random(seed));
    try {
      leanJavac()
          .withProcessors(new NetworkProcessor(), new LocalTypeProcessor())
          .withOptions("-proc:only")
          .compile(Networks.file(Networks.IMPORTS + source));
    } catch (RuntimeException e) {
      throw new AssertionError(source, e);
    }
  }

  private static String mutated(Random random) {
    String source = NETWORK;
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      source =
          switch (random.nextInt(6)) {
            case 0 -> replaced(source, ANNOTATION, "", random);
            case 1, 2 -> exchanged(source, ANNOTATION, random);
            case 3 -> exchanged(source, NUMBER, random);
            case 4 -> exchanged(source, NAME, random);
            default -> replaced(source, PARAMETER, "Tensor up, Tensor b", random);
          };
    }
    return source;
  }

  /** One of what is found is another of it. */
  private static String exchanged(String source, Pattern what, Random random) {
    List<MatchResult> all = what.matcher(source).results().toList();
    return replaced(source, what, all.get(random.nextInt(all.size())).group(), random);
  }

  private static String replaced(String source, Pattern what, String by, Random random) {
    List<MatchResult> all = what.matcher(source).results().toList();
    if (all.isEmpty()) {
      return source;
    }
    MatchResult one = all.get(random.nextInt(all.size()));
    return source.substring(0, one.start()) + by + source.substring(one.end());
  }
}
