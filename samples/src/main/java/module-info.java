/** Runnable programs. */
@SuppressWarnings({
  "opens", // folders of files, which the runtime and a server look for by name
  "requires-automatic"
})
module io.github.torchscribe.samples {
  requires io.github.torchscribe.tensorboard;
  requires io.github.torchscribe.training;
  requires ai.djl.tokenizers;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires java.sql;
  requires org.bytedeco.javacpp;
  requires org.microhttp;

  opens csv;
  opens mnist;
  opens serve;
  opens text;
  opens io.github.torchscribe.samples to
      info.picocli;
  opens io.github.torchscribe.samples.dates to
      info.picocli;
  opens io.github.torchscribe.samples.games to
      info.picocli;
  opens io.github.torchscribe.samples.gan to
      info.picocli;
  opens io.github.torchscribe.samples.mnist to
      info.picocli;
  opens io.github.torchscribe.samples.pictures to
      info.picocli;
  opens io.github.torchscribe.samples.sentences to
      info.picocli;
  opens io.github.torchscribe.samples.serve to
      info.picocli;
  opens io.github.torchscribe.samples.tables to
      info.picocli;
  opens io.github.torchscribe.samples.text to
      info.picocli;
  opens io.github.torchscribe.samples.tutorial to
      info.picocli;
}
