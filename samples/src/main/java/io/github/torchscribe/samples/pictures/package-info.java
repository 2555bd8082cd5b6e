/** Pictures that the sample makes itself, and a network that finds what is in them. */
package io.github.torchscribe.samples.pictures;
