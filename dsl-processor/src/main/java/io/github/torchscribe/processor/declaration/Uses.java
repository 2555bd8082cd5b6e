package io.github.torchscribe.processor.declaration;

import java.util.List;
import java.util.Optional;

/** Reads what the parts of a network use. */
interface Uses {
  /** A network or block inside; empty where it cannot be read, which is reported. */
  Optional<Part.Nested> nested(Written written, int times, Optional<Written> name);

  /** Networks or blocks side by side; empty where one cannot be read, which is reported. */
  Optional<List<Declaration>> branches(Written written);

  /** Whether all numbers of an annotation say something here; else that is reported. */
  boolean check(Written written);
}
