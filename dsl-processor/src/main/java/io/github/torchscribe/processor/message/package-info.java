/** What the processor says to users: one enum of all messages, and their way to the compiler. */
package io.github.torchscribe.processor.message;
