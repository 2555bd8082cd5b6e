/** How layers and losses say the code that is written for them, and the types that it names. */
package io.github.torchscribe.processor.code;
