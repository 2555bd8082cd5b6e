package io.github.torchscribe.processor.source;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeSpec;

/** The part of a model that differs with where its gradients come from. */
interface Passes {
  /** Adds fields, forward, loss and backward. */
  void addTo(TypeSpec.Builder model, ClassName name);
}
