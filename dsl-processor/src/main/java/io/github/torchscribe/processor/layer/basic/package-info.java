/** The layers of all networks: products, dropout, other shapes of the same numbers. */
package io.github.torchscribe.processor.layer.basic;
