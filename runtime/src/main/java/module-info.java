/**
 * The runtime of networks that are declared by annotations: models, training, data, logs, serving.
 *
 * <p>What is exported is what users call, and {@code generated}, which generated code stands on.
 */
@SuppressWarnings("requires-automatic") // Okio is one, by the name that it states
module io.github.torchscribe.runtime {
  requires transitive org.bytedeco.pytorch;
  requires static org.bytedeco.cuda; // on a GPU alone
  requires transitive java.desktop; // pictures
  requires static transitive java.compiler; // generated classes are marked as such
  requires static jdk.unsupported; // a second signal
  requires org.bytedeco.javacpp;
  requires org.bytedeco.openblas;
  requires com.fasterxml.jackson.core;
  requires static de.siegmar.fastcsv; // these four: who only predicts does without (Library)
  requires static me.tongfei.progressbar;
  requires static okhttp3;
  requires static okio;

  exports io.github.torchscribe.runtime;
  exports io.github.torchscribe.runtime.data;
  exports io.github.torchscribe.runtime.distributed;
  exports io.github.torchscribe.runtime.file;
  exports io.github.torchscribe.runtime.generated;
  exports io.github.torchscribe.runtime.learner;
  exports io.github.torchscribe.runtime.log;
  exports io.github.torchscribe.runtime.metric;
  exports io.github.torchscribe.runtime.onnx;
  exports io.github.torchscribe.runtime.optim;
  exports io.github.torchscribe.runtime.report;
  exports io.github.torchscribe.runtime.search;
  exports io.github.torchscribe.runtime.torch;
  exports io.github.torchscribe.runtime.visdom;

  uses io.github.torchscribe.runtime.onnx.OnnxFormat;
}
