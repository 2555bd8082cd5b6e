/** All that a network can be made of: the families put together. */
package io.github.torchscribe.processor.catalogue;
