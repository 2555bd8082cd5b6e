/**
 * What differs between compilers and between the build tools around them: how the source is reached
 * that a processor is not shown by the language model.
 */
package io.github.torchscribe.processor.compiler;
