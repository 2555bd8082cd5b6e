/**
 * What a process has but once: libtorch with its thread pools, native memory, signals, and its last
 * words.
 */
package io.github.torchscribe.runtime.process;
