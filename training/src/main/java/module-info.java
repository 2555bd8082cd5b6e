/**
 * All that one needs to declare, train and watch networks: the annotations, the runtime, and the
 * libraries that the runtime uses where they are: downloads, Visdom, CSV files, a progress bar, the
 * curves of reports. It has no class of its own; who only predicts requires the runtime alone.
 */
@SuppressWarnings("requires-automatic") // Okio is one, by the name that it states
module io.github.torchscribe.training {
  requires transitive io.github.torchscribe.dsl;
  requires transitive io.github.torchscribe.runtime;
  requires de.siegmar.fastcsv;
  requires me.tongfei.progressbar;
  requires okhttp3;
  requires okio; // and with one that is automatic all that are, such as Chart.js
}
