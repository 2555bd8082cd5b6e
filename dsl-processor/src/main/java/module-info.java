/** The annotation processor: reads networks, checks them, and writes their models. */
@SuppressWarnings("requires-automatic") // JavaPoet is one, by the name that it states
module io.github.torchscribe.processor {
  requires io.github.torchscribe.dsl;
  requires java.compiler;
  requires static jdk.compiler; // another compiler does without
  requires com.squareup.javapoet;
  requires static com.google.auto.service;

  provides javax.annotation.processing.Processor with
      io.github.torchscribe.processor.NetworkProcessor,
      io.github.torchscribe.processor.LocalTypeProcessor;
}
