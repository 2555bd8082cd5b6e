/** Parts of a step and of a prediction on their own, by JMH: see {@code benchmarks/micro}. */
package io.github.torchscribe.benchmarks.micro;
