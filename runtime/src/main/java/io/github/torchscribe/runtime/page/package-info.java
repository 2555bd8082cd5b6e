/** Pages: one file each, with all that it shows, which any browser shows without a network. */
package io.github.torchscribe.runtime.page;
