/**
 * The second room: every layer with its input and output shape, its parameters and names; the
 * checks that need shapes, and the lints.
 */
package io.github.torchscribe.processor.graph;
