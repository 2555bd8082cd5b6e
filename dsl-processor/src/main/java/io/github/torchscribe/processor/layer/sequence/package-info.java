/** The layers of sequences: embeddings, attention, recurrent layers. */
package io.github.torchscribe.processor.layer.sequence;
