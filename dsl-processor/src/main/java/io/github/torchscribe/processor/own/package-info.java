/**
 * The classes of the user's that his own pieces are made of: their methods, and what these take.
 */
package io.github.torchscribe.processor.own;
