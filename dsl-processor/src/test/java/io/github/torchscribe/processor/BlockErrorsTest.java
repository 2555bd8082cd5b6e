package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.processor.message.Message;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad block, and each bad use of one: the right message at the right place. */
@CompilesOnly
class BlockErrorsTest {
  private static final String WIDEN = "\n@Block @Linear({Size.A, Size.B}) @ReLU interface Widen {}";

  static Stream<BadNetwork> bad() {
    return Stream.of(
        new BadNetwork(
            Message.BLOCK_AND_NETWORK,
            "Net is a block and a network; keep @Network where it has an input",
            "▶@Network(input = 4) @Block @Linear(3) interface Net {}"),
        new BadNetwork(
            Message.NOT_OF_A_BLOCK,
            "@MSELoss is on the block Net, which is a part of networks",
            "@Block @Linear(3) ▶@MSELoss interface Net {}"),
        new BadNetwork(
            Message.NOT_OF_A_BLOCK,
            "@Training is on the block Net",
            "@Block @Linear(3) ▶@Training(epochs = 2) interface Net {}"),
        new BadNetwork(
            Message.NOT_OF_A_BLOCK,
            "@MSELoss is on the block Net",
            "@Block interface Net { @Linear(3) ▶@MSELoss Tensor head(Tensor input); }"),
        new BadNetwork(
            Message.BLOCK_TAKES_ANY,
            "@Input states a shape of @Input(4); write @Input alone, or let Net be a network",
            "@Block interface Net { @Linear(3) Tensor head(@Input(▶4) Tensor x); }"),
        new BadNetwork(
            Message.BLOCK_WITH_FORWARD,
            "Net is a block with a forward of its own",
            "▶@Block interface Net { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"),
        new BadNetwork(
            Message.NO_LAYER,
            "Net has no layer; write the layers below @Block",
            "▶@Block interface Net {}"),
        new BadNetwork(
            Message.NOT_AN_INTERFACE,
            "@Block belongs on an interface, but Net is a class",
            "@Block @Linear(3) ▶class Net {}"),
        new BadNetwork(
            Message.SIZE_WITHOUT_USE,
            "Size.B is what a use gives a block, but Net is a network",
            "@Network(input = 4) @Linear({4, Size▶.B}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_WITHOUT_USE,
            "Size.A is what a use gives a block, but Net is a network",
            "@Network(input = 2 ▶* Size.A) @Linear(4) interface Net {}"),
        new BadNetwork(
            Message.SIZE_COMPUTED,
            "can be multiplied, up to 63 times, but nothing else",
            "@Block @Linear({Size.A, Size.A ▶+ 16}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_COMPUTED,
            "can be multiplied, up to 63 times, but nothing else",
            "@Block @Linear({Size.A, Size.B ▶- Size.A}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_COMPUTED,
            "can be multiplied, up to 63 times, but nothing else",
            "@Block @Linear({Size.A, Size.A ▶- Size.B}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_COMPUTED,
            "can be multiplied, up to 63 times, but nothing else",
            "@Block @Linear({Size.A, Size.A ▶/ 2}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_COMPUTED,
            "can be multiplied, up to 63 times, but nothing else",
            "@Block @Linear({Size.A, 64 ▶* Size.A}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_COMPUTED,
            "can be multiplied, up to 63 times, but nothing else",
            "@Block @Linear({Size.A, Size.A ▶* Size.B}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_COMPUTED,
            "can be multiplied, up to 63 times, but nothing else",
            "@Block @Linear({Size.A, ▶-Size.A}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_COMPUTED,
            "can be multiplied, up to 63 times, but nothing else",
            "@Block @Linear({Size.A, Size.A ▶- 2 * Size.B}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_COMPUTED,
            "can be multiplied, up to 63 times, but nothing else",
            "@Block @Linear({Size.A, 128 ▶* Size.B}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_COMPUTED,
            "can be multiplied, up to 63 times, but nothing else",
            "@Block @Linear({Size.A, Size.A % 100 ▶+ 200}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_COMPUTED,
            "can be multiplied, up to 63 times, but nothing else",
            "@Block @Linear({Size.A, Size.A ▶% 64}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_COMPUTED,
            "can be multiplied, up to 63 times, but nothing else",
            "@Block @Linear({Size.A, Size.A ▶/ 32}) interface Net {}"),
        new BadNetwork(
            Message.SIZE_NOT_WHOLE,
            "Size.A is a whole number that a use gives, and this is no whole number",
            "@Block @LeakyReLU(negativeSlope = Size▶.A) @Linear(Size.A) interface Net {}"),
        new BadNetwork(
            Message.SIZE_NOT_GIVEN,
            "Widen needs Size.B, but sizes of @Use gives 1",
            "@Network(input = 4) @Use(value = Widen.class, sizes = ▶4) interface Net {}" + WIDEN),
        new BadNetwork(
            Message.SIZE_NOT_GIVEN,
            "Widen needs Size.A and Size.B, but sizes of @Use gives none",
            "@Network(input = 4) ▶@Use(Widen.class) interface Net {}" + WIDEN),
        new BadNetwork(
            Message.SIZE_NOT_USED,
            "Widen has no Size.C, which sizes of @Use gives as 5",
            "@Network(input = 4) @Use(value = Widen.class, sizes = {4, 3, ▶5}) interface Net {}"
                + WIDEN),
        new BadNetwork(
            Message.SIZE_NOT_USED,
            "In has no Size.A, which sizes of @Branches gives as 3",
            "@Network(input = 4) @Branches(value = {In.class, In.class}, sizes = ▶3) @Add\n"
                + "interface Net {}\n@Network(input = 4) @Linear(4) interface In {}"),
        new BadNetwork(
            Message.FEATURES_DIFFER,
            "@Linear expects 5 input features but receives 4 from the network's input; did you mean"
                + " 4? (in @Use(value = Widen.class, sizes = {5, 3}) of Net)",
            "@Network(input = 4) @Use(value = Widen.class, sizes = {5, 3}) interface Net {}"
                + WIDEN.replace("Size.A", "Size▶.A")),
        new BadNetwork(
            Message.SIZE_NOT_POSITIVE,
            "a size must be at least 1 but is 0 (in @Use(value = Widen.class, sizes = {8, 0}) of"
                + " Inner, in @Use(value = Inner.class, sizes = 4) of Net)",
            "@Network(input = 8) @Use(value = Inner.class, sizes = 4) interface Net {}\n"
                + "@Block @Use(value = Widen.class, sizes = {2 * Size.A, 0}) interface Inner {}"
                + WIDEN.replace("Size.B", "Size▶.B")),
        new BadNetwork(
            Message.RESIDUAL_DIFFERS,
            "@Residual adds (N, 4) to (N, 5), which differ; let the layers keep the shape, or add"
                + " @Shortcut with a network that gives (N, 5) (in @Use(In.class) of Net)",
            "@Network(input = 4) @Use(In.class) interface Net {}\n"
                + "@Block @Linear(5) ▶@Residual @ReLU interface In {}"),
        new BadNetwork(
            Message.OUT_OF_RANGE,
            "times of @Use must be at least 1 but is 0 (in @Use(value = Many.class, sizes = 0) of Net)",
            "@Network(input = 4) @Use(value = Many.class, sizes = 0) interface Net {}\n"
                + "@Block @Use(value = In.class, times = Size▶.A) interface Many {}\n"
                + "@Block @Linear(4) interface In {}"),
        new BadNetwork(
            Message.OTHER_INPUT,
            "@Branches(In.class) takes (N, 5), but receives (N, 4) from the network's input",
            "@Network(input = 4) @Branches({Out.class, In▶.class}) @Add interface Net {}\n"
                + "@Block @Linear(3) interface Out {}\n@Network(input = 5) @Linear(3) interface In {}"),
        new BadNetwork(
            Message.USES_ITSELF,
            "Net would contain itself",
            "@Block @Linear(3) @Use(Net▶.class) interface Net {}"),
        new BadNetwork(
            Message.NOT_A_NETWORK,
            "@Branches names String, which is no network; add @Network to it, or @Block",
            "@Block @Branches({In.class, String▶.class}) @Add interface Net {}\n"
                + "@Block @Linear(4) interface In {}"),
        new BadNetwork(
            Message.NOT_A_PART,
            "In has stacks on methods and its own forward",
            "@Block @Use(In▶.class) interface Net {}\n"
                + "@Network(input = 4) interface In { @Linear(3) Tensor head(Tensor x);\n"
                + "default Tensor forward(Tensor x) { return head(x); } }"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isReportedAtItsPlace(BadNetwork bad) {
    bad.isReportedAtItsPlace();
  }

  /** What is wrong in a block whoever uses it is said once. */
  @Test
  void aFaultOfTheBlockIsSaidOnce() {
    assertEquals(
        List.of("TS075"),
        Networks.compile(
                List.of(),
                Networks.IMPORTS
                    + "@Network(input = 4) @Use(In.class) @Use(Both.class) @Use(In.class)"
                    + " interface Net {}\n"
                    + "@Block @Use(In.class) @Linear(4) interface Both {}\n"
                    + "@Block @Linear(4) @Add @ReLU interface In {}")
            .errors()
            .stream()
            .map(error -> error.getMessage(Locale.ROOT).substring(0, 5))
            .toList());
  }
}
