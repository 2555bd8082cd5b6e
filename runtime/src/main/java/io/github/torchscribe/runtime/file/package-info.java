/** Files that weights and runs are kept in. */
package io.github.torchscribe.runtime.file;
