/** The tutorial's sections on entropy, cross-entropy, devices and testing, one sample each. */
package io.github.torchscribe.samples.tutorial;
