/** JSON, as Java's own maps and lists. */
package io.github.torchscribe.runtime.json;
