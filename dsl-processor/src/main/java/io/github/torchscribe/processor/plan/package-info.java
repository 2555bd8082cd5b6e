/**
 * The third room: where everything lies. Offsets in the flat parameter buffer, which results share
 * memory, which steps work in place, which gradients nobody needs.
 */
package io.github.torchscribe.processor.plan;
