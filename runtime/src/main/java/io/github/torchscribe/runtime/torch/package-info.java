/**
 * libtorch's world in Java's terms: devices, threads, shapes, random streams, lifetimes of memory.
 */
package io.github.torchscribe.runtime.torch;
