package io.github.torchscribe.processor.message;

import java.util.Locale;
import javax.tools.Diagnostic.Kind;

/**
 * Everything that the processor can say. Errors are TS0xx, warnings TS1xx; an id is never given to
 * another message.
 */
public enum Message {
  // The declaration
  NOT_AN_INTERFACE("TS001", "@%s belongs on an interface, but %s is %s"),
  GENERIC_TYPE("TS002", "%s has type parameters; a network is declared by a plain interface"),
  PRIVATE_TYPE(
      "TS003",
      "%s is private, so %s could not refer to it; remove 'private' (package-private is enough)"),
  UNKNOWN_ANNOTATION(
      "TS052",
      "this processor does not know @%s, and would leave it out of %s; let torchscribe-dsl-api and"
          + " torchscribe-dsl-processor have the same version"),
  LOCAL_TYPE(
      "TS004",
      "%s is declared inside a method, where no annotation processor sees it; move it to the top"
          + " level or into a class"),
  NO_NETWORK("TS005", "%s is on %s, which is no network; add @Network(input = {…}) to it"),
  NO_INPUT(
      "TS006", "@Network does not say what comes in; add the shape of one example, for example %s"),
  NO_LAYER("TS007", "%s has no layer; write the layers below @%s, for example @Linear(10)"),
  TWO_LOSSES("TS008", "%s has a second loss, %s, after %s; keep one"),
  TWO_OPTIMIZERS("TS009", "%s has a second optimizer, %s, after %s; keep one"),
  NAME_TAKEN(
      "TS010",
      "%s cannot be generated for %s: a class of that name exists already; rename one of the two, or"
          + " delete the class file where an earlier build left it"),
  ORDER_HIDDEN(
      "TS011",
      "%s is repeated, and this compiler does not tell how repeated annotations stand among the"
          + " others; compile this module with javac, which does"),
  ORDER_LOST(
      "TS060",
      "%s is repeated on %s, whose class file does not keep how its annotations stand among each"
          + " other, and %s; compile %2$s again, with this processor"),

  // Shapes and sizes
  FEATURES_DIFFER(
      "TS012", "@%s expects %d input features but receives %d from %s; did you mean %d?"),
  SIZE_NOT_POSITIVE("TS013", "a size must be at least 1 but is %d"),
  WRONG_COUNT("TS014", "@%s takes %s, but was given %d sizes"),
  NOT_FLAT(
      "TS015",
      "@%s expects %d input features but receives %s from %s, whose last dimension is %d; did you"
          + " forget %s before it?"),
  WRONG_RANGE(
      "TS016", "@%s cannot merge dimensions %d to %d of %s; dimension 0 is the batch and stays"),
  TOO_LARGE("TS017", "%s needs %s %s, more than the 2⁴⁰ (4 TiB) that a machine can hold"),
  LOSS_DOES_NOT_FIT("TS018", "@%s takes an output of shape %s, but %s gives %s; %s"),

  CHANNELS_DIFFER(
      "TS022", "@%s expects %d input channels but receives %d from %s; did you mean %d?"),
  WRONG_RANK("TS023", "@%s takes an input of shape %s, but %s gives %s"),
  KERNEL_TOO_LARGE(
      "TS024",
      "the window of @%s spans %d, more than the %d that the padded input has; it receives %s"),
  NOT_A_DIVISOR("TS025", "%s of @%s is %d, which does not divide the %d %s"),
  NOT_THE_SAME(
      "TS026",
      "padding = SAME of @%s needs stride 1 and an odd kernelSize (or an even dilation): as many"
          + " zeros on both sides"),
  NO_DIMENSION("TS027", "there is no dimension %d for @%s in %s; dimension 0 is the batch"),
  OTHER_LAST_DIMENSIONS("TS028", "@%s normalises over the last dimensions (%s), but %s gives %s"),
  NOT_UNFLATTENED("TS029", "@%s cannot make (%s) of %s; at most one size may be -1"),

  WEIGHTS_DIFFER("TS030", "%s of @%s has %d number%s, but there are %d %s: %s gives %s"),

