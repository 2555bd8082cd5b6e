/** A network that others have trained, MiniLM, and what it says of sentences. */
package io.github.torchscribe.samples.sentences;
