package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.engine.Text;
import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.predict.Choice;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * Writes texts with a network whose annotations say {@code @Network(generates = true)}: of the
 * tokens so far the network scores each that may come next, one is chosen, and so on. The keys and
 * values of a text's tokens are kept, so that each further one costs one position's work.
 *
 * <pre>{@code
 * try (TextGenerator generator = TextGenerator.of(model).temperature(0.8).topK(40).topP(0.95).seed(1)) {
 *   long[] text = generator.generate(prompt, 200);
 * }
 * }</pre>
 *
 * <h2>How a token is chosen</h2>
 *
 * As by Hugging Face's {@code generate(do_sample=True)}, in its order. Of scores s over V tokens:
 *
 * <ol>
 *   <li>temperature T: s ← s / T. At 0 the token with the highest score is taken, and nothing is
 *       drawn: {@code do_sample=False}.
 *   <li>top-k: only the k highest stay, and what is as high as the last of them.
 *   <li>top-p: with p<sub>i</sub> = exp(s<sub>i</sub>) / Σ exp(s<sub>j</sub>) over what is left,
 *       the likeliest first, a token stays if those before it sum up to less than p.
 *   <li>One is drawn with the probabilities of those that stay.
 * </ol>
 *
 * Of these nothing happens unless it is asked for: T = 1, all tokens. What is drawn depends on the
 * seed and the scores alone; the stream goes on from one text to the next.
 *
 * <h2>When the network's length is full</h2>
 *
 * A network takes L tokens, so the last one to be chosen is token L + 1; then writing ends, with
 * {@link Ending#FULL}. (Hugging Face's fails there where positions are learned.) With {@link
 * #sliding} it goes on: the last tokens are read anew as the beginning of a text.
 *
 * <p>While others train the model tokens wait for each step, and the text so far is read again with
 * the new weights before the next; so is it after anything else that may have changed them. What is
 * written into {@link Model#parameters()} by hand goes unnoticed until then. A second thread that
 * calls this waits until the first has its text.
 */
public final class TextGenerator implements AutoCloseable {
  private final Network network;
  private final TensorSpec taken;
  private final Text text;
  private final Choice choice = new Choice();
  private final float[] scores;
  private long[] stops = {};
  private int kept;
  private Ending ending = Ending.COUNT;
  private boolean busy;
  private boolean closed;

  /** Why a text ended. */
  public enum Ending {
    /** It has as many tokens as were asked for. */
    COUNT,
    /** Its last token is one to stop at. */
    STOP,
    /** The network takes no longer text. */
    FULL,
    /** Whoever was given the tokens wanted no more. */
    TAKER
  }

  private TextGenerator(Engine engine) {
    network = engine.network();
    if (!network.writesTexts()) {
      throw new IllegalArgumentException(
          network.name() + " writes no texts: annotate it with @Network(generates = true)");
    }
    engine.requireOpen();
    taken = network.signature().input();
    text = new Text(engine);
    scores = new float[text.scores()];
  }

  /**
   * Writes with a model, which has to stay open.
   *
   * @param model of a network with {@code @Network(generates = true)}
   * @return a generator, to be closed
   * @throws IllegalArgumentException when its network is no such
   */
  public static TextGenerator of(Model model) {
    return new TextGenerator(model.engine());
  }

  /**
   * How freely tokens are chosen.
   *
   * @param value divides the scores: 0 takes the highest always, 1 leaves them as they are
   * @return this
   */
  public synchronized TextGenerator temperature(double value) {
    require(value >= 0 && Double.isFinite(value), "the temperature", "at least 0", value);
    choice.temperature(value);
    return this;
  }

  /**
   * Chooses among the tokens with the highest scores.
   *
   * @param count how many, at least 1
   * @return this
   */
  public synchronized TextGenerator topK(int count) {
    require(count >= 1, "topK", "at least 1", count);
    choice.topK(count);
    return this;
  }

  /**
   * Chooses among the likeliest tokens, as few as have a probability together.
   *
   * @param probability above 0, at most 1
   * @return this
   */
  public synchronized TextGenerator topP(double probability) {
    require(probability > 0 && probability <= 1, "topP", "above 0 and at most 1", probability);
    choice.topP(probability);
    return this;
  }

  /**
   * Ends texts at tokens.
   *
   * @param tokens each as the network gives it
   * @return this
   */
  public synchronized TextGenerator stop(long... tokens) {
    for (long token : tokens) {
      require(
          token >= 0 && token < scores.length,
          "a token to stop at",
          "from 0 to " + (scores.length - 1),
          token);
    }
    stops = tokens.clone();
    return this;
  }

  /**
   * Begins the random stream anew; else it is another one for each generator.
   *
   * @param seed any number
   * @return this
   */
  public synchronized TextGenerator seed(long seed) {
    choice.seed(seed);
    return this;
  }

  /**
   * Goes on where the network's length is full: the last tokens are then read anew, from position 0
   * on, as if nothing had come before them. The fewer they are the seldomer that is; a token costs
   * about L / (L − tokens) positions' work.
   *
   * @param tokens how many, from 1 to the network's length L
   * @return this
   */
  public synchronized TextGenerator sliding(int tokens) {
    require(
        tokens >= 1 && tokens <= text.length(),
        "the number of tokens that are read anew",
        "from 1 to " + text.length(),
        tokens);
    kept = tokens;
    return this;
  }

  private static void require(boolean holds, String what, String must, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(what + " must be " + must + " but is " + value);
    }
  }

  /**
   * Writes on.
   *
   * @param prompt what there is, at least one token
   * @param count how many tokens are added at most
   * @return what comes after the prompt, with the token to stop at as the last, where there was one
   * @throws IllegalArgumentException when the prompt is empty, is longer than the network's length
   *     and nothing slides, or has a token that the network does not know
   * @throws IllegalStateException when this or the model is closed
   */
  public long[] generate(long[] prompt, int count) {
    return generate(prompt, count, token -> true);
  }

  /**
   * Writes on, and hands out each token at once.
   *
   * @param prompt what there is, at least one token
   * @param count how many tokens are added at most
   * @param taker is given each token, and says whether to go on
   * @return what comes after the prompt
   * @throws IllegalArgumentException as without a taker
   * @throws IllegalStateException when this or the model is closed
   */
  public synchronized long[] generate(long[] prompt, int count, LongPredicate taker) {
    check(prompt);
    require(count >= 0, "the number of tokens", "at least 0", count);
    begin();
    try {
      text.clear(); // what was read in another way has other last bits
      return write(prompt, count, taker);
    } finally {
      end();
    }
  }

  private long[] write(long[] prompt, int count, LongPredicate taker) {
    long[] all = prompt.clone();
    int length = prompt.length;
    ending = Ending.COUNT;
    while (ending == Ending.COUNT && length - prompt.length < count) {
      if (length > text.length() && kept == 0) {
        ending = Ending.FULL;
        break;
      }
      read(all, length);
      long token = choice.of(scores);
      if (length == all.length) {
        int more = Math.min(Math.max(64, length), prompt.length + count - length);
        all = Arrays.copyOf(all, length + more);
      }
      all[length++] = token;
      boolean goesOn = taker.test(token) && !closed;
      if (isStop(token)) {
        ending = Ending.STOP;
      } else if (!goesOn) {
        ending = Ending.TAKER;
      }
    }
    return Arrays.copyOfRange(all, prompt.length, length);
  }

  private boolean isStop(long token) {
    for (long stop : stops) {
      if (stop == token) {
        return true;
      }
    }
    return false;
  }

  /**
   * Why the last text ended.
   *
   * @return the reason
   */
  public synchronized Ending ending() {
    return ending;
  }

  /**
   * What the network says of the next token, for those who choose for themselves. Asked again with
   * a token more, it costs one position's work.
   *
   * @param tokens the text so far, at least one
   * @return a score for each token that may come next
   * @throws IllegalArgumentException when there are none, more than the network takes and nothing
   *     slides, or one that the network does not know
   * @throws IllegalStateException when this or the model is closed
   */
  public synchronized float[] scores(long... tokens) {
    check(tokens);
    begin();
    try {
      read(tokens, tokens.length);
      return scores.clone();
    } finally {
      end();
    }
  }

  /**
   * Chooses a token as this generator does, from its random stream.
   *
   * @param all a score for each token
   * @return one of them
   */
  public synchronized long choose(float... all) {
    require(all.length == scores.length, "the number of scores", "" + scores.length, all.length);
    return choice.of(all);
  }

  private void begin() {
    if (closed) {
      throw new IllegalStateException("this generator is closed");
    }
    if (busy) {
      throw new IllegalStateException(
          "this generator is in the middle of a text: make another one");
    }
    busy = true;
  }

  private void end() {
    busy = false;
    if (closed) {
      text.close(); // by the taker
    }
  }

  /** Reads the first tokens of a text, as far as the network sees them. */
  private void read(long[] tokens, int count) {
    int most = text.length();
    int slide = most + 1 - kept;
    int begin = count <= most ? 0 : (count - most + slide - 1) / slide * slide;
    if (!text.isBeginningOf(tokens, begin, count)) {
      text.clear();
    }
    text.add(tokens, begin + text.count(), count);
    text.read(scores);
    OptionalLong padding = taken.padding();
    if (padding.isPresent() && padding.getAsLong() < scores.length) {
      scores[(int) padding.getAsLong()] = Float.NEGATIVE_INFINITY; // nothing stands for nothing
    }
  }

  private void check(long... tokens) {
    if (tokens.length == 0) {
      throw new IllegalArgumentException(
          network.name() + " goes on from at least one token, but the text is empty");
    }
    if (tokens.length > text.length() && kept == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %d tokens, but the text has %d; cut its beginning, or call sliding(…)",
              network.name(),
              text.length(),
              tokens.length));
    }
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= taken.count()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "token %d of the text is %d, but %s knows those from 0 to %d",
                i,
                tokens[i],
                network.name(),
                taken.count() - 1));
      }
      if (OptionalLong.of(tokens[i]).equals(taken.padding())) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "token %d of the text is %d, which stands for padding in %s; leave it out",
                i,
                tokens[i],
                network.name()));
      }
    }
  }

  /**
   * Frees what is kept of a text; a taker that does so ends the text. A second call does nothing.
   */
  @Override
  public synchronized void close() {
    closed = true;
    if (!busy) {
      text.close();
    }
  }
}
