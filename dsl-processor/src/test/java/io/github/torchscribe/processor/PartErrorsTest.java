package io.github.torchscribe.processor;

import io.github.torchscribe.processor.message.Message;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad name, branch and sum in a chain: the right message at the right place. */
@CompilesOnly
class PartErrorsTest {
  private static final String IN = " interface Net {}\n@Block @Linear(4) interface In {}";

  static Stream<BadNetwork> bad() {
    return Stream.of(
        new BadNetwork(
            Message.NAMES_NOTHING,
            "@Named(\"last\") stands before nothing that it could name",
            "@Network(input = 4) @Linear(4) ▶@Named(\"last\") interface Net {}"),
        new BadNetwork(
            Message.NAMES_NOTHING,
            "@Named(\"sum\") stands before nothing",
            "@Network(input = 4) @Linear(4) ▶@Named(\"sum\") @Residual @ReLU interface Net {}"),
        new BadNetwork(
            Message.NAMES_NOTHING,
            "@Named(\"a\") stands before nothing",
            "@Network(input = 4) ▶@Named(\"a\") @Named(\"b\") @Linear(4) interface Net {}"),
        new BadNetwork(
            Message.NAMES_NOTHING,
            "@Named(\"a\") stands before nothing",
            "@Network(input = 4) @Linear(4) ▶@Named(\"a\") @MSELoss interface Net {}"),
        new BadNetwork(
            Message.NAMES_NOTHING,
            "@Named(\"a\") stands before nothing",
            "@Network interface Net { @Linear(4) ▶@Named(\"a\") Tensor y(@Input(4) Tensor x); }"),
        new BadNetwork(
            Message.NO_NAME,
            "\"conv 1\" cannot be a part of a parameter's name",
            "@Network(input = 4) @Named(▶\"conv 1\") @Linear(4) interface Net {}"),
        new BadNetwork(
            Message.NO_NAME,
            "\"a..b\" cannot be a part of a parameter's name",
            "@Network(input = 4) @Named(▶\"a..b\") @Use(In.class)" + IN),
        new BadNetwork(
            Message.NO_NAME,
            "\"0Grad\" cannot be a part of a parameter's name",
            "@Network(input = 4) @Named(▶\"0Grad\") @Linear(4) interface Net {}"),
        new BadNetwork(
            Message.NO_NAME,
            "\"\" cannot be a part of a parameter's name",
            "@Network(input = 4) @Named(▶\"\") @Linear(4) interface Net {}"),
        new BadNetwork(
            Message.SAME_NAME,
            "another part is called conv, too",
            "@Network(input = 4) @Named(\"conv\") @Linear(4) @Named(▶\"conv\") @ReLU\n"
                + "interface Net {}"),
        new BadNetwork(
            Message.SAME_NAME,
            "another part is called 1, too",
            "@Network(input = 4) @Named(\"1\") @Linear(4) ▶@ReLU interface Net {}"),
        new BadNetwork(
            Message.SAME_NAME,
            "another part is called a.1, too",
            "@Network(input = 4) @Named(\"a\") @Use(value = In.class, times = 2)\n"
                + "@Named(▶\"a.1\") @Use(In.class)"
                + IN),
        new BadNetwork(
            Message.SAME_NAME,
            "another part is called code0.0, too",
            "@Network interface Net { @ReLU @Linear(4) Tensor code(@Input(4) Tensor x);\n"
                + "@Linear(4) @Named(▶\"0\") @ReLU @ReLU Tensor code0(Tensor code); }"),
        new BadNetwork(
            Message.SAME_NAME,
            "another value, the network's own, is called input, too",
            "@Network(input = 4) @Named(\"input\") ▶@Linear(4) interface Net {}"),
        new BadNetwork(
            Message.SAME_NAME,
            "another part is called sum, too",
            "@Network(input = 4) @Named(\"sum\") @Linear(4) ▶@Residual @ReLU interface Net {}"),
        new BadNetwork(
            Message.SAME_NAME,
            "another tensor is called attend.out_proj.weight, too",
            "@Network(input = {3, 4}) @Named(\"attend\") @SelfAttention(heads = 2)\n"
                + "@Named(\"attend.out_proj\") ▶@Linear(4) interface Net {}"),
        new BadNetwork(
            Message.SAME_NAME,
            "another part, but for dots and underscores, is called x.a_b, too",
            "@Network(input = 4) @Named(\"x.a.b\") @Linear(4) @Named(\"x.a_b\") ▶@Linear(4)\n"
                + "interface Net {}"),
        new BadNetwork(
            Message.NO_BODY,
            "c of Net has neither layers nor a body",
            "@Network interface Net { @Linear(4) Tensor a(@Input(4) Tensor x);\n"
                + "@Residual Tensor ▶c(Tensor a); }"),
        new BadNetwork(
            Message.ADDS_NOTHING,
            "adds what went past layers of c, which has none",
            "@Network interface Net { @Linear(4) Tensor a(@Input(4) Tensor x);\n"
                + "@Add ▶@Residual Tensor c(Tensor a, Tensor x); }"),
        new BadNetwork(
            Message.SHORTCUT_ALONE,
            "there is no @Residual on Net",
            "@Network(input = 4) ▶@Shortcut(In.class) @Linear(4)" + IN),
        new BadNetwork(
            Message.SHORTCUT_ALONE,
            "there is no @Residual on y",
            "@Network interface Net { @Linear(4) ▶@Shortcut(In.class) Tensor y(@Input(4) Tensor x);"
                + " }\n@Block @Linear(4) interface In {}"),
        new BadNetwork(
            Message.BRANCHES_APART,
            "write how they meet right behind them: @Add, @Attention, @Bilinear,"
                + " @Concat, @CosineSimilarity, @Masked, @MatMul, @Multiply or @Subtract",
            "@Network(input = 4) ▶@Branches({In.class, In.class}) @ReLU @Linear(3)" + IN),
        new BadNetwork(
            Message.FEW_BRANCHES,
            "@Branches has 1 of them, but several stand side by side; write @Use for one",
            "@Network(input = 4) @Branches(In▶.class) @Add" + IN),
        new BadNetwork(
            Message.FEW_BRANCHES,
            "@Branches has 0 of them",
            "@Network(input = 4) @Branches(▶{}) @Add @Linear(2) interface Net {}"),
        new BadNetwork(
            Message.MEETS_NOTHING,
            "@Concat makes one value of several, but here is one; let Net take several, or write it"
                + " right behind @Branches",
            "@Network(input = 4) @Linear(4) ▶@Concat interface Net {}"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isReportedAtItsPlace(BadNetwork bad) {
    bad.isReportedAtItsPlace();
  }
}
