/** What moves on a terminal while somebody waits. */
package io.github.torchscribe.runtime.terminal;