  USES_ITSELF("TS033", "%s would contain itself; a network has to end"),
  NOT_A_NETWORK(
      "TS034",
      "@%s names %s, which is no network; add @Network to it, or @Block for a part of others"),
  OTHER_INPUT("TS035", "@%s(%s.class) takes %s, but receives %s from %s"),
  RESIDUAL_DIFFERS(
      "TS036",
      "@Residual adds %s to %s, which differ; let the layers keep the shape, or add @Shortcut with a"
          + " network that gives %2$s"),

  MEETS_MANY("TS090", "@%s takes %d values, but %d arrive"),
  NOT_BROADCAST(
      "TS091",
      "@%s takes values whose sizes are equal, or 1, in each dimension, but %s from %s and %s from"
          + " %s are not"),
  NOT_CONCATENATED(
      "TS092",
      "@%s puts %s from %s and %s from %s one after the other, which may differ in dimension %d"
          + " alone"),
  NOT_MULTIPLIED(
      "TS093",
      "@%s multiplies %s from %s by %s from %s; the first must have as many columns as the second"
          + " has rows, and what is before both must be equal"),

  NOT_COMPARED("TS150", "@%s takes values of the same shape, but %s from %s and %s from %s differ"),
  NOT_BESIDE(
      "TS151",
      "@%s takes two values that differ in the last dimension alone, but %s from %s and %s from %s"
          + " differ in others"),
  NOT_KEYS_AND_VALUES(
      "TS140",
      "@%s has a value for each key, but the keys are %s from %s and the values %s from %s; let both"
          + " have as many places"),
  OTHER_STATE("TS141", "@%s begins with a state of shape %s, but %s gives %s"),
  NO_MASK(
      "TS142",
      "@%s takes behind the sequence, %s from %s, an input of the network: numbers of shape %s, 1 for"
          + " each place that is there and 0 for padding, or one index, how many are there; but %s"
          + " gives %s"),
  PADDING_DIFFERS(
      "TS143",
      "values meet at @%s of which different places are padding: @%s says it of one and @%s of"
          + " another; let one of them say nothing: mask = false of @Embedding, or no @Masked"),
  TOO_FEW_LENGTHS(
      "TS144",
      "@Input says that %s is one of %d indices, but as a length for @%s it is up to %d; state"
          + " indices = %d, as 0 is one of them"),
  NOT_INDICES(
      "TS037",
      "@%s looks vectors up by index, but receives numbers from %s; indices can only be the"
          + " network's own input: let it be the first layer"),
  READ_TWICE("TS038", "%s would be indices for @%s and numbers for @%s; it can only be one"),

  // Stacks on methods
  NOT_A_STACK(
      "TS040",
      "layers belong on a method without body that takes one Tensor and gives one, 'Tensor name(Tensor"
          + " x)', or on the interface itself; %s is another (Tensor is org.bytedeco.pytorch's)"),
  // TS041 said that a network with stacks on methods needs a forward; now they can be wired.
  NOT_A_FORWARD(
      "TS049",
      "forward of %s %s, but a network has one input and one output; let it be 'default Tensor"
          + " forward(Tensor x)' and take what it needs of the one, for example x.select(1, 0)"),
  INHERITED(
      "TS050",
      "%s of %s is inherited from %s without a body, and layers are only read where the network"
          + " itself declares the method; declare it in %2$s with its layers, or give it a body"),
  INPUT_WITHOUT_LAYERS(
      "TS051",
      "@Input says what the layers on a method take, but %s has none; remove it, or state the"
          + " network's input by @Network(input = {…})"),
  NOT_IMPLEMENTABLE(
      "TS053",
      "what is generated for layers on methods implements %s, which it cannot: %s; change that"),
  LAYERS_TWICE("TS042", "%s has layers on itself and on methods; keep one of the two"),
  OUTPUT_FOLLOWS(
      "TS043",
      "the output follows from the layers; @Network(output) is for networks with a forward of their own"),
  // TS046 said that stacks could not have names of libtorch's methods; now they can.
  NO_BODY("TS044", "%s of %s has neither layers nor a body; give it one of the two"),
  NOT_A_PART(
      "TS045",
      "%s has stacks on methods and its own forward, which a network around it could not"
          + " differentiate; let it have its layers on itself"),

