/**
 * A network that others have trained, MiniLM, what it says of sentences, and what learns on top of
 * it.
 */
package io.github.torchscribe.samples.sentences;
