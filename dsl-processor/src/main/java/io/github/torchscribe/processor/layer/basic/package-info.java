/** The layers of all networks: products, dropout, views of the same memory. */
package io.github.torchscribe.processor.layer.basic;