  // Blocks
  BLOCK_AND_NETWORK(
      "TS061",
      "%s is a block and a network; keep @Network where it has an input and a model of its own,"
          + " @Block where it is a part of others"),
  NOT_OF_A_BLOCK(
      "TS062",
      "%s is on the block %s, which is a part of networks and learns with them; write it on the"
          + " network, or let this be one by @Network"),
  BLOCK_TAKES_ANY(
      "TS063",
      "a block takes whatever arrives where it is used, but @Input states a shape of %s; write @Input"
          + " alone, or let %2$s be a network by @Network"),
  BLOCK_WITH_FORWARD(
      "TS064",
      "%s is a block with a forward of its own, which a network around it could not differentiate;"
          + " let its methods take each other's values by name, or write its layers on itself"),
  SIZE_WITHOUT_USE(
      "TS065",
      "Size.%s is what a use gives a block, but %s is a network, which is given none; write the number,"
          + " or let it be a block by @Block"),
  SIZE_COMPUTED(
      "TS066",
      "a size that a use gives can be multiplied, up to 63 times, but nothing else can be computed with"
          + " it; let the use give the result as another size"),
  SIZE_NOT_WHOLE(
      "TS096",
      "Size.%s is a whole number that a use gives, and this is no whole number; write the number"),
  SIZE_NOT_GIVEN("TS067", "%s needs Size.%s, but sizes of @%s gives %s; add what it is there"),
  SIZE_NOT_USED("TS068", "%s has no Size.%s, which sizes of @%s gives as %d; remove it"),

  // Names, sums and branches
  NAMES_NOTHING(
      "TS069",
      "@Named(\"%s\") stands before nothing that it could name; write it right before a layer, @Use,"
          + " @Branches or @Shortcut"),
  NO_NAME(
      "TS070",
      "\"%s\" cannot be a part of a parameter's name; let it be letters, digits and underscores, or a"
          + " position, or several such with a dot between"),
  SAME_NAME(
      "TS071",
      "another %s is called %s, too; parts, and what they learn, are told apart by their names: give"
          + " one of the two another by @Named"),
  ADDS_NOTHING(
      "TS097",
      "@Residual adds what went past layers of %s, which has none; write a layer above or below it"),
  SHORTCUT_ALONE(
      "TS072",
      "@Shortcut stands beside the layers of a residual network, but there is no @Residual on %s; add"
          + " it where both are to be added"),
  FEW_BRANCHES("TS073", "@Branches has %d of them, but several stand side by side; %s"),
  BRANCHES_APART(
      "TS074",
      "what the branches give has to become one value; write how they meet right behind them: %s"),
  MEETS_NOTHING("TS075", "@%s makes one value of several, but %s"),

