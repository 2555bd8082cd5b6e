package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.learner.Decision;
import io.github.torchscribe.runtime.torch.Branches;
import io.github.torchscribe.runtime.torch.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * One worker's share of a pass over a batch: some of its rows, one row for each example, and then
 * some of the parameters. The processor writes one subclass per network; its fields are the tensors
 * that the steps read and write, shaped for the batch at hand.
 *
 * <p>A training step has two phases. In the first each share runs forward, loss and backward over
 * its rows. When all have, each brings some of the parameters' gradients about, from all rows: no
 * two shares write to one place, and nobody changes a parameter that another still reads.
 */
public abstract class Share extends Uncertain {
  private boolean keepsInput;
  private Squad squad;
  private boolean leads;
  private Tensor[] targets = {};
  private LossShare[] losses = {};

  /** A share that is bound to no batch yet. */
  protected Share() {}

  // What the processor writes.

  /** Assigns the fields that the forward pass and the loss use. */
  protected void bind() {}

  /** Assigns the fields that training uses besides. */
  protected void bindTraining() {}

  /** Assigns the fields that are views of the share's rows of the input. */
  protected void bindInput() {}

  /** Assigns the fields that are views of the whole input, which training uses besides. */
  protected void bindWholeInput() {}

  /**
   * Runs the network.
   *
   * @param input the share's rows: (n, example…), of which there are views
   * @return the share's output, which the next pass overwrites
   */
  protected Tensor forward(Tensor input) {
    throw new IllegalStateException(buffers().network().name() + " takes its inputs by name");
  }

  /**
   * Runs a network of several inputs or outputs.
   *
   * @return the share's outputs, in order, which the next pass overwrites
   */
  protected Tensor[] forward() {
    return outputs(forward(input));
  }

  /**
   * What a pass gives.
   *
   * @param all outputs, in order
   * @return the same
   */
  protected static Tensor[] outputs(Tensor... all) {
    return all;
  }

