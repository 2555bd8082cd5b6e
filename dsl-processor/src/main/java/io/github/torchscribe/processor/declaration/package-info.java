/**
 * The first room: reads the annotated interface as it is written, layers with their values and
 * source positions in source order, and checks what can be said of it without shapes.
 */
package io.github.torchscribe.processor.declaration;