  // Wires
  NO_VALUE("TS076", "%s takes %s, but %s"),
  VALUE_CYCLE("TS077", "%s would be made of itself: %s; let one of them take another value"),
  UNREAD_VALUE(
      "TS078",
      "nobody takes %s, and no loss reads it; let a method take it, write @Output on it if predictions"
          + " are to have it, or remove it"),
  TWO_OUTPUTS("TS079", "nobody takes %s, nor %s, and nothing says which of them leaves; %s"),
  TAKES_TWICE(
      "TS080", "%s takes %s twice; let one of the two parameters take another value, or remove it"),
  NO_MEETING("TS081", "%s takes several values and does not say how they meet; begin with %s"),
  FROM_CONFLICTS(
      "TS082", "@From says that %s of %s takes %s, but %s; rename the parameter, or remove @From"),
  SAME_VALUE("TS083", "%s is called like %s; rename %s"),
  TWO_INPUTS(
      "TS084",
      "%s is a second input, after %s, and a block has one; let it be %2$s, or another value"),
  WHICH_INPUT(
      "TS094",
      "%s has several inputs (%s), and @Network states one; write what each is by @Input on a"
          + " parameter that takes it"),
  INPUT_NOT_STATED(
      "TS095",
      "the input %s is not said to be of any shape; write @Input({1, 28, 28}), for example, before a"
          + " parameter that takes it, or @Input(indices = 1000) where an example is one index"),
  WEIGHS_NOTHING(
      "TS098",
      "@LossWeight says what a loss counts, but %s has none; add it, or remove the weight"),
  LOSS_TAKES(
      "TS099",
      "@%s reads %d value%s, but %s; write it on a method that takes them, and nothing else"),
  NOT_ONE_PORT(
      "TS130",
      "%s has several inputs or outputs (%s), and a part of others has one of each; let it be a network"
          + " with one of each, or a block"),
  FEWER_INDICES(
      "TS131",
      "@Input says that %s is one of %d indices, but @%s has %d of them; state at most as many"),
  INDICES_AS_NUMBERS(
      "TS132",
      "@Input says that %s is indices, but @%s reads numbers; let a layer that looks them up, such as"
          + " @Embedding, read it first, or state sizes alone"),
  INPUT_STATED_TWICE(
      "TS085", "the shape of the input is stated here, and by %s before; keep one of the two"),
  WIRED_WITH_FORWARD(
      "TS086",
      "%s, but %s has a forward of its own, which says where values come from and go; remove that, or"
          + " let it say this, too"),
  NOT_A_VALUE(
      "TS087",
      "layers belong on a method without body that takes Tensors and gives one, 'Tensor name(Tensor"
          + " x)', or on the interface itself; %s is another (Tensor is org.bytedeco.pytorch's)"),
  NO_SUCH_NAME(
      "TS133",
      "no parameter is called like %s; names are those of the state dict, such as 0.weight, counted"
          + " from what this stands on, with * for anything"),
  NOTHING_TO_TIE("TS134", "@%s shares its %s with %s, but %s"),
  TIED_SHAPES_DIFFER(
      "TS135", "%2$s of @%1$s is (%3$s) and cannot be that of %4$s, which is (%5$s)"),
  FROZEN_TIE(
      "TS136",
      "%s is frozen, but %s, whose value it is, is not; one value either learns or does not: freeze"
          + " both"),
  ALL_FROZEN(
      "TS137",
      "all that %s could learn is frozen, so that @%s has nothing to work on; leave something that"
          + " learns, or remove it"),
  GRADIENT_OF_WHICH(
      "TS139",
      "requiresGrad of @Network is of an input that is stated here, but %s says what it is; write"
          + " requiresGrad = true there"),
  NO_INPUT_GRADIENT(
      "TS138", "requiresGrad asks for the gradient of %s, which is %s and has none; remove it"),
  NAMES_LOST(
      "TS088",
      "methods of %s take values by the names of their parameters, which its class file does not keep,"
          + " and %s; compile %1$s again, with this processor"),
  FROM_WITHOUT_LAYERS(
      "TS089",
      "@From says which value a parameter of a method with layers takes, but %s has none;"
          + " remove it"),

  // Pieces of the user's own
  OWN_METHOD("TS160", "@%s is computed by 'static Tensor %s' of %s, but %s"),
  OWN_CLASS("TS171", "@%s needs a class that is a %s, but of %s %s"),
  OWN_PARAMETER("TS161", "%s of %s takes '%s', but %s"),
  OWN_UNUSED(
      "TS162",
      "@%s learns %s, but %s of %s does not take it; give that a parameter 'Tensor %2$s', or learn"
          + " less"),
  OWN_NAMES_LOST(
      "TS163",
      "%s of %s is told what is what by the names of its parameters, which its class file does not"
          + " keep; compile it with -parameters, or @%s again, with this processor"),
  OWN_HIDDEN(
      "TS164",
      "%s of %s cannot be called from package %s, where the network is; let the method, its class,"
          + " and what that is in be public"),
  OWN_FORMULA("TS165", "\"%s\" says nothing of @%s: %s"),
  OWN_SIZE("TS166", "\"%s\" of @%s is %s here, but %s"),
  OWN_DOES_NOT_FIT("TS167", "@%s takes %s, but %s gives %s; change one of the two"),
  OWN_SOURCE_ONLY(
      "TS168",
      "@%s is only in sources, so that networks would lose it in their class files; remove"
          + " @Retention, or let it be RetentionPolicy.CLASS"),
  OWN_TWICE(
      "TS169",
      "@%s is a piece of your own by %s, and cannot be another besides; remove one of the"
          + " two"),
  OWN_NAME("TS170", "\"%s\" cannot be what @%s learns: %s"),