  /**
   * What the user's own forward gave, unless it is not what the loss was checked against.
   *
   * @param output of any shape
   * @return the same
   */
  protected final Tensor checked(Tensor output) {
    long[] wanted = buffers().network().signature().requireOutput().batch(n);
    if (output == null || !Arrays.equals(wanted, Shapes.of(output))) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "forward of %s gave %s, but %s was to come; state what it gives by @Network(output ="
                  + " …)",
              buffers().network().name(),
              output == null ? "null" : Shapes.describe(output),
              Arrays.toString(wanted).replace('[', '(').replace(']', ')')));
    }
    return output;
  }

  /**
   * Computes the loss of the last forward pass, averaged over the share's rows.
   *
   * @param target the share's rows: (n)
   * @return a single number, which the next pass overwrites
   */
  protected Tensor loss(Tensor target) {
    throw new IllegalStateException(buffers().network().name() + " has no loss");
  }

  /**
   * Computes one of several losses, as {@link #loss(Tensor)} does the only one.
   *
   * @param which its number, counted from 0
   * @param target the share's rows; null where it takes none
   * @return a single number, which the next pass overwrites
   */
  protected Tensor loss(int which, Tensor target) {
    return loss(target);
  }

  /**
   * Computes the gradient of the batch's mean loss with respect to the layers' outputs.
   *
   * @param target the share's rows: (n)
   */
  protected void backward(Tensor target) {
    throw new IllegalStateException(
        buffers().network().name() + " has nothing to learn: no layer of it has parameters");
  }

  /** The same for several losses, weighted and added up. */
  protected void backward() {
    backward(targets[0]);
  }

  /** Writes the gradients of the share's part of the parameters. */
  protected void gradients() {}

  /**
   * Does a plain step of gradient descent with the share's part of the parameters, where the
   * optimizer is no more than that.
   *
   * @param minusLr the learning rate, negated
   */
  protected void descend(Scalar minusLr) {
    throw new IllegalStateException(buffers().network().name() + " has no plain gradient descent");
  }

  // What the pass asks for.

  /**
   * Takes part in a batch, in a scope that is open as long as that.
   *
   * @param buffers that have it
   * @param number of the worker, from 0
   * @param workers with whom it computes products; null where it is alone
   * @param keepsInput whether all batches to come lie in the same tensor
   */
  public final void begin(Buffers buffers, int number, Squad workers, boolean keepsInput) {
    take(buffers, number);
    forget();
    squad = workers;
    this.keepsInput = keepsInput;
    bind();
    if (buffers.isTraining()) {
      bindTraining();
    }
    if (keepsInput) {
      takeInput();
    }
    makeLosses();
    for (LossShare loss : losses) {
      loss.lasting = buffers.areRecorded() ? number() : null;
    }
  }

  private void takeInput() {
    input = mine(buffers().input(0));
    bindInput();
    if (isTraining()) {
      bindWholeInput();
    }
  }

  private void takeInputUnlessKept() {
    if (!keepsInput) {
      takeInput();
    }
  }

  /**
   * Begins what is done with a share's rows.
   *
   * @return false for a worker that has none: it has helped, and is done
   */
  private boolean leads() {
    if (helper() == 0) {
      leads = true;
      return true;
    }
    squad.help(helper());
    return false;
  }

  /** The same where the input is one that is new. */
  private boolean leadsWithInput() {
    if (helper() > 0 && isTraining()) {
      takeInputUnlessKept(); // the second phase reads it
    }
    return leads();
  }

  /** Ends what {@link #leads} has begun. */
  private void ends() {
    leads = false;
    if (squad != null) {
      squad.end();
    }
  }

  @Override
  final boolean isDivided(Tensor result, Tensor shift, Tensor left, Tensor right) {
    return leads && squad != null && squad.multiply(result, shift, left, right);
  }

  /** Before a training step in mixed precision: the share's part of the parameters in bfloat16. */
  public final void lower() {
    part(buffers().loweredValues()).copy_(part(buffers().weights().parameterValues()));
  }

  /** The first phase of a training step: forward, loss and backward. */
  public final void learn() {
    if (leadsWithInput()) {
      try {
        answer();
        goBack();
      } finally {
        ends();
      }
    }
  }

  /** The same where forward has been done, by {@link #infer}. */
  public final void learnFromForward() {
    if (leads()) {
      try {
        goBack();
      } finally {
        ends();
      }
    }
  }

  private void goBack() {
    takeTargets();
    computeLosses();
    try {
      backward();
      lateCopies().copy();
    } catch (RuntimeException e) {
      lateCopies().forget();
      throw reason(e);
    }
    count();
  }

  private void computeLosses() {
    for (int i = 0; i < losses.length; i++) {
      losses[i].take(loss(i, targets[i]));
    }
  }

  private void makeLosses() {
    int stated = buffers().network().signature().losses().size();
    if (losses.length < stated) {
      losses = new LossShare[stated];
      for (int i = 0; i < losses.length; i++) {
        losses[i] = new LossShare();
      }
      targets = new Tensor[losses.length];
    }
  }

  /** The share's rows of all targets. */
  private void takeTargets() {
    for (int i = 0; i < targets.length; i++) {
      targets[i] = target(i);
    }
  }

  /**
   * The numbers, once all is computed: a GPU is not waited for before; and where all may be
   * recorded not at all, until somebody asks for them.
   */
  private void count() {
    for (int i = 0; i < losses.length; i++) {
      if (!buffers().areRecorded()) {
        losses[i].read();
      }
      losses[i].counting = counting(i);
    }
  }

  /**
   * Puts the losses of work that was recorded somewhere, without waiting.
   *
   * @param numbers as many as there are losses
   */
  public final void putLosses(Tensor numbers) {
    for (int i = 0; i < losses.length; i++) {
      numbers.select(0, i).copy_(losses[i].number(), true);
    }
  }

  /** Reads the losses of work that was recorded: waits until it is done. */
  public final void readLosses() {
    for (LossShare loss : losses) {
      loss.read();
    }
  }

  /** The second phase: the gradients of the share's part of the parameters. */
  public final void learnParameters() {
    secondPhase(null);
  }

  /**
   * The second phase where the optimizer is plain gradient descent: with the update.
   *
   * @param minusLr the learning rate, negated
   */
  public final void updateParameters(Scalar minusLr) {
    secondPhase(minusLr);
  }

  private void secondPhase(Scalar minusLr) {
    Branches branches = buffers().branches();
    branches.begin();
    try {
      if (minusLr == null) {
        gradients();
      } else {
        descend(minusLr);
      }
    } finally {
      branches.join();
    }
  }

  /**
   * Copies the share's part of what lies in flat tensors.
   *
   * @param from has as many numbers as all parameters
   * @param to has as many
   */
  public final void copyPart(Tensor from, Tensor to) {
    part(to).copy_(part(from));
  }

  /** Where layers use a parameter of others: what they give of its gradient is added to that. */
  public final void addTied() {
    Network network = buffers().network();
    Tensor all = buffers().weights().allGradients();
    long from = network.size();
    for (Slot owner : network.ties().values()) {
      if (owner.learns()) {
        part(all.narrow(0, owner.offset(), owner.size()))
            .add_(part(all.narrow(0, from, owner.size())));
        from += owner.size();
      }
    }
  }

  private long counting(int which) {
    Tensor target = targets[which];
    Counted whole = buffers().counted(which);
    if (!whole.leavesOut()) {
      return target == null ? n : target.numel();
    }
    return buffers().shares() == 1
        ? whole.counting()
        : target.numel() - isIgnored(target, which).sum().item_long();
  }

  /**
   * Losses and decisions.
   *
   * @param results receive the outputs, unless they are null
   */
  public final void evaluate(Tensor[] results) {
    if (leadsWithInput()) {
      try {
        evaluateRows(results);
      } finally {
        ends();
      }
    }
  }

  private void evaluateRows(Tensor[] results) {
    takeTargets();
    Tensor[] outputs = answer();
    if (results != null) {
      give(outputs, results);
    }
    computeLosses();
    count();
    Signature signature = buffers().network().signature();
    for (int i = 0; i < losses.length; i++) {
      StatedLoss stated = signature.losses().get(i);
      if (stated.decision() != Decision.NONE) {
        decide(i, stated.decision(), outputs[signature.outputOf(i)]);
      }
    }
  }

  private void decide(int which, Decision decision, Tensor output) {
    losses[which].correct = countRight(which, decision, output).item_long();
    losses[which].decisions = losses[which].counting;
  }

  private Tensor countRight(int which, Decision decision, Tensor output) {
    Tensor target = targets[which];
    Tensor isRight = decision.classes(output).eq(decision.right(target));
    if (buffers().counted(which).leavesOut()) {
      isRight.logical_and_(isIgnored(target, which).logical_not_());
    }
    return isRight.sum();
  }

  /**
   * The same of a single share, where nobody reads yet what it comes to.
   *
   * @param numbers (losses, 2), gets the mean of each loss and how many decisions were right
   */
  public final void evaluateInto(Tensor numbers) {
    takeTargets();
    Tensor[] outputs = answer();
    Signature signature = buffers().network().signature();
    for (int i = 0; i < targets.length; i++) {
      StatedLoss stated = signature.losses().get(i);
      Tensor ofLoss = numbers.select(0, i);
      ofLoss.select(0, 0).copy_(loss(i, targets[i]));
      if (stated.decision() != Decision.NONE) {
        Tensor output = outputs[signature.outputOf(i)];
        ofLoss.select(0, 1).copy_(countRight(i, stated.decision(), output));
      }
    }
  }

  private void give(Tensor[] outputs, Tensor... results) {
    for (int i = 0; i < results.length; i++) {
      mine(results[i]).copy_(outputs[i]);
    }
  }

  /**
   * Computes the outputs of the share's rows.
   *
   * @return where they are; the next pass overwrites them
   */
  public final Tensor[] answer() {
    takeInputUnlessKept();
    return forward();
  }

  /** Writes the outputs into the share's rows of {@code results}. */
  public final void infer(Tensor... results) {
    if (leadsWithInput()) {
      try {
        give(answer(), results);
      } finally {
        ends();
      }
    }
  }

  /** Writes the gradients of inputs into the share's rows of {@code results}. */
  public final void giveInputGradients(Tensor... results) {
    if (helper() > 0) {
      return;
    }
    List<Integer> asked = buffers().network().inputsWithGradient();
    for (int i = 0; i < results.length; i++) {
      mine(results[i]).copy_(inputGradient(asked.get(i)));
    }
  }

  /** The share's part of the batch's mean loss, which is NaN where nothing counts. */
  public final double lossPart(int which) {
    Counted all = buffers().counted(which);
    LossShare part = losses[which];
    if (buffers().shares() == 1 || !all.leavesOut()) {
      return part.loss * n / buffers().rows();
    }
    return part.counting == 0 && all.counting() > 0
        ? 0
        : part.loss * part.counting / all.counting();
  }

  /** How many decisions of the last evaluation were right, by one of the losses. */
  public final long correct(int which) {
    return losses[which].correct;
  }

  /** How many decisions the last evaluation had, by one of the losses. */
  public final long decisions(int which) {
    return losses[which].decisions;
  }

  /** What a loss came to in the share's rows. */
  private static final class LossShare {
    private Tensor mean;
    private boolean isField;
    private Tensor lasting;
    private double loss;
    private long counting;
    private long correct;
    private long decisions;

    /** The mean over the rows. */
    void take(Tensor computed) {
      isField = computed == mean; // the same as in the last pass, so it stays
      mean = computed;
      if (lasting != null && !isField) {
        lasting.copy_(computed);
      }
    }

    Tensor number() {
      return lasting == null || isField ? mean : lasting;
    }

    void read() {
      loss = number().item_float();
    }
  }
}
