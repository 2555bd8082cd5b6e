package io.github.torchscribe.samples.sentences;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.torchscribe.runtime.Example;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Makes tokens of sentences, as a file of Hugging Face's, {@code tokenizer.json}, says. */
public final class Tokens implements AutoCloseable {
  static {
    // The library would tell its makers of each start, over the network, unless it is told not to.
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  private final HuggingFaceTokenizer tokenizer;

  /**
   * Reads a file.
   *
   * @param file of a tokenizer
   * @param length how many tokens each sentence becomes: what is longer is cut, the rest is padding
   * @throws IOException when it cannot be read or is no such file
   */
  public Tokens(Path file, int length) throws IOException {
    try {
      tokenizer =
          HuggingFaceTokenizer.builder()
              .optTokenizerPath(file)
              .optPadToMaxLength()
              .optTruncation(true)
              .optMaxLength(length)
              .build();
    } catch (RuntimeException e) { // the library's word for whatever it cannot read
      throw new IOException(file + " is no tokenizer of Hugging Face's: " + e.getMessage(), e);
    }
  }

  /**
   * What a network of BERT's kind is given of a sentence.
   *
   * @param sentence in any language; empty text is a sentence, too
   * @return its {@code ids}, {@code types} and {@code mask}
   */
  public Example of(String sentence) {
    Encoding encoding = encoding(sentence);
    long[] isThere = encoding.getAttentionMask();
    float[] mask = new float[isThere.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = isThere[i];
    }
    return Example.of("ids", encoding.getIds())
        .and("types", encoding.getTypeIds())
        .and("mask", mask);
  }

  /**
   * The same of many sentences, for a dataset.
   *
   * @param sentences in any language
   * @return each (N, L); the caller's scope owns them
   */
  Tensors of(List<String> sentences) {
    List<Encoding> all = sentences.stream().map(this::encoding).toList();
    return Tensors.of("ids", together(all, Encoding::getIds))
        .and("types", together(all, Encoding::getTypeIds))
        .and("mask", together(all, Encoding::getAttentionMask).to(torch.ScalarType.Float));
  }

  private static Tensor together(List<Encoding> all, Function<Encoding, long[]> what) {
    long[] flat = all.stream().map(what).flatMapToLong(LongStream::of).toArray();
    return torch.tensor(flat).view(all.size(), -1);
  }

  /**
   * Whether a sentence has more tokens than are taken.
   *
   * @param sentence any
   * @return true when its end is cut off
   */
  public boolean cuts(String sentence) {
    return encoding(sentence).exceedMaxLength();
  }

  /** As the library has it. */
  Encoding encoding(String sentence) {
    return tokenizer.encode(sentence);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