  // Values
  OUT_OF_RANGE("TS020", "%s of @%s must be %s but is %s"),
  NOTHING_TO_LEARN(
      "TS039",
      "@%s has nothing to work on: no layer of %s has parameters; add one that"
          + " learns, or remove it"),
  NO_MOMENTUM(
      "TS047",
      "@%s cycles the optimizer's momentum, which @%s does not have; write cycleMomentum = false"),
  NO_OPTIMIZER(
      "TS031", "@%s needs an optimizer whose learning rate it changes; add, for example, @SGD"),
  MIXED_NEEDS_GENERATED(
      "TS048",
      "%s is differentiated by libtorch's autograd, which trains in 32-bit floats here; remove"
          + " precision = BF16, or let the gradient be generated"),
  GENERATES_BY_STEPS(
      "TS180",
      "%s is differentiated by libtorch's autograd, and no steps are written that could go on with a"
          + " text; remove generates = true, or let the gradient be generated"),
  GENERATES_TEXTS(
      "TS181",
      "a network that generates takes one input, indices (N, L), and gives one output, scores (N, L,"
          + " V) with V no more than the indices, but %s takes %s and gives %s"),
  GENERATES_BY_SCORES(
      "TS182", "texts are drawn from scores or logarithms, but @%s gives probabilities; remove it"),
  NOT_CAUSAL(
      "TS183",
      "a text is written position by position, but @%s, layer %s, is not computed so; of what looks"
          + " at several positions only attention with causal = true is"),
  NOT_ASCENDING("TS032", "the milestones of @%s must ascend, but %d comes after %d"),
  NESTEROV(
      "TS021",
      "nesterov needs momentum above 0 and dampening 0, but momentum is %s and"
          + " dampening is %s"),

  // Lints
  ACTIVATION_BEFORE_LOSS(
      Kind.WARNING,
      "TS101",
      "@%s stands between the last layer and @%s, which takes raw scores (logits): it can only limit"
          + " them, and a class whose score it cuts off stops learning; remove it"),
  ONE_EXAMPLE(
      Kind.WARNING,
      "TS103",
      "@%s normalises over a batch, but the batches of @Training have one example: its mean says"
          + " nothing of the others; state a batchSize, or normalise each example by itself"),
  FOREIGN_ANNOTATION(
      Kind.WARNING,
      "TS105",
      "@%s looks like a part of %s but is none that this processor knows (%s), and computes nothing;"
          + " if it is not meant to, write it above all annotations of the network"),
  DROPS_BEFORE_LOSS(
      Kind.WARNING,
      "TS104",
      "@%s stands between the last layer and @%s: it sets scores themselves to zero, which only adds"
          + " noise; move it before the last layer"),
  SATURATING_STACK(
      Kind.WARNING,
      "TS102",
      "%d saturating activations in one network (%s): gradients shrink with each until the first"
          + " layers hardly learn; use @ReLU, @LeakyReLU or @SELU"),
  NOT_LEARNED(
      Kind.WARNING,
      "TS107",
      "@%s has parameters, but no loss comes after it: they stay as they begin, or as a file has them;"
          + " write a loss behind it if it is to learn"),
  PADDING_LOST(
      Kind.WARNING,
      "TS106",
      "behind @%s nobody knows any more which places are padding, as it mixes or moves them, and @%s"
          + " would have left padding out; let @%s stand elsewhere, say it again behind it by @Masked, or"
          + " write mask = false on @%s if all places are meant"),
  PADDING_UNREAD(
      Kind.WARNING,
      "TS108",
      "@%s says which places are padding, but nobody behind it leaves them out; let a layer follow"
          + " that does (they have a member mask), or write neither mask = true nor @Masked"),
  READS_OTHERS(
      Kind.WARNING, "TS109", "@%s reads %s, but @%s gives %s; let %s come last before the loss");

  private final Kind kind;
  private final String id;
  private final String text;

  Message(String id, String text) {
    this(Kind.ERROR, id, text);
  }

  Message(Kind kind, String id, String text) {
    this.kind = kind;
    this.id = id;
    this.text = text;
  }

  /**
   * Error or warning.
   *
   * @return the severity
   */
  public Kind kind() {
    return kind;
  }

  /**
   * What users search for and suppress.
   *
   * @return for example {@code TS012}
   */
  public String id() {
    return id;
  }

  /**
   * The text with its gaps, for the page that lists all messages.
   *
   * @return a format string
   */
  public String text() {
    return text;
  }

  /**
   * The text as users see it.
   *
   * @param arguments fill the gaps
   * @return id and text
   */
  public String format(Object... arguments) {
    return id + " " + String.format(Locale.ROOT, text, arguments);
  }
}
