/** Training on a Spark cluster, and predictions there. */
package io.github.torchscribe.spark;
