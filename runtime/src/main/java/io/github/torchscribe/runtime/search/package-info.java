/** Searches for good settings: what is tried, in which order, and what came of it. */
package io.github.torchscribe.runtime.search;
