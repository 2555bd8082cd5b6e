/** The fourth room: writes a plan as one readable class. */
package io.github.torchscribe.processor.source;
